"""Stand-ins for the judges, which say what a test writes."""

import json
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from audit.cloudformation.bridge import types
from payctl.judges.planted import BY_CFN_LINT, BY_ENGINE

STACK: Final = "a-dev"
Says = Callable[..., None]
_PROGRAM: Final = """#!/bin/sh
case "$1" in
  *schemas.py) cat {here}/schemas ;;
  *engine.py) mkdir -p "$3"; cp {here}/engine "$3/validation-report.json" 2>/dev/null ;;
  *lint.py) cat {here}/lint ;;
esac
exit "$(cat {here}/status)"
"""


def violation(resource: str, rule: str, *paths: str, stack: str = STACK) -> dict[str, Any]:
    """Return a violation as the engine reports it."""
    where = {"logicalId": resource, "propertyPaths": [f"Properties.{path}" for path in paths]}
    construct = {"constructPath": f"{stack}/{resource}", "cloudFormationResource": where}
    return {"ruleName": rule, "description": "Wrong.", "violatingConstructs": [construct]}


def match(resource: str, rule: str, *path: str | int, stack: str = STACK) -> dict[str, Any]:
    """Return a match as cfn-lint reports it."""
    location = {"Path": ["Resources", resource, "Properties", *path]}
    file = f"/somewhere/{stack}.json"
    return {"Rule": {"Id": rule}, "Message": "Wrong.", "Location": location, "Filename": file}


def report(*violations: Mapping[str, Any], conclusion: str = "success") -> str:
    """Return a report of the engine."""
    return json.dumps({"pluginReports": [{"conclusion": conclusion, "violations": violations}]})


ALL_BY_ENGINE: Final = tuple(violation(resource, rule) for resource, rule in BY_ENGINE)
ALL_BY_CFN_LINT: Final = tuple(match(resource, rule) for resource, rule in BY_CFN_LINT)


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Says:
    """Return what makes stand-ins of both judges say something."""
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(_PROGRAM.format(here=tmp_path))
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAYCTL_JUDGES", str(tmp_path))
    schemas = {
        type_: PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_).schema
        for type_ in types()
    }
    (tmp_path / "schemas").write_text(json.dumps(schemas))

    def say(*, engine: str | None, lint: str, status: int = 0) -> None:
        if engine is not None:
            (tmp_path / "engine").write_text(engine)
        (tmp_path / "lint").write_text(lint)
        (tmp_path / "status").write_text(str(status))

    return say
