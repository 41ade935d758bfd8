"""What is used is pinned, and pinned once."""

import re
import tomllib

from packaging.utils import canonicalize_name

from payctl import checkov
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


def test_ci_asks_the_referee_that_users_are_told_of() -> None:
    """The referee has an environment of its own, and one version everywhere."""
    assert f"checkov=={checkov.VERSION}" in (ROOT / ".ci" / "run").read_text()
