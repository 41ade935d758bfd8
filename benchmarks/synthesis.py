"""What synthesis costs, against the stock provider package and `terraform validate`.

    python -m benchmarks.synthesis [--platform P] [--rounds N] [--growth] [--commands] [-o FILE]

Prints Markdown. Runs are interleaved and compared within a round, so that a busy machine
slows all of them; figures are medians, with the lowest and highest behind them.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from statistics import median

from benchmarks.measure import Cost, Way, interleaved, ratio

ROOT = Path(__file__).parents[1]
STOCK, OURS, VALIDATE = "stock kernel", "kernel in process", "terraform validate, one stack"
TARGETS = (
    ("wall", OURS, STOCK, attrgetter("wall_seconds"), 1 / 7),
    ("peak memory, largest process", OURS, STOCK, attrgetter("largest_mebibytes"), 1 / 5),
    ("peak memory, all processes", OURS, STOCK, attrgetter("tree_mebibytes"), 1 / 5),
    ("wall", OURS, VALIDATE, attrgetter("wall_seconds"), 0.8),
)
GROWTH = (3, 12, 48)


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--platform", default="payments")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="also 3, 12 and 48 environments")
    parser.add_argument("--commands", action="store_true", help="also whole commands")
    parser.add_argument("-o", "--output", type=Path, help="a file to write to as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ways = list(_ways(arguments.platform, Path(folder)))
        lines = list(_comparison(interleaved(ways, arguments.rounds)))
        if arguments.growth:
            growth = list(_growing(arguments.platform, Path(folder)))
            lines += ["", *_growth(interleaved(growth, arguments.rounds))]
        if arguments.commands:
            commands = list(_commands(arguments.platform))
            lines += ["", *_whole(interleaved(commands, arguments.rounds))]
    text = "\n".join([_machine(arguments), "", *lines, ""])
    sys.stdout.write(text)
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")


def _ways(name: str, folder: Path) -> Iterator[Way]:
    """Yield the ways to synthesize one platform, and a validation of its largest stack."""

    def way(title: str, *arguments: str, switch: str) -> Way:
        output = folder / title.replace(" ", "-")
        return Way(
            name=title,
            command=(sys.executable, *arguments, name),
            folder=ROOT,
            environment={"CDKTF_OUTDIR": str(output), "PAYMENTS_KERNEL": switch},
        )

    ours = way(OURS, "main.py", switch="python")
    yield way(STOCK, "main.py", switch="jsii")
    yield ours
    if terraform := shutil.which("terraform"):
        files = Path(ours.environment["CDKTF_OUTDIR"]).glob("stacks/*/cdk.tf.json")
        largest = max(files, key=lambda file: file.stat().st_size)
        copy = shutil.copytree(largest.parent, folder / "validate")
        init = (terraform, "init", "-backend=false", "-input=false")
        Cost.of(init, copy, {})
        yield Way(name=VALIDATE, command=(terraform, "validate"), folder=copy)


def _growing(name: str, folder: Path) -> Iterator[Way]:
    for count in GROWTH:
        command = (sys.executable, "-m", "benchmarks.many_environments", name, str(count))
        yield Way(name=str(count), command=(*command, str(folder / str(count))), folder=ROOT)


def _commands(name: str) -> Iterator[Way]:
    """Yield what people wait for, with both kernels."""
    synth = (sys.executable, "-m", "payctl", "synth", "--platform", name)
    pure = ("tests/model", "tests/audit", "tests/test_layers.py")
    for switch in ("python", "jsii"):
        yield Way(
            name=f"payctl synth, kernel {switch}",
            command=synth,
            folder=ROOT,
            environment={"PAYMENTS_KERNEL": switch},
        )
    yield Way(name="pure tests", command=(sys.executable, "-m", "pytest", "-q", *pure), folder=ROOT)


def _whole(costs: dict[str, list[Cost]]) -> Iterator[str]:
    yield "| command | wall s | CPU s | MB, largest | MB, all |"
    yield "|---|---|---|---|---|"
    for name, runs in costs.items():
        yield f"| {name} | {_figures(runs)} |"


def _comparison(costs: dict[str, list[Cost]]) -> Iterator[str]:
    yield "| way | wall s | CPU s | MB, largest | MB, all | wall / stock | wall / ours |"
    yield "|---|---|---|---|---|---|---|"
    for name, runs in costs.items():
        ratios = (ratio(runs, costs[other], attrgetter("wall_seconds")) for other in (STOCK, OURS))
        yield f"| {name} | {_figures(runs)} | {' | '.join(f'{value:.2f}' for value in ratios)} |"
    yield ""
    for title, one, other, figure, target in TARGETS:
        if one in costs and other in costs:
            found = ratio(costs[one], costs[other], figure)
            verdict = "reached" if found <= target else "MISSED"
            yield f"- {title}, {one} / {other}: {found:.3f}, at most {target:.3f}: {verdict}"


def _growth(costs: dict[str, list[Cost]]) -> Iterator[str]:
    yield "| environments | wall s | CPU s | MB, largest | MB, all | wall ms each further |"
    yield "|---|---|---|---|---|---|"
    previous: tuple[int, float] | None = None
    for name, runs in costs.items():
        wall = median(run.wall_seconds for run in runs)
        each = f"{(wall - previous[1]) / (int(name) - previous[0]) * 1000:.0f}" if previous else ""
        yield f"| {name} | {_figures(runs)} | {each} |"
        previous = int(name), wall


def _figures(runs: Sequence[Cost]) -> str:
    walls = [run.wall_seconds for run in runs]
    return (
        f"{median(walls):.2f} ({min(walls):.2f}-{max(walls):.2f})"
        f" | {median(run.cpu_seconds for run in runs):.2f}"
        f" | {median(run.largest_mebibytes for run in runs):.0f}"
        f" | {median(run.tree_mebibytes for run in runs):.0f}"
    )


def _machine(arguments: argparse.Namespace) -> str:
    return (
        f"`python main.py {arguments.platform}`, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {arguments.rounds} rounds."
    )


if __name__ == "__main__":
    main()
