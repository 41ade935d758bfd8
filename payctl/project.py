"""The project on the disk: its settings, and its Terraform as synthesized just now."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from attrs import frozen

from audit.family import families
from audit.synthesized import Stack, read_stacks
from gates.variations import approvals_of
from last_synthesis import Record, key
from model.blueprint import Blueprint
from model.environment import DECLARED, Environment, fixed_value
from model.names import Names, StackKind
from model.source import read_source
from model.unset import UNSET
from model.variation import Variation, local_name
from payctl.errors import CannotError, FindingsError
from payctl.exit_status import COULD_NOT_CHECK, FINE
from payctl.selection import Selection

ROOT: Final = Path(__file__).parent.parent
_CRASH: Final = "Traceback"
CACHE: Final = Path(os.environ.get("PAYCTL_CACHE") or ROOT / ".cache")
"""Where working copies are; `PAYCTL_CACHE` names another place."""
KNOWN: Final = ROOT / ".cache" / "synthesis"
"""Where `main.py` keeps what it knows, by copy."""


@frozen(kw_only=True, slots=False)
class Project:
    """A platform whose every environment has been synthesized.

    Attributes:
        output: Where its Terraform is; nobody but `main.py` writes there.

        stacks: What was synthesized, by the stack's name.

        known: What `main.py` found in these very files, None when it is not known.
    """

    blueprint: Blueprint
    folder: Path
    output: Path
    stacks: Mapping[str, Stack]
    known: Sequence[Mapping[str, Any]] | None = None

    @classmethod
    def synthesized(cls, selection: Selection, *, output: Path | None = None) -> Self:
        """Load the settings and run `main.py`, as `cdktf synth` does.

        Raises:
            ConfigurationError: When settings break rules.

            CannotError: When `main.py` fails for another reason than its findings.
        """
        folder = ROOT / "envs" / selection.platform
        blueprint = Blueprint.load(folder, suffix=selection.suffix)
        where = output or CACHE / "synthesized" / selection.copy
        where.mkdir(parents=True, exist_ok=True)
        record = _known(selection, where)
        if record:
            stacks = read_stacks(where)
        else:
            stacks = _run_main(selection, output) if output else _replace(where, selection)
            record = _known(selection, where)
        return cls(
            blueprint=blueprint,
            folder=folder,
            output=where,
            stacks=stacks,
            known=record.findings if record else None,
        )

    @property
    def name(self) -> str:
        """The platform's name."""
        return self.blueprint.platform.name

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The environments' names, in the order of promotion."""
        return tuple(environment.identity.name for environment in self.blueprint.environments)

    @cached_property
    def families(self) -> dict[str, dict[str, Stack]]:
        """The stacks of one kind, by environment: `payments-*` and `payments-state-*`."""
        return families(self.stacks, self.names)

    @cached_property
    def shared_stack_names(self) -> tuple[str, ...]:
        """The stacks of no environment, such as the pipeline."""
        of_one = {stack.name for stacks in self.families.values() for stack in stacks.values()}
        return tuple(name for name in self.stacks if name not in of_one)

    @property
    def one_of_each(self) -> tuple[Stack, ...]:
        """One stack of each kind: those of a family have one body."""
        shared = (self.stacks[name] for name in self.shared_stack_names)
        return (*(next(iter(stacks.values())) for stacks in self.families.values()), *shared)

    @cached_property
    def approved(self) -> dict[str, Variation]:
        """The approval of each local of any stack."""
        return approvals_of(self.stacks)

    def environment(self, name: str) -> Environment:
        """Return the environment called *name*.

        Raises:
            CannotError: When there is none.
        """
        for environment in self.blueprint.environments:
            if environment.identity.name == name:
                return environment
        raise CannotError(
            f"{self.name} has no environment {name!r}",
            next_step=f"name one of {', '.join(self.names)}",
        )

    def chosen(self, names: tuple[str, ...]) -> tuple[Environment, ...]:
        """Return the environments called *names*, or all."""
        return tuple(self.environment(name) for name in names or self.names)

    def stack_name(self, environment: Environment) -> str:
        """Return the name of the main stack of *environment*."""
        return environment.names(self.blueprint.platform).stack(StackKind.APPLICATION)

    def state_stack_name(self, environment: Environment) -> str:
        """Return the name of the stack that holds the state of *environment*."""
        return Names(platform=self.name, ending=environment.identity.name).stack(StackKind.STATE)

    def stack_names(self, environment: Environment, only: str = "") -> tuple[str, ...]:
        """Return the stacks of *environment* but its state's, in the order of deployment.

        *only* chooses one, by its kind (`governance`) or its name (`payments-governance-dev`).

        Raises:
            CannotError: When *only* is none of them.
        """
        names = environment.names(self.blueprint.platform)
        every = {
            kind.value: names.stack(kind)
            for kind in (StackKind.NETWORK, StackKind.APPLICATION, StackKind.GOVERNANCE)
        }
        there = {kind: stack for kind, stack in every.items() if stack in self.stacks}
        chosen = tuple(stack for kind, stack in there.items() if only in ("", kind, stack))
        if not chosen:
            raise CannotError(
                f"{environment.identity.name} has no stack {only!r}",
                next_step=f"name one of {', '.join(there)}",
            )
        return chosen

    def previous(self, environment: Environment) -> Environment | None:
        """Return the environment before *environment*, None for the first and the pipeline's."""
        name = environment.identity.name
        index = self.names.index(name) if name in self.names else 0
        return self.blueprint.environments[index - 1] if index else None

    def where(self, path: str, name: str) -> str:
        """Return file and line of the setting at *path* of the environment called *name*."""
        if path.startswith("deployment."):
            return "worked out (model/blueprint.py)"
        if self.is_fixed(path):
            label = f"envs/{self.folder.name}/platform.py"
            source = read_source(self.folder / "platform.py", label)
            return source.where(f"fixed.{path}")
        return self.blueprint.sources[name].where(path)

    def is_fixed(self, path: str) -> bool:
        """Tell whether the platform fixes the setting at *path* for all environments."""
        return fixed_value(self.blueprint.platform, path) is not UNSET


