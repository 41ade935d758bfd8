"""What schedules and pipelines type is what `payctl` understands [G5]."""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest

from constructs_lib.delivery.command_lines import TERRAFORM_VERSION
from payctl.application import APPLICATION
from payctl.commands.deploy import deploy
from payctl.commands.drift import drift
from payctl.commands.plan import plan
from payctl.commands.release import release
from tests.conftest import ROOT, Synthesis

_COMMAND = re.compile(r"python -m payctl(?:[ \n]+(?:--?[a-z]+[\w-]*|[\w.][\w./-]*|\"[^\"\n]*\"))+")
_INPUT = re.compile(r"\$\{\{[^}]*\}\}|\$\w+")
WORKFLOWS = ROOT / ".github" / "workflows"
KNOWN = {
    "environment": "dev",
    "ENVIRONMENT": "dev",
    "platform": "payments",
    "PLATFORM": "payments",
}


def _parsed(line: str) -> tuple[Any, dict[str, Any]]:
    """Return the function that *line* calls, and its arguments."""

    def value(found: re.Match[str]) -> str:
        names = re.findall(r"\w+", found.group())
        return next((KNOWN[name] for name in names if name in KNOWN), "x")

    tokens = shlex.split(_INPUT.sub(value, line))[3:]
    function, bound, _ = APPLICATION.parse_args(tokens, exit_on_error=False, print_error=False)
    return function, dict(bound.arguments)


def _build_commands(payments: Synthesis) -> Iterator[str]:
    """Yield every command of every build in the account."""
    for stack in payments.stacks.values():
        for project in stack.resources("aws_codebuild_project"):
            phases = json.loads(project.config["source"]["buildspec"])["phases"]
            for phase in phases.values():
                yield from phase["commands"]


def _workflow_lines() -> list[str]:
    text = "\n".join(file.read_text() for file in sorted(WORKFLOWS.glob("*.yml")))
    lines = _COMMAND.findall(text)
    assert len(lines) == text.count("python -m payctl")
    return lines


def test_workflows_type_what_payctl_understands() -> None:
    """Every line parses, with the options that the command has; delivery is among them."""
    called = {_parsed(line)[0] for line in _workflow_lines()}
    assert {release, plan, deploy, drift} <= called


def test_the_workflow_looks_for_drift_and_tells() -> None:
    """Twice a day, environment by environment, and the alert topic hears of it."""
    [arguments] = [told for called, told in map(_parsed, _workflow_lines()) if called is drift]
    assert arguments["environments"] == ("dev",)
    assert arguments["notify"] is True
    assert arguments["selection"].platform == "payments"


def test_workflows_and_pipeline_deploy_alike(payments: Synthesis) -> None:
    """A release, when it was built, the plan that was approved, and evidence."""
    builds = [line for text in _build_commands(payments) for line in _COMMAND.findall(text)]
    lines = [*_workflow_lines(), *builds]
    told = [told for called, told in map(_parsed, lines) if called is deploy]
    assert len(told) == 4
    for arguments in told:
        handover = arguments["handover"]
        assert handover.release
        assert handover.built
        assert handover.evidence == "evidence"
        assert bool(handover.plan) is bool(handover.approved)
        assert arguments["confirm"]


def test_the_schedule_in_the_account_looks_for_drift(payments: Synthesis) -> None:
    """The build that EventBridge starts runs the same command, in every environment."""
    lines = [line for line in _build_commands(payments) if "payctl drift" in line]
    assert len(lines) == 3
    for line in lines:
        assert _COMMAND.fullmatch(line)
        function, arguments = _parsed(line)
        assert function is drift
        assert arguments["environments"] == ("dev",)
        assert arguments["notify"] is True
        assert arguments["selection"].platform == "payments"


def test_one_version_of_terraform() -> None:
    """Workflows and builds install the one that everything was tested with."""
    action = (ROOT / ".github" / "actions" / "tools" / "action.yml").read_text()
    assert f"terraform_version: {TERRAFORM_VERSION}\n" in action


def test_a_mistake_in_such_a_line_would_be_seen() -> None:
    """An option that does not exist is no option."""
    with pytest.raises(Exception, match="--notifi"):
        _parsed('python -m payctl drift "$ENVIRONMENT" --notifi')
