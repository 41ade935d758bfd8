"""Runs checkov, a third-party scanner, on what is synthesized and on plans; offline.

It lives in an environment of its own: it pins older versions of libraries that we use.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from audit.finding import Finding
from audit.synthesized import Stack
from payctl.errors import CannotError, ToolMissingError
from payctl.project import ROOT, Project
from payctl.referee import Verdict

VERSION: Final = "3.3.30"
_VARIABLE: Final = "PAYCTL_CHECKOV"
_INSTALLED: Final = ROOT / ".cache" / "checkov"


def judged(project: Project) -> Verdict:
    """Check every stack of *project* as synthesized."""

    def address(result: Mapping[str, Any]) -> str:
        # It loses the type: `resource.<name>` of a file in the stack's folder.
        stack = project.stacks[Path(result["file_path"]).stem.removesuffix(".tf")]
        name = str(result["resource"]).rpartition(".")[2]
        return next((r.address for r in stack.resources() if r.name == name), result["resource"])

    with tempfile.TemporaryDirectory() as folder:
        for name, stack in project.stacks.items():
            file = Path(folder) / f"{name}.tf.json"
            file.write_text(json.dumps(_readable(stack)), encoding="utf-8")
        report = _run("--directory", folder, "--framework", "terraform_json")
    return _verdict(report, "what is synthesized", address)


def _readable(stack: Stack) -> dict[str, Any]:
    """Return *stack* as far as checkov can read it; it cannot read `terraform.required_version`."""
    sections = ("resource", "data", "provider", "variable")
    return {section: stack.resolved.body[section] for section in sections if section in stack.body}


def judged_plan(plan: Path) -> Verdict:
    """Have a plan judged, which has the provider's defaults in it."""
    report = _run("--file", str(plan), "--framework", "terraform_plan")
    return _verdict(report, "the plan", lambda result: str(result["resource"]))


def _verdict(
    blocks: list[dict[str, Any]], what: str, address: Callable[[Mapping[str, Any]], str]
) -> Verdict:
    results = [block["results"] for block in blocks if "results" in block]
    failed = [failure for result in results for failure in result["failed_checks"]]
    summaries = [block["summary"] for block in blocks if "results" in block]
    evaluated = sum(summary["passed"] + summary["failed"] for summary in summaries)
    if any(summary["parsing_errors"] for summary in summaries):
        raise CannotError(f"checkov must be able to read all of {what}, it reported parsing errors")
    if not evaluated:
        raise CannotError(
            f"checkov must evaluate checks on {what}, it evaluated none",
            next_step=f"is it checkov {VERSION}? It must know the framework",
        )
    return Verdict(evaluated=evaluated, findings=tuple(_findings(failed, address)))


def _findings(
    failed: list[dict[str, Any]], address: Callable[[Mapping[str, Any]], str]
) -> Iterator[Finding]:
    """Yield each failure once; the environments are one body."""
    seen: set[tuple[str, str]] = set()
    for failure in failed:
        where, rule = address(failure).partition("[")[0], failure["check_id"]
        if (where, rule) not in seen:
            seen.add((where, rule))
            yield Finding(rule=rule, where=where, message=f"must hold: {failure['check_name']}")


def _run(*arguments: str) -> list[dict[str, Any]]:
    """Return the blocks of checkov's report: one for each framework, which it writes alone."""
    done = subprocess.run(
        [program(), *arguments, "--output", "json", "--compact", "--quiet", "--skip-download"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "LOG_LEVEL": "ERROR", "CHECKOV_RUN_SCA_PACKAGE_SCAN": "false"},
    )
    try:
        report = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise CannotError(
            f"checkov gave no report: {' '.join(last) or 'no reason given'}",
            next_step=f"{program()} --version should say {VERSION}",
        ) from None
    return report if isinstance(report, list) else [report]


def is_installed() -> bool:
    """Tell whether checkov can be run; one that is named must be there."""
    return bool(os.environ.get(_VARIABLE) or _found())


def how_to_install() -> str:
    """Return the command that installs it."""
    return (
        f"python -m venv {_INSTALLED} && {_INSTALLED}/bin/pip install checkov=={VERSION} "
        f"(or name it in {_VARIABLE})"
    )


def program() -> str:
    """Return the program to run.

    Raises:
        ToolMissingError: When there is none.
    """
    named = os.environ.get(_VARIABLE)
    found = shutil.which(named) if named else _found()
    if not found:
        raise ToolMissingError(
            f"{_VARIABLE} names {named}, which is no program"
            if named
            else "checkov is not installed",
            next_step=how_to_install(),
        )
    return found


def _found() -> str | None:
    return shutil.which(_INSTALLED / "bin" / "checkov") or shutil.which("checkov")
