"""`payctl review`."""

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from audit.finding import Finding
from audit.report import github, junit, plain, sarif
from audit.revision import stack_changes
from audit.synthesized import read_stacks
from gates.folder import Folder
from gates.judge import judged
from model.blueprint import Blueprint
from model.errors import ConfigurationError
from payctl.exit_status import FINDINGS, FINE
from payctl.known import known_findings
from payctl.project import Project
from payctl.review.base import synthesized
from payctl.review.location import location
from payctl.review.verdict import Verdict
from payctl.screen import note, say_json, working
from payctl.selection import FLAGSHIP, Selection
from payctl.written import is_error


class Format(Enum):
    """How it is written."""

    MARKDOWN = "markdown"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


Base = Annotated[str, Parameter(help="The revision that the change is compared with.")]
Written = Annotated[Format, Parameter(name="--format", help="How it is written.")]


def review(
    *,
    base: Base = "origin/main",
    format_: Written = Format.MARKDOWN,
    selection: Selection = FLAGSHIP,
) -> int:
    """Say what a change does, for whoever reviews it.

    Both revisions are synthesized and compared, environment by environment: the blueprint before
    and after, every setting and every attribute with what it evaluates to in each environment, and
    the findings that appear or go away. It needs git and no account.

    Markdown is a comment for a pull request. SARIF 2.1.0, JUnit and GitHub's workflow commands have
    the findings of today's revision, SARIF with file and line. Exit status 1 for findings.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    found = known_findings(project)
    status = FINDINGS if any(map(is_error, found)) else FINE
    if format_ in (Format.SARIF, Format.JUNIT, Format.GITHUB):
        _print(_findings(format_, project, found))
        return status
    with (
        working(f"synthesizing {selection.platform} of {base}"),
        synthesized(base, selection) as (
            tree,
            output,
        ),
    ):
        before = _judged(tree / "envs" / selection.platform, Folder.read(output), selection)
        verdict = Verdict(
            platform=project.name,
            base=base,
            stacks=stack_changes(read_stacks(output), project.stacks),
            appeared=_without(found, before),
            gone=_without(before, found),
        )
    if format_ is Format.JSON:
        say_json(verdict.as_json())
    else:
        _print(verdict.markdown())
    return status


def _findings(format_: Format, project: Project, found: tuple[Finding, ...]) -> str:
    if format_ is Format.SARIF:
        return sarif(found, locate=lambda finding: location(project, finding))
    return junit(found) if format_ is Format.JUNIT else github(found)


def _judged(settings: Path, folder: Folder, selection: Selection) -> tuple[Finding, ...]:
    """Check the base with today's rules; settings of another shape cannot be checked."""
    try:
        return judged(Blueprint.load(settings, suffix=selection.suffix), folder)
    except ConfigurationError:
        note("the base's settings have another shape: all findings of today count as new")
        return ()


def _without(found: tuple[Finding, ...], others: tuple[Finding, ...]) -> tuple[Finding, ...]:
    known = [plain(one) for one in others]
    return tuple(one for one in found if plain(one) not in known)


def _print(text: str) -> None:
    """Write *text* as it is: no colours, no line breaks of a terminal."""
    sys.stdout.write(f"{text}\n")
