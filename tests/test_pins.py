"""What is used is pinned, and pinned once."""

import re
import tomllib

from packaging.utils import canonicalize_name

from payctl import checkov
from payctl.judges import environment
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def test_functions_run_here_with_what_they_ship_with() -> None:
    """The libraries of the layer are those with which functions are tested."""
    text = (ROOT / "functions" / "requirements.txt").read_text()
    pins = re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    shipped = {(canonicalize_name(name), version) for name, version in pins}
    assert shipped
    ours = (one.partition("==") for one in (*EXTRAS["local"], *PROJECT["dependencies"]))
    assert shipped - {(canonicalize_name(name), version) for name, _, version in ours} == set()


def test_every_dependency_is_pinned() -> None:
    """A version is named for everything but the project's own extras."""
    named = [*PROJECT["dependencies"], *(one for extra in EXTRAS.values() for one in extra)]
    assert [one for one in named if "==" not in one and "payments-platform[" not in one] == []


def test_ci_runs_the_scanner_that_users_are_told_of() -> None:
    """The scanner has an environment of its own, and one version everywhere."""
    assert f"checkov=={checkov.VERSION}" in (ROOT / ".ci" / "run").read_text()


def test_the_judges_are_pinned_and_agree_with_the_tests() -> None:
    """All of their environment is named, CI installs it, and its schemas are those of the tests."""
    lines = environment.REQUIREMENTS.read_text().splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pinned if "==" not in line] == []
    assert [line for line in pinned if line.startswith("cfn-lint==")] == [
        one for one in EXTRAS["test"] if one.startswith("cfn-lint==")
    ]
    relative = environment.REQUIREMENTS.relative_to(ROOT)
    assert f"pip install --quiet -r {relative}" in (ROOT / ".ci" / "run").read_text()
