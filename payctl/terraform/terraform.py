"""Runs Terraform without asking it questions, and reads its JSON."""

import subprocess
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import field, frozen

from audit.manifest import SENSITIVE
from payctl.errors import TerraformError
from payctl.terraform.advice import advice_for
from payctl.terraform.events import Events
from payctl.terraform.process import Command, Ended, run
from payctl.terraform.program import is_terraform, program
from payctl.terraform.surroundings import surroundings
from payctl.terraform.workspace import PLAN, Workspace
from payctl.terraform.written_json import document_in

MIGRATE: Final = ("-migrate-state", "-force-copy")
"""What `init` is told when the state is to move to another backend."""

Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Show nothing."""


@frozen(kw_only=True)
class Terraform:
    """Terraform in one working copy.

    Attributes:
        confirmation: The stack's name, said by whoever may change it; empty when nobody did.

        progress: Is told how far the work is.
    """

    workspace: Workspace
    confirmation: str = ""
    progress: Progress = field(default=_silent)

    def init(self, *arguments: str) -> None:
        """Install the provider and find the state."""
        self.progress("terraform init")
        # OpenTofu has the provider from another registry, under another address.
        locked = ["-lockfile=readonly"] if is_terraform() else []
        options = [*locked, *(arguments or ("-reconfigure",))]
        done = self._run("init", "-input=false", "-no-color", *options)
        if done.returncode:
            # Warnings about the user's own configuration come before what went wrong.
            raise self._error("init", done.stderr.partition("Error: ")[2] or done.stderr)

    def plan(
        self, *, destroy: bool = False, lock: bool = True, replace: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Compare with what is deployed; return the plan as JSON and keep it for `apply`.

        Whoever only looks needs no *lock*, and often may not take one. What is at the addresses
        of *replace* is made anew, for nothing else would repair it.

        Raises:
            CannotError: When the files are not those that were checked.
        """
        self.progress("terraform plan")
        if not destroy:
            self.workspace.verify()
        options = ["-destroy"] if destroy else [] if lock else ["-lock=false"]
        self._stream("plan", f"-out={PLAN}", *options, *(f"-replace={one}" for one in replace))
        return self.shown(PLAN)

    def apply(self) -> None:
        """Do what the last plan says.

        Raises:
            TerraformError: When Terraform does not succeed.
        """
        self._stream("apply", PLAN)

    def refresh(self) -> None:
        """Take over what is deployed into the state, so that later drift is no echo of this."""
        self.progress("reading back what was deployed")
        self._stream("apply", "-refresh-only", "-auto-approve")

    def unlock(self, lock: str) -> None:
        """Remove the *lock* that a Terraform left which is no more."""
        done = self._run("force-unlock", "-force", lock)
        if done.returncode:
            raise self._error("force-unlock", done.stderr.partition("Error: ")[2] or done.stderr)

    def import_(self, address: str, identity: str) -> None:
        """Take what is there as *identity* into the state as *address*."""
        self.progress(f"importing {address}")
        done = self._run("import", "-input=false", "-no-color", address, identity)
        if done.returncode:
            raise self._error("import", done.stderr.partition("Error: ")[2] or done.stderr)

    def shown(self, *files: str) -> dict[str, Any]:
        """Return a plan, or the state, as JSON."""
        return self._document("show", "-json", *files)

    def outputs(self) -> dict[str, Any]:
        """Return the outputs' values by name, secrets masked; empty when nothing is deployed."""
        return {
            name: SENSITIVE if output.get("sensitive") else output["value"]
            for name, output in self._document("output", "-json").items()
        }

    def _document(self, *arguments: str) -> dict[str, Any]:
        done = self._run(*arguments)
        if done.returncode:
            raise self._error(arguments[0], done.stderr)
        document = document_in(done.stdout)
        if document is None:
            first = next((line for line in done.stdout.splitlines() if line.strip()), "nothing")
            raise self._error(arguments[0], f"it must write a JSON object, wrote {first!r}")
        return document

    def _stream(self, command: str, *arguments: str) -> None:
        """Run a command that reports JSON lines, pass on its progress, raise its errors."""
        events = Events(self.progress)
        ended = run(
            Command(
                words=[program(), command, "-input=false", "-json", *arguments],
                folder=self.workspace.folder,
                environment=self._environment,
                log=self.workspace.folder / f"payctl-{command}.log",
                locks=self.workspace.held,
            ),
            events.take,
        )
        if ended.status:
            raise self._error(command, _reason(ended, events.problems))

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program(), *arguments],
            check=False,
            cwd=self.workspace.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=self._environment,
        )

    def _error(self, command: str, text: str) -> TerraformError:
        what = " ".join(text.split())
        return TerraformError(
            f"terraform {command} of {self.workspace.stack.name} failed: {what}",
            next_step=advice_for(what, self.workspace),
        )

    @property
    def _environment(self) -> Mapping[str, str]:
        said = {"TF_VAR_confirmation": self.confirmation} if self.confirmation else {}
        return surroundings(self.workspace.access.variables, said)


def _reason(ended: Ended, problems: str) -> str:
    if ended.status < 0:
        return f"it was {ended.how}, perhaps before it saved its state. {problems}".strip()
    return problems or f"it gave no reason ({ended.how})"
