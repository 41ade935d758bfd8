"""The archive of this repository, from which CodeBuild synthesizes on its own."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from audit.synthesized import Stack
from model.names import PREFIX, SOURCE_ARCHIVE, SOURCE_BUCKETS
from payctl.access import Access
from payctl.aws.refusal import asking

_LEFT_OUT: Final = frozenset({"__pycache__", "build", "cdktf.out", "node_modules", "tests"})
"""Folders that are made, or that no build needs; those that begin with a dot are left out too."""
_DAY_ONE: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o100644 << 16


def archive(root: Path) -> bytes:
    """Return the repository at *root* as a zip file; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for path in _files(root):
            entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), _DAY_ONE)
            entry.external_attr = _MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def source_bucket(stack: Stack) -> str | None:
    """Return the bucket of *stack* that holds the repository, None where it has none."""
    kinds = tuple(f"{PREFIX}-{kind}-" for kind in SOURCE_BUCKETS.values())
    names = [str(one.config["bucket"]) for one in stack.resolved.resources("aws_s3_bucket")]
    return next((name for name in names if name.startswith(kinds)), None)


def upload(access: Access, bucket: str, body: bytes) -> None:
    """Put the archive *body* where the builds of a stack look for it.

    Raises:
        AccessError: When AWS refuses or does not answer.
    """
    with asking(f"write s3://{bucket}/{SOURCE_ARCHIVE}"):
        access.client("s3").put_object(
            Bucket=bucket, Key=SOURCE_ARCHIVE, Body=body, ContentType="application/zip"
        )


def _files(root: Path) -> Iterator[Path]:
    """Yield the files below *root* that a build needs, in order."""
    for path in sorted(root.iterdir()):
        if path.name in _LEFT_OUT or path.name.startswith(".") or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path
