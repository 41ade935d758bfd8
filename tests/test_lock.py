"""The lock file pins all that is installed, by version and hash, and from nowhere in particular."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = (ROOT / "requirements.lock").read_text()
AGAIN = (
    "uv pip compile pyproject.toml --extra test --generate-hashes --universal "
    "--python-version 3.11 --no-header --no-annotate --no-emit-index-url -o requirements.lock"
)


def test_it_is_of_todays_dependencies() -> None:
    """Each pin of the project is in the lock; otherwise run the command in AGAIN."""
    extras = PROJECT["optional-dependencies"].values()
    wanted = [
        Requirement(one) for one in (*PROJECT["dependencies"], *(o for e in extras for o in e))
    ]
    pins = {
        (canonicalize_name(one.name), str(one.specifier))
        for one in wanted
        if one.name != PROJECT["name"]
    }
    locked = {
        (canonicalize_name(name), f"=={version}")
        for name, version in re.findall(
            r"^([\w.-]+)(?:\[[\w,]+\])?==([^ ;\\]+)", LOCK, re.MULTILINE
        )
    }
    assert pins - locked == set(), AGAIN


def test_everything_in_it_has_a_hash() -> None:
    """One without is refused by pip's hash mode anyway, for the whole file."""
    entries = [one for one in re.split(r"\n(?=\S)", LOCK.strip()) if not one.startswith("#")]
    assert len(entries) > 50
    assert [one.splitlines()[0] for one in entries if "--hash=sha256:" not in one] == []


def test_it_names_no_index() -> None:
    """Where packages come from is the machine's business."""
    assert "://" not in LOCK
    assert "index" not in LOCK
