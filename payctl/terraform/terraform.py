"""Runs Terraform without asking it questions, and reads its JSON."""

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import field, frozen

from payctl.errors import TerraformError
from payctl.terraform.advice import advice_for
from payctl.terraform.program import program
from payctl.terraform.workspace import Workspace

MIGRATE: Final = ("-migrate-state", "-force-copy")
"""What `init` is told when the state is to move to another backend."""

_PLAN: Final = "plan.bin"
_DONE: Final = ("apply_complete", "refresh_complete")
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
        options = arguments or ("-reconfigure",)
        done = self._run("init", "-no-color", *options)
        if done.returncode:
            # Warnings about the user's own configuration come before what went wrong.
            raise self._error("init", done.stderr.partition("Error: ")[2] or done.stderr)

    def plan(self, *, destroy: bool = False, lock: bool = True) -> dict[str, Any]:
        """Compare with what is deployed; return the plan as JSON and keep it for `apply`.

        Whoever only looks needs no *lock*, and often may not take one.
        """
        self.progress("terraform plan")
        options = ["-destroy"] if destroy else [] if lock else ["-lock=false"]
        self._stream("plan", f"-out={_PLAN}", *options)
        return self.shown(_PLAN)

    def apply(self) -> None:
        """Do what the last plan says."""
        self._stream("apply", _PLAN)

    def refresh(self) -> None:
        """Take over what is deployed into the state, so that later drift is no echo of this."""
        self.progress("reading back what was deployed")
        self._stream("apply", "-refresh-only", "-auto-approve")

    def shown(self, *files: str) -> dict[str, Any]:
        """Return a plan, or the state, as JSON."""
        done = self._run("show", "-json", *files)
        if done.returncode:
            raise self._error("show", done.stderr)
        shown: dict[str, Any] = json.loads(done.stdout)
        return shown

    def outputs(self) -> dict[str, Any]:
        """Return the outputs' values by name; empty when nothing is deployed."""
        done = self._run("output", "-json")
        if done.returncode:
            raise self._error("output", done.stderr)
        return {name: output["value"] for name, output in json.loads(done.stdout).items()}

    def forget_plan(self) -> None:
        """Remove the plan: nobody may apply it later."""
        (self.workspace.folder / _PLAN).unlink(missing_ok=True)

    def _stream(self, command: str, *arguments: str) -> None:
        """Run a command that reports JSON lines, pass on its progress, raise its errors."""
        with subprocess.Popen(
            [program(), command, "-input=false", "-json", *arguments],
            cwd=self.workspace.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self._environment,
        ) as process:
            problems: list[str] = []
            stray: list[str] = []
            try:
                self._follow(process.stdout or (), problems, stray)
            except KeyboardInterrupt:
                process.wait()  # Terraform got the signal too: it saves its state and ends.
                raise
        if process.returncode:
            raise self._error(command, "; ".join(problems or stray) or "it gave no reason")

    def _follow(self, lines: Iterable[str], problems: list[str], stray: list[str]) -> None:
        done = total = 0
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                if line.strip(" ╷│╵\n"):
                    stray.append(line.strip())
                continue
            kind = event.get("type")
            if kind == "diagnostic" and event["diagnostic"]["severity"] == "error":
                diagnostic = event["diagnostic"]
                where = diagnostic.get("address", "")
                text = f"{diagnostic['summary']}: {diagnostic.get('detail', '')}".strip(": ")
                problems.append(" ".join(f"{where} {text}".split()))
            elif kind == "change_summary":
                total = sum(event["changes"][key] for key in ("add", "change", "remove"))
            elif kind in _DONE:
                done += kind == "apply_complete"
                count = f"{done} of {total}" if total else f"{done}" if done else "reading"
                self.progress(f"{count} ({event['hook']['resource']['addr']})")

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program(), arguments[0], *_no_input(arguments[0]), *arguments[1:]],
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
        # A confirmation left over in the user's shell must not pass for one.
        inherited = {k: v for k, v in os.environ.items() if k != "TF_VAR_confirmation"}
        said = {"TF_VAR_confirmation": self.confirmation} if self.confirmation else {}
        return {
            **inherited,
            **self.workspace.access.variables,
            **said,
            "TF_IN_AUTOMATION": "1",
        }


def _no_input(command: str) -> tuple[str, ...]:
    return ("-input=false",) if command == "init" else ()
