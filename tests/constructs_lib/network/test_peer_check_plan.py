"""The comparison of networks, planned by Terraform in an account with other networks."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Synthesis

OURS = {"Project": "payments"}


def _plan(
    folder: Path, stack: dict[str, Any], there: list[dict[str, Any]]
) -> subprocess.CompletedProcess[str]:
    """Plan only what compares networks; *there* are the networks in the account."""
    text = json.dumps(stack["output"]["vpc_cidr"]).replace("data.aws_vpc.others", "local.there")
    document = {
        "locals": {**stack["locals"], "there": there},
        "output": {"vpc_cidr": json.loads(text)},
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
    ("environment", "cidr", "there", "complaint"),
    [
        ("staging", "10.20.0.0/16", [], ""),
        ("staging", "10.10.16.0/20", [], "an environment before it"),
        ("dev", "10.20.0.0/16", [], ""),
        ("dev", "10.10.0.0/16", [{"cidr_block": "172.31.0.0/16", "tags": {}}], ""),
        ("dev", "10.10.0.0/16", [{"cidr_block": "10.10.0.0/16", "tags": OURS}], ""),
        (
            "dev",
            "10.10.0.0/16",
            [{"cidr_block": "10.10.240.0/20", "tags": {"Project": "other"}}],
            "another in its account",
        ),
        (
            "dev",
            "10.10.0.0/16",
            [{"cidr_block": "10.0.0.0/8", "tags": {}}],
            "another in its account",
        ),
    ],
)
def test_overlaps_are_refused(
    payments: Synthesis,
    tmp_path: Path,
    environment: str,
    cidr: str,
    there: list[dict[str, Any]],
    *,
    complaint: str,
) -> None:
    """A plan fails where networks overlap; later environments give way, and copies are ours."""
    file = payments.output / "stacks" / f"payments-{environment}" / "cdk.tf.json"
    stack = json.loads(file.read_text())
    stack["locals"]["network_cidr"] = cidr
    done = _plan(tmp_path, stack, there)
    assert (done.returncode == 0) is (not complaint), done.stderr
    assert complaint in " ".join(done.stderr.replace("│", " ").split())


def test_no_state_of_another_account_is_read(payments: Synthesis) -> None:
    """What a plan compares with is approved values and its own account."""
    for name in ("dev", "staging", "prod"):
        assert "terraform_remote_state" not in payments.stack(name).body["data"]
    assert payments.stack("prod").locals["deployment_earlier_cidrs"] == [
        "10.10.0.0/16",
        "10.20.0.0/16",
    ]
