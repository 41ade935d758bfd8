"""A working copy of a synthesized stack, in which Terraform runs.

Terraform writes beside what it reads. What was synthesized must stay as it is, since its digest is
the blueprint. Every command copies the stack below `.cache/terraform` and removes whatever else
Terraform would read there; only `payctl synth` writes `cdktf.out`.
"""

import fcntl
import filecmp
import json
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final, Self

from attrs import field, frozen

from audit.archives import archive_hashes, base64_sha256
from audit.release import release_id
from audit.synthesized import FILE, PROVIDER_LOCK, Stack, read_stack, terraform_reads
from payctl.access import Access
from payctl.errors import CannotError

PLAN: Final = "plan.bin"
LOCK: Final = ".payctl.lock"
_PAUSE_SECONDS: Final = 0.05
_PATIENCE: Final = 40
"""Pauses before a lock counts as taken: whoever only copies files is done by then."""

OVERRIDE: Final = "payctl_override.tf.json"
LOCAL_STATE: Final = "terraform.tfstate"


@frozen(kw_only=True)
class Workspace:
    """The folder where Terraform runs, with the way into the account.

    Attributes:
        folder: `.cache/terraform/<copy>/stacks/<stack>`; archives are where the stack expects.

        held: The descriptors of the locks that are held while a command is alone here.
    """

    folder: Path
    stack: Stack
    access: Access
    held: list[int] = field(factory=list, eq=False, repr=False)

    @classmethod
    def prepare(cls, output: Path, stack: Stack, *, access: Access, cache: Path) -> Self:
        """Copy *stack* of *output* below *cache*; nothing else that Terraform reads stays there.

        Raises:
            CannotError: When another command is at work there.
        """
        base = cache / "terraform" / output.name
        folder = base / "stacks" / stack.name
        folder.mkdir(parents=True, exist_ok=True)
        workspace = cls(folder=folder, stack=stack, access=access)
        with _lock(folder / LOCK, stack.name):
            workspace._take(output / "archives")
            _remove_leftovers(folder)
            for name in (FILE, PROVIDER_LOCK):
                _replace(output / "stacks" / stack.name / name, folder / name)
            workspace.keep_state_remotely()
        return workspace

    def _take(self, source: Path) -> None:
        """Copy the archives that are not there yet; others may be reading those that are."""
        self._archives.mkdir(exist_ok=True)
        wanted = {file: self._archives / file.name for file in source.glob("*.zip")}
        with _lock(self._archives / LOCK, self.stack.name, shared=True):
            changed = [pair for pair in wanted.items() if not _same(*pair)]
        if changed:
            with _lock(self._archives / LOCK, f"{self.stack.name} with other code"):
                for file, target in changed:
                    _replace(file, target)

    @property
    def _archives(self) -> Path:
        return self.folder.parent.parent / "archives"

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
        self._write_override(self._remote)

    def keep_state_locally(self) -> None:
        """Let the state be a file here: its bucket does not exist, or is about to go."""
        self._write_override(self._local)

    @property
    def _remote(self) -> Mapping[str, Any]:
        return self.access.endpoint.override(self.stack)

    @property
    def _local(self) -> Mapping[str, Any]:
        return {**self._remote, "terraform": {"backend": {"local": {"path": LOCAL_STATE}}}}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep a second `payctl` out of the folder; no plan is left there in the end."""
        with ExitStack() as locks:
            mine = locks.enter_context(_lock(self.folder / LOCK, self.stack.name))
            shared = locks.enter_context(_lock(self._archives / LOCK, self.stack.name, shared=True))
            self.held[:] = [mine.fileno(), shared.fileno()]
            try:
                yield
            finally:
                (self.folder / PLAN).unlink(missing_ok=True)
                self.held.clear()

    def verify(self) -> None:
        """Check that Terraform gets the very stack and archives that the gates judged.

        Raises:
            CannotError: When a file is another one, or one is there that Terraform would read too.
        """
        found = read_stack(self.folder, also_allowed=(OVERRIDE,))
        same = release_id({"": found}) == release_id({"": self.stack})
        apart = [] if same else [FILE]
        override = self.folder / OVERRIDE
        content = json.loads(override.read_text("utf-8")) if override.exists() else {}
        if content not in (self._remote, self._local):
            apart.append(OVERRIDE)
        for name, wanted in archive_hashes(self.stack).items():
            file = self._archives / name
            if not file.is_file() or base64_sha256(file) != wanted:
                apart.append(name)
        if apart:
            raise CannotError(
                f"{self.stack.name}: {' and '.join(apart)} in {self.folder} must be what was "
                "judged, is something else; nothing changed",
                next_step="run the command again: it synthesizes, checks and plans again",
            )

    def _write_override(self, content: Mapping[str, Any]) -> None:
        file = self.folder / OVERRIDE
        if content:
            file.write_text(json.dumps(content, indent=2), encoding="utf-8")
        else:
            file.unlink(missing_ok=True)


@contextmanager
def _lock(file: Path, whose: str, *, shared: bool = False) -> Iterator[IO[str]]:
    """Hold a lock on *file*; Terraform inherits it, and holds it as long as it lives."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    with file.open("a+") as lock:
        for last in (*[False] * _PATIENCE, True):
            try:
                fcntl.flock(lock, kind | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if last:
                    raise CannotError(
                        f"another payctl is at work on {whose}, or Terraform that one left behind",
                        next_step=f"wait for it to end (fuser {file} says who it is)",
                    ) from None
            time.sleep(_PAUSE_SECONDS)
        yield lock


def _same(source: Path, target: Path) -> bool:
    return target.is_file() and filecmp.cmp(source, target, shallow=False)


def _replace(source: Path, target: Path) -> None:
    """Copy a file so that nobody ever reads half of it."""
    part = target.with_name(f"{target.name}.{threading.get_native_id()}")
    shutil.copyfile(source, part)
    part.replace(target)


def _remove_leftovers(folder: Path) -> None:
    """Leave no plan, no other workspace, and nothing that Terraform would read beside the stack."""
    (folder / PLAN).unlink(missing_ok=True)
    (folder / ".terraform" / "environment").unlink(missing_ok=True)
    for path in folder.iterdir():
        if terraform_reads(path.name) and path.name not in (FILE, OVERRIDE):
            path.unlink()
