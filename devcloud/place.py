"""The folder of one local environment, below `.local/`; it has no files elsewhere."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

from attrs import frozen

from payctl.errors import CannotError
from payctl.project import ROOT
from payctl.selection import Selection

MARK: Final = "PAYCTL_LOCAL_PLACE"
"""The environment variable by which every process of a place is known, also an orphaned one."""

_ELSEWHERE: Final = "PAYCTL_LOCAL_FOLDER"
_LOCK: Final = "lock"
CERTIFICATES: Final = "tls"
"""The folder of the certificate that all places share."""


@frozen(kw_only=True)
class Place:
    """The folder of one environment on this machine."""

    folder: Path

    @classmethod
    def of(cls, selection: Selection, environment: str) -> Self:
        """Return the place of the environment called *environment*, which need not exist."""
        parts = (selection.platform, environment, selection.suffix)
        return cls(folder=places_folder() / "-".join(filter(None, parts)))

    @property
    def name(self) -> str:
        """Its name, such as `payments-dev`."""
        return self.folder.name

    @property
    def record(self) -> Path:
        """The file that says what runs here."""
        return self.folder / "record.json"

    @property
    def emulator(self) -> Path:
        """The folder of the emulator."""
        return self.folder / "emulator"

    @property
    def database(self) -> Path:
        """The folder of the database server."""
        return self.folder / "database"

    def workspaces(self, selection: Selection) -> Path:
        """Where Terraform's working copies are."""
        return self.folder / "terraform" / selection.copy

    @property
    def mark(self) -> Mapping[str, str]:
        """The environment variable that every process of this place inherits."""
        return {MARK: str(self.folder)}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep a second command out; the kernel forgets the lock when we are killed.

        Raises:
            CannotError: When another command is at work here.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CannotError(
                    f"another payctl is at work on {self.name}",
                    next_step="wait for it to end, or interrupt it: payctl local down cleans up",
                ) from None
            yield

    def is_busy(self) -> bool:
        """Tell whether a command is at work here right now."""
        try:
            with (self.folder / _LOCK).open() as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def clear(self) -> None:
        """Remove all files; the record goes first, so that half a place is never taken for one."""
        self.record.unlink(missing_ok=True)
        for path in self.folder.iterdir() if self.folder.exists() else ():
            if path.name == _LOCK:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def leave(self) -> None:
        """Remove the folder itself when nothing is in it any more."""
        (self.folder / _LOCK).unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()
        shared = self.folder.parent / CERTIFICATES
        if not [path for path in shared.parent.glob("*") if path != shared]:
            shutil.rmtree(shared, ignore_errors=True)
        with suppress(OSError):  # Others have their places there.
            shared.parent.rmdir()


def places_folder() -> Path:
    """Return the folder of all places; tests have one of their own."""
    return Path(os.environ.get(_ELSEWHERE) or ROOT / ".local").resolve()
