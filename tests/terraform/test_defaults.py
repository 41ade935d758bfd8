"""What AWS may decide is accepted once, with a reason, and only where something needs it."""

from pathlib import Path
from typing import Any

import pytest

from audit.defaults import AcceptedDefault, implicit_defaults, unneeded
from audit.synthesized import Stack
from gates import exceptions_file
from gates.errors import ExceptionsFileError
from gates.exceptions_file import accepted_defaults
from payctl.project import Project
from payctl.selection import Selection
from payctl.terraform.provider_schema import provider_schema
from tests.conftest import PLATFORMS


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> list[Project]:
    """Every platform, synthesized."""
    return [
        Project.synthesized(Selection(platform=name), output=tmp_path_factory.mktemp(name))
        for name in PLATFORMS
    ]


@pytest.fixture(scope="module")
def stacks(projects: list[Project]) -> list[Stack]:
    """One stack of each kind of each platform."""
    return [stack for project in projects for stack in project.one_of_each]


@pytest.fixture(scope="module")
def schema(terraform: None, projects: list[Project]) -> dict[str, Any]:
    """What the provider says of its resources."""
    del terraform
    return provider_schema(projects[0])


def test_nothing_is_left_to_aws(stacks: list[Stack], schema: dict[str, Any]) -> None:
    """Every attribute that AWS could decide is set or accepted, in every stack."""
    assert implicit_defaults(stacks, schema, accepted_defaults()) == ()


def test_nothing_is_accepted_in_vain(stacks: list[Stack], schema: dict[str, Any]) -> None:
    """An acceptance that no platform needs any more is a finding."""
    accepted = accepted_defaults()
    assert unneeded(stacks, schema, accepted) == ()
    extra = AcceptedDefault(type="aws_kms_key", path="multi_region", reason="It is set by now.")
    [finding] = unneeded(stacks, schema, [*accepted, extra])
    assert (finding.where, finding.path) == ("aws_kms_key", "multi_region")


def test_a_pipeline_leaves_nothing_either(stacks: list[Stack], schema: dict[str, Any]) -> None:
    """The stacks of no environment are looked at too."""
    found = implicit_defaults(stacks, schema, [])
    assert any(finding.where.startswith("aws_codepipeline.") for finding in found)


@pytest.mark.parametrize("content", ["aws_eip = 1", '[aws_eip]\nvpc = ""', "[aws_eip]\nvpc = 1"])
def test_an_acceptance_needs_a_reason(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each attribute has a reason of its own, in words."""
    monkeypatch.setattr(exceptions_file, "SETTINGS", tmp_path)
    (tmp_path / "accepted_defaults.toml").write_text(content)
    with pytest.raises(ExceptionsFileError, match="must have a reason for each"):
        accepted_defaults()
