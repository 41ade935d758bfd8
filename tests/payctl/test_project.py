"""The project on the disk, as several commands at once see it."""

import os
import subprocess
import sys
from pathlib import Path

from payctl.project import ROOT


def test_commands_at_the_same_moment_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each sees a whole synthesis, and nothing is left over but the last one."""
    command = [sys.executable, "-m", "payctl", "parity", "--platform", "graviton", "--json"]
    environment = {**os.environ, "PAYCTL_CACHE": str(tmp_path)}
    started = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    ended = [(process.communicate(), process.returncode) for process in started]
    assert [(error, status) for (_, error), status in ended if status] == []
    assert len({output for (output, _), _ in ended}) == 1
    left = {path.name for path in (tmp_path / "synthesized").iterdir()}
    assert left == {"graviton", ".graviton.lock"}
