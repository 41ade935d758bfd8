"""Environments are examined side by side only as far as cores and memory go."""

import os
from pathlib import Path

import pytest

from payctl import workers as module
from payctl.workers import BUDGET_MEBIBYTES, PROVIDER_MEBIBYTES, workers


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of 64 cores; tests write how much memory it has."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)))
    monkeypatch.setattr(module, "_MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(module, "_LIMIT", tmp_path / "memory.max")
    return tmp_path


def test_twelve_environments_stay_below_four_gigabytes(machine: Path) -> None:
    """However large the machine, what runs at once takes no more than the budget."""
    assert not (machine / "meminfo").exists()
    assert workers(12) * PROVIDER_MEBIBYTES <= BUDGET_MEBIBYTES
    assert workers(12) == 6
    assert workers(3) == 3


@pytest.mark.parametrize(
    ("free_mebibytes", "limit", "expected"),
    [(64_000, "max", 6), (1_300, "max", 2), (300, "max", 1), (64_000, str(1_300 * 2**20), 2)],
)
def test_memory(free_mebibytes: int, limit: str, expected: int, machine: Path) -> None:
    """A small machine, or a small container on a large one, has fewer; one there always is."""
    kibibytes = free_mebibytes * 1024
    (machine / "meminfo").write_text(f"MemTotal: 1 kB\nMemAvailable: {kibibytes} kB\n")
    (machine / "memory.max").write_text(f"{limit}\n")
    assert workers(12) == expected


def test_cores(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan keeps a core busy."""
    assert machine
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert workers(12) == 2
