"""The slim provider changes no byte of any platform's output: half a minute a platform."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PLATFORMS, ROOT


def synthesize(platform: str, out: Path, switch: str) -> dict[str, bytes]:
    """Run main.py and return each file it wrote."""
    environment = os.environ | {"CDKTF_OUTDIR": str(out), "SLIM_PROVIDER": switch}
    completed = subprocess.run(
        [sys.executable, "main.py", platform],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stderr
    assert "slim_provider:" not in completed.stderr
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("platform", PLATFORMS)
def test_output_is_the_same_to_the_byte(platform: str, tmp_path: Path) -> None:
    """The full assembly and the slim one write the same files."""
    stock = synthesize(platform, tmp_path / "stock", switch="off")
    slim = synthesize(platform, tmp_path / "slim", switch="on")

    assert any(name.endswith("cdk.tf.json") for name in stock)
    assert stock.keys() == slim.keys()
    assert [name for name in stock if stock[name] != slim[name]] == []
