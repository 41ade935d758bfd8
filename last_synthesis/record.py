"""What a synthesis left and said, kept with the key of its inputs."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from attrs import asdict, frozen

_RECORD: Final = "record.json"
_FILES: Final = "files"
_READ: Final = frozenset({".json", ".tf", ".tfvars", ".tofu", ".zip"})
_PROVIDER_LOCK: Final = ".terraform.lock.hcl"
"""How the names end of what a synthesis writes, and of all that Terraform would read."""


@frozen(kw_only=True)
class Record:
    """A synthesis that passed its gates.

    Attributes:
        key: Of its inputs.

        said: What it printed.

        warned: What it printed to stderr.

        findings: What its gates found, as JSON; none of it is an error.

        files: The SHA-256 of each file it wrote, by path below its output.
    """

    key: str
    said: str
    warned: str
    findings: Sequence[Mapping[str, Any]]
    files: Mapping[str, str]

    @classmethod
    def of(
        cls,
        key: str,
        output: Path,
        *,
        said: str,
        warned: str,
        findings: Sequence[Mapping[str, Any]] = (),
    ) -> Self:
        """Return the record of what is in *output* now."""
        files = {name: _sha256(output / name) for name in _written(output)}
        return cls(key=key, said=said, warned=warned, findings=findings, files=files)

    @classmethod
    def find(cls, folder: Path, key: str) -> Self | None:
        """Return the record in *folder*, None when it has another key or cannot be read."""
        with suppress(OSError, ValueError, TypeError):
            record = cls(**json.loads((folder / _RECORD).read_text(encoding="utf-8")))
            return record if record.key == key else None
        return None

    def keep(self, folder: Path, output: Path) -> None:
        """Keep the record and its files in *folder*; a cache that cannot be written keeps none."""
        with suppress(OSError):
            folder.parent.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
            try:
                for name in self.files:
                    _copy(output / name, draft / _FILES / name)
                (draft / _RECORD).write_text(json.dumps(asdict(self)), encoding="utf-8")
                shutil.rmtree(folder, ignore_errors=True)
                draft.rename(folder)
            finally:
                shutil.rmtree(draft, ignore_errors=True)

    def is_in(self, output: Path) -> bool:
        """Tell whether *output* holds these files and none beside them that Terraform reads."""
        with suppress(OSError):
            return set(_written(output)) == set(self.files) and all(
                _sha256(output / name) == digest for name, digest in self.files.items()
            )
        return False

    def restore(self, folder: Path, output: Path) -> bool:
        """Write the files from *folder* to *output*, and tell whether they are all there now."""
        if self.is_in(output):
            return True
        if set(_written(output)) - set(self.files):
            return False  # The gates say what it is.
        with suppress(OSError):
            for name in self.files:
                _copy(folder / _FILES / name, output / name)
        return self.is_in(output)


def _written(output: Path) -> Iterator[str]:
    """Yield every file that counts: state and plans that Terraform keeps there do not."""
    for file in (*output.glob("*.json"), *output.glob("archives/*"), *output.glob("stacks/*/*")):
        if (file.suffix in _READ or file.name == _PROVIDER_LOCK) and file.is_file():
            yield file.relative_to(output).as_posix()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
