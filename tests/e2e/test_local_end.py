"""How the shared deployment ends: one emulator killed, everything else through Terraform."""

import os

from devcloud.processes import processes
from tests.e2e.local import ENVIRONMENTS, Local


def test_status_knows_what_is_dead(local: Local) -> None:
    """An emulator that was killed is said not to be well, with the next step."""
    assert local.run("status").returncode == 0
    os.kill(int(local.record("staging")["emulator_pid"]), 9)
    done = local.run("status")
    assert done.returncode == 1
    assert "payctl local up staging" in done.stdout


def test_down_leaves_nothing(local: Local) -> None:
    """No process, no file; what was alive went through Terraform."""
    printed = local.must("down")
    assert "dev: destroyed" in printed
    assert "prod: destroyed" in printed
    assert "staging: its emulator had died" in printed
    assert all(processes(local.place(name)) == frozenset() for name in ENVIRONMENTS)
    assert not local.folder.exists()
