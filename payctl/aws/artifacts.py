"""Releases in the bucket of the state: what was deployed there, to be deployed again."""

import io
import zipfile
from pathlib import Path
from typing import Any, Final, Self

from attrs import frozen
from botocore.exceptions import ClientError

from audit.errors import SynthesisReadError
from audit.release import release_id
from audit.synthesized import FILE, PROVIDER_LOCK, Stack, read_stacks
from payctl.access import Access
from payctl.aws.refusal import asking, is_missing

_FOLDER: Final = "releases"
_OF_A_STACK: Final = (FILE, PROVIDER_LOCK)


@frozen(kw_only=True)
class Artifacts:
    """The releases that were deployed to one environment."""

    access: Access
    bucket: str
    region: str

    @classmethod
    def of(cls, stack: Stack, access: Access) -> Self:
        """Find the releases that *stack* was deployed from."""
        s3 = stack.backend["s3"]
        return cls(access=access, bucket=s3["bucket"], region=s3["region"])

    def keep(self, release: str, output: Path) -> None:
        """Keep the stacks and archives in *output*, which are *release*, unless they are kept."""
        key = f"{_FOLDER}/{release}.zip"
        with asking(f"is there s3://{self.bucket}/{key}?"):
            try:
                self._s3.head_object(Bucket=self.bucket, Key=key)
            except ClientError as error:
                if not is_missing(error):
                    raise
            else:
                return
        with asking(f"keep the release in s3://{self.bucket}/{key}"):
            self._s3.put_object(Bucket=self.bucket, Key=key, Body=_packed(output))

    def fetch(self, release: str, output: Path) -> None:
        """Write *release* to *output*.

        Raises:
            SynthesisReadError: When it was not kept, or is not what its name says.
        """
        key = f"{_FOLDER}/{release}.zip"
        with asking(f"read s3://{self.bucket}/{key}"):
            try:
                body = self._s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            except ClientError as error:
                if not is_missing(error):
                    raise
                raise SynthesisReadError(
                    f"s3://{self.bucket}/{key}: must hold the release, is not there"
                ) from error
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                parts = Path(name).parts
                if not _is_expected(parts):
                    raise SynthesisReadError(f"{key}: must hold stacks and archives, has {name}")
                file = output / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(archive.read(name))
        found = release_id(read_stacks(output))
        if found != release:
            raise SynthesisReadError(f"{key}: must be release {release[:12]}, is {found[:12]}")

    @property
    def _s3(self) -> Any:
        return self.access.client("s3", region=self.region)


def _is_expected(parts: tuple[str, ...]) -> bool:
    """Tell whether it is a stack, the lock of its provider, or an archive."""
    if ".." in parts:
        return False
    stack = len(parts) == 3 and parts[0] == "stacks" and parts[2] in _OF_A_STACK  # noqa: PLR2004
    return stack or (len(parts) == 2 and parts[0] == "archives" and parts[1].endswith(".zip"))  # noqa: PLR2004


def _packed(output: Path) -> bytes:
    files = [
        *(file for name in _OF_A_STACK for file in output.glob(f"stacks/*/{name}")),
        *output.glob("archives/*.zip"),
    ]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(files):
            archive.write(file, file.relative_to(output).as_posix())
    return packed.getvalue()
