"""A generated secret has a new version when it is rotated, and when its parameter was lost."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Synthesis


def terraform(folder: Path, *arguments: str) -> str:
    """Run Terraform, which must succeed."""
    done = subprocess.run(
        ["terraform", *arguments], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def stack(payments: Synthesis, tmp_path: Path) -> dict[str, Any]:
    """Apply what gives the password its version, with a parameter that Terraform can make alone."""
    body = payments.stack("dev").body
    (cluster,) = body["resource"]["aws_rds_cluster"].values()
    name = cluster["master_password_wo_version"].partition("terraform_data.")[2].partition(".")[0]
    version = body["resource"]["terraform_data"][name]
    parameter = version["triggers_replace"]["parameter"].strip("${}").rpartition(".")[0]
    text = json.dumps(
        {
            "resource": {"terraform_data": {"version": version, "parameter": {}}},
            "output": {"version": {"value": cluster["master_password_wo_version"]}},
        }
    )
    text = text.replace(f"{parameter}.arn", "terraform_data.parameter.id")
    document: dict[str, Any] = json.loads(text.replace(name, "version"))
    deployed(tmp_path, document)
    return document


def deployed(folder: Path, document: dict[str, Any]) -> int:
    """Deploy *document*; return the version that the database is given."""
    (folder / "main.tf.json").write_text(json.dumps(document))
    terraform(folder, "init", "-input=false")
    terraform(folder, "apply", "-auto-approve", "-input=false")
    found: int = json.loads(terraform(folder, "output", "-json", "version"))
    return found


def test_a_version_stays(tmp_path: Path, stack: dict[str, Any]) -> None:
    """Nothing rotates by itself."""
    assert deployed(tmp_path, stack) == deployed(tmp_path, stack)


def test_a_rotation_gives_a_new_version(tmp_path: Path, stack: dict[str, Any]) -> None:
    """The counter of the parameter is that of the database."""
    before = deployed(tmp_path, stack)
    stack["resource"]["terraform_data"]["version"]["triggers_replace"]["rotation"] = 2
    assert deployed(tmp_path, stack) != before


def test_a_lost_parameter_gives_a_new_version(tmp_path: Path, stack: dict[str, Any]) -> None:
    """It is made anew with another password, which the database must be given."""
    before = deployed(tmp_path, stack)
    terraform(tmp_path, "state", "rm", "terraform_data.parameter")
    assert deployed(tmp_path, stack) != before
