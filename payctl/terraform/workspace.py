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

from audit.synthesized import FILE, Stack
from payctl.access import Access
from payctl.errors import CannotError

OVERRIDE: Final = "payctl_override.tf.json"
LOCAL_STATE: Final = "terraform.tfstate"
_EMULATED_PROVIDER: Final = {
    "skip_metadata_api_check": "true",
    "s3_use_path_style": True,
    "max_retries": 3,  # 25, the default, turns one missing call into minutes.
}
_EMULATED_BACKEND: Final = {
    "use_path_style": True,
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
}


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
        self._override({} if not self.access.is_emulator else self._emulated_backend())

    def keep_state_locally(self) -> None:
        """Let the state be a file here: its bucket does not exist, or is about to go."""
        self._override({"local": {"path": LOCAL_STATE}})

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

    def _emulated_backend(self) -> dict[str, Any]:
        """Return the whole backend block: an override replaces it, it does not merge."""
        return {
            type_: {**block, **(_EMULATED_BACKEND if type_ == "s3" else {})}
            for type_, block in self.stack.backend.items()
        }

    def _override(self, backend: Mapping[str, object]) -> None:
        content: dict[str, Any] = {}
        if backend:
            content["terraform"] = {"backend": dict(backend)}
        if self.access.is_emulator:
            content["provider"] = {"aws": dict(_EMULATED_PROVIDER)}
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
