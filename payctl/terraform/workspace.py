"""A working copy of a synthesized stack: what was synthesized stays as it is."""

import fcntl
import json
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self

from attrs import frozen

from audit.synthesized import FILE, Stack, terraform_reads
from payctl.access import Access
from payctl.errors import CannotError

OVERRIDE: Final = "payctl_override.tf.json"
LOCAL_STATE: Final = "terraform.tfstate"


@frozen(kw_only=True)
class Workspace:
    """The folder where Terraform runs, with the way into the account.

    Attributes:
        folder: `.cache/terraform/<copy>/stacks/<stack>`; archives are where the stack expects.
    """

    folder: Path
    stack: Stack
    access: Access

    @classmethod
    def prepare(cls, output: Path, stack: Stack, *, access: Access, cache: Path) -> Self:
        """Copy *stack* of *output* below *cache*."""
        base = cache / "terraform" / output.name
        folder = base / "stacks" / stack.name
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        archives = base / "archives"
        archives.mkdir(exist_ok=True)
        for archive in (output / "archives").glob("*.zip"):
            _replace(archive, archives / archive.name)
        _replace(output / "stacks" / stack.name / FILE, folder / FILE)
        workspace = cls(folder=folder, stack=stack, access=access)
        workspace.keep_state_remotely()
        return workspace

    @property
    def confirmation(self) -> str:
        """What must be said before this stack changes; empty where nothing must be."""
        return str(self.stack.locals.get("deployment_confirmation", ""))

    @property
    def local_state(self) -> Path:
        """The state as a file, while there is no bucket for it yet."""
        return self.folder / LOCAL_STATE

    def keep_state_remotely(self) -> None:
        """Let the state be where the stack says."""
        self._write_override(self.access.endpoint.override(self.stack))

    def keep_state_locally(self) -> None:
        """Let the state be a file here: its bucket does not exist, or is about to go."""
        override = self.access.endpoint.override(self.stack)
        backend = {"local": {"path": LOCAL_STATE}}
        self._write_override({**override, "terraform": {"backend": backend}})

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep a second `payctl` out of the folder."""
        with (self.folder / ".payctl.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CannotError(
                    f"another payctl is at work on {self.stack.name}",
                    next_step=f"wait for it to end ({self.folder})",
                ) from None
            yield

    def _write_override(self, content: Mapping[str, Any]) -> None:
        file = self.folder / OVERRIDE
        if content:
            file.write_text(json.dumps(content, indent=2), encoding="utf-8")
        else:
            file.unlink(missing_ok=True)


def _replace(source: Path, target: Path) -> None:
    """Copy a file so that nobody ever reads half of it."""
    part = target.with_name(f"{target.name}.{threading.get_native_id()}")
    shutil.copyfile(source, part)
    part.replace(target)


def _remove_leftovers(folder: Path) -> None:
    """Leave nothing in *folder* that Terraform would evaluate beside the stack."""
    for path in folder.iterdir():
        if terraform_reads(path.name) and path.name not in (FILE, OVERRIDE):
            path.unlink()