def paths() -> dict[str, str]:
    """Return every setting that may vary, by the name of its Terraform local."""
    return {local_name(declared.path): declared.path for declared in DECLARED}


def _known(selection: Selection, output: Path) -> Record | None:
    """Return the record of *output*, if it holds what `main.py` would write and has judged."""
    inputs = key(ROOT, (selection.platform, selection.suffix))
    record = Record.find(KNOWN / selection.copy, inputs)
    return record if record and record.is_in(output) else None


def _replace(folder: Path, selection: Selection) -> dict[str, Stack]:
    """Synthesize beside *folder* and change places: another payctl may be reading there."""
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        stacks = _run_main(selection, draft)
        with folder.with_name(f".{folder.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = draft.with_suffix(".before")
            folder.rename(before)
            draft.rename(folder)
        shutil.rmtree(before)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return stacks


def _run_main(selection: Selection, output: Path) -> dict[str, Stack]:
    suffix = ["--suffix", selection.suffix] if selection.suffix else []
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), selection.platform, *suffix],
        check=False,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "CDKTF_OUTDIR": str(output),
        },
    )
    if done.returncode != FINE:
        lines = done.stderr.strip().splitlines()
        if done.returncode >= COULD_NOT_CHECK or not lines or lines[0].startswith(_CRASH):
            reason = lines[-1] if lines else "it gave no reason"
            raise CannotError(
                f"main.py could not synthesize {selection.platform}: {reason}",
                next_step=f"python main.py {selection.platform} shows the same",
            )
        raise FindingsError("\n".join(lines))
    return read_stacks(output)
