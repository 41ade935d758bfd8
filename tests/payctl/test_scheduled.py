"""What schedules and pipelines type is what `payctl` understands [G5]."""

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest

from payctl.application import APPLICATION
from payctl.commands.drift import drift
from tests.conftest import ROOT, Synthesis

_COMMAND = re.compile(r"python -m payctl(?:[ \n]+(?:[\w.-]+|\"[^\"\n]*\"))+")
_VALUES = {
    "${{ matrix.environment }}": "dev",
    "${{ inputs.platform || 'payments' }}": "payments",
    "$ENVIRONMENT": "dev",
    "$PLATFORM": "payments",
}
WORKFLOWS = ROOT / ".github" / "workflows"


def _parsed(line: str) -> tuple[Any, dict[str, Any]]:
    """Return the function that *line* calls, and its arguments."""
    for name, value in _VALUES.items():
        line = line.replace(name, value)
    tokens = shlex.split(line)[3:]
    function, bound, _ = APPLICATION.parse_args(tokens, exit_on_error=False, print_error=False)
    return function, dict(bound.arguments)


def _build_commands(payments: Synthesis) -> Iterator[str]:
    """Yield every command of every build in the account."""
    for stack in payments.stacks.values():
        for project in stack.resources("aws_codebuild_project"):
            build = json.loads(project.config["source"]["buildspec"])["phases"]["build"]
            yield from build["commands"]


def test_the_workflow_looks_for_drift_and_tells() -> None:
    """Twice a day, environment by environment, and the alert topic hears of it."""
    text = "\n".join(file.read_text() for file in sorted(WORKFLOWS.glob("*.yml")))
    lines = _COMMAND.findall(text)
    assert len(lines) == text.count("python -m payctl") == 1
    function, arguments = _parsed(lines[0])
    assert function is drift
    assert arguments["environments"] == ("dev",)
    assert arguments["notify"] is True
    assert arguments["selection"].platform == "payments"


def test_the_schedule_in_the_account_looks_for_drift(payments: Synthesis) -> None:
    """The build that EventBridge starts runs the same command, in every environment."""
    lines = [line for line in _build_commands(payments) if "payctl" in line]
    assert len(lines) == 3
    for line in lines:
        assert _COMMAND.fullmatch(line)
        function, arguments = _parsed(line)
        assert function is drift
        assert arguments["environments"] == ("dev",)
        assert arguments["notify"] is True
        assert arguments["selection"].platform == "payments"


def test_a_mistake_in_such_a_line_would_be_seen() -> None:
    """An option that does not exist is no option."""
    with pytest.raises(Exception, match="--notifi"):
        _parsed('python -m payctl drift "$ENVIRONMENT" --notifi')
