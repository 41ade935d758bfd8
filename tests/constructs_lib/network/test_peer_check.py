"""The condition with which a plan compares networks, evaluated by Terraform itself."""

import subprocess
from pathlib import Path

import pytest

from constructs_lib.network.peer_check import apart


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("10.10.0.0/16", "10.20.0.0/16", "true"),
        ("10.10.0.0/16", "10.10.0.0/16", "false"),
        ("10.10.0.0/16", "10.10.240.0/20", "false"),
        ("10.10.240.0/20", "10.10.0.0/16", "false"),
        ("10.10.0.0/20", "10.10.16.0/20", "true"),
        ("172.16.0.0/16", "10.0.0.0/16", "true"),
    ],
)
def test_apart(one: str, other: str, expected: str, tmp_path: Path) -> None:
    """Networks are apart when their beginnings differ, cut to the shorter prefix."""
    done = subprocess.run(
        ["terraform", "console"],
        input=apart(f'"{one}"', f'"{other}"'),
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == expected
