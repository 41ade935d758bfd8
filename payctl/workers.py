"""How many environments are worked on at the same time."""

import os
from pathlib import Path
from typing import Final

PROVIDER_MEBIBYTES: Final = 610
"""What one process of the AWS provider takes, as measured with version 5.100.0."""
BUDGET_MEBIBYTES: Final = 4_000
"""What all of them may take together, on however large a machine."""
_LIMIT: Final = Path("/sys/fs/cgroup/memory.max")
_MEMORY: Final = Path("/proc/meminfo")
_AVAILABLE: Final = "MemAvailable:"


def workers(environments: int) -> int:
    """Return how many threads may run Terraform for *environments* environments, 1 or more.

    A plan keeps a core busy and a provider in memory: more of them at once are slower, or die.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    fitting = min(_available_mebibytes(), BUDGET_MEBIBYTES) // PROVIDER_MEBIBYTES
    return max(1, min(environments, cores or 1, fitting))


def _available_mebibytes() -> int:
    """Return what is free on this machine and allowed in this container; plenty if none says."""
    found = [BUDGET_MEBIBYTES]
    if _MEMORY.is_file():
        lines = _MEMORY.read_text(encoding="ascii").splitlines()
        found += [int(line.split()[1]) // 1024 for line in lines if line.startswith(_AVAILABLE)]
    if _LIMIT.is_file() and (limit := _LIMIT.read_text(encoding="ascii").strip()).isdecimal():
        found.append(int(limit) // 2**20)
    return min(found)
