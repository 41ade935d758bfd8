"""The comparison of networks, planned by Terraform with the state of another environment."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Synthesis


def _plan(folder: Path, stack: dict[str, Any], their_cidr: str) -> subprocess.CompletedProcess[str]:
    """Plan only what compares networks, with one peer whose state is a file."""
    (folder / "peer.tfstate").write_text(
        json.dumps(
            {
                "version": 4,
                "serial": 1,
                "lineage": "peer",
                "outputs": {"vpc_cidr": {"value": their_cidr, "type": "string"}},
                "resources": [],
            }
        )
    )
    source = stack["data"]["terraform_remote_state"]["earlier"]
    document = {
        "locals": stack["locals"],
        "output": {"vpc_cidr": stack["output"]["vpc_cidr"]},
        "data": {
            "terraform_remote_state": {
                "earlier": {
                    "count": source["count"],
                    "backend": "local",
                    "config": {"path": "peer.tfstate"},
                }
            }
        },
    }
    (folder / "main.tf.json").write_text(json.dumps(document))
    subprocess.run(["terraform", "init"], cwd=folder, check=True, capture_output=True)
    return subprocess.run(
        ["terraform", "plan", "-no-color"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "theirs", "accepted"),
    [
        ("staging", "10.99.0.0/16", True),
        ("staging", "10.20.16.0/20", False),
        ("dev", "10.10.0.0/16", True),
    ],
)
def test_overlaps_are_refused(
    payments: Synthesis, tmp_path: Path, environment: str, theirs: str, *, accepted: bool
) -> None:
    """A plan fails where an earlier environment's network overlaps; the first compares nothing."""
    file = payments.output / "stacks" / f"payments-{environment}" / "cdk.tf.json"
    done = _plan(tmp_path, json.loads(file.read_text()), theirs)
    assert (done.returncode == 0) is accepted, done.stderr
    assert ("overlaps" in done.stderr) is not accepted
