"""What must be reached, as ratios of two ways within a round."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Final

from attrs import frozen

from benchmarks.measure import Cost


@frozen(kw_only=True)
class Aim:
    """One ratio and its limit.

    Attributes:
        title: What is compared.

        way: What is measured.

        reference: What it is divided by.

        at_most: The limit.

        memory: Whether the peak memory of the largest process counts, not the time of the CPU.
    """

    title: str
    way: str
    reference: str
    at_most: float
    memory: bool = False

    def found(self, costs: Mapping[str, Sequence[Cost]]) -> float | None:
        """Return the median ratio over the rounds, None when one of the two was not measured."""
        if self.way not in costs or self.reference not in costs:
            return None
        figure = _largest if self.memory else _cpu
        return ratio(costs[self.way], costs[self.reference], figure)


def ratio(
    costs: Sequence[Cost], reference: Sequence[Cost], figure: Callable[[Cost], float]
) -> float:
    """Return the median over the rounds of *costs* divided by *reference* in the same round."""
    return median(figure(a) / figure(b) for a, b in zip(costs, reference, strict=True))


def _cpu(cost: Cost) -> float:
    return cost.cpu_seconds


def _largest(cost: Cost) -> float:
    return cost.largest_mebibytes


STOCK: Final = "stock kernel"
OURS: Final = "kernel in process"
UNCHANGED: Final = "unchanged inputs"
VALIDATE: Final = "`terraform validate`, one stack"
FIRST_STOCK: Final = "stock kernel, first run"
FIRST: Final = "kernel in process, first run"
BOTO3: Final = '`python -c "import boto3"`'
NOTHING: Final = "`python -c pass`"
HELP: Final = "`payctl --help`"
COMMANDS: Final = ("parity", "explain", "manifest", "synth")
GROWTH: Final = (3, 12, 48)


def environments(count: int) -> str:
    """Return the name of the way with *count* environments."""
    return f"{count} environments"


AIMS: Final = (
    Aim(title="`python main.py`, gates included", way=OURS, reference=STOCK, at_most=1 / 20),
    Aim(title="the same", way=OURS, reference=VALIDATE, at_most=0.3),
    Aim(title="memory, largest process", way=OURS, reference=STOCK, at_most=0.1, memory=True),
    Aim(title="first run", way=FIRST, reference=FIRST_STOCK, at_most=0.15),
    Aim(title="unchanged inputs", way=UNCHANGED, reference=STOCK, at_most=1 / 50),
    Aim(
        title="growth, gates included",
        way=environments(GROWTH[-1]),
        reference=environments(GROWTH[0]),
        at_most=8,
    ),
    *(
        Aim(title=f"`payctl {name}`", way=f"`payctl {name}`", reference=BOTO3, at_most=2)
        for name in COMMANDS
    ),
    Aim(title=HELP, way=HELP, reference=NOTHING, at_most=8),
)
"""Issue 16, "Must reach"; the time of the tests and of CI is measured where they run."""
