"""What synthesis and commands cost, and whether that is little enough.

    python -m benchmarks.synthesis [--rounds N] [--growth] [--without-stock] [-o FILE]

Prints Markdown. Runs are interleaved and compared within a round, so that a busy machine slows
all of them; figures are medians. Exit status 1 when an aim is missed.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from attrs import evolve

from benchmarks.aims import (
    AIMS,
    BOTO3,
    COMMANDS,
    FIRST,
    FIRST_STOCK,
    GROWTH,
    HELP,
    NOTHING,
    OURS,
    STOCK,
    UNCHANGED,
    VALIDATE,
    environments,
)
from benchmarks.measure import Cost, Way, interleaved

ROOT = Path(__file__).parents[1]
PLATFORM = "payments"
_ARGUMENTS = {"explain": ("functions.memory_mebibytes",), "manifest": ("dev",)}
_FRESH_MACHINE = (
    'rm -rf "$FRESH" && mkdir -p "$FRESH/project/.cache" && '
    'git ls-files -z | xargs -0 cp --parents -t "$FRESH/project" && '
    'cp -r .cache/layers "$FRESH/project/.cache" && cd "$FRESH/project" && exec '
)
"""No bytecode, no unpacked assemblies, no compiled bindings; the layer's wheels are there."""


def main() -> int:
    """Measure, print the tables, and return whether an aim was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="also 3, 12 and 48 environments")
    parser.add_argument(
        "--without-stock", action="store_true", help="leave out the stock kernel: a minute a round"
    )
    parser.add_argument("-o", "--output", type=Path, help="a file to write to as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ways = [
            way
            for way in _ways(Path(folder), growth=arguments.growth)
            if not (arguments.without_stock and way.name in {STOCK, FIRST_STOCK})
        ]
        costs = interleaved(ways, arguments.rounds)
    text = "\n".join([*_table(costs), "", *_verdicts(costs), "", _machine(arguments.rounds), ""])
    sys.stdout.write(text)
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    return int(any((aim.found(costs) or 0) > aim.at_most for aim in AIMS))


def _ways(folder: Path, *, growth: bool) -> Iterator[Way]:
    yield _synthesis(STOCK, folder, "--fresh", kernel="jsii")
    ours = _synthesis(OURS, folder, "--fresh")
    yield ours
    yield _synthesis(UNCHANGED, folder)
    yield _first(FIRST_STOCK, folder, kernel="jsii")
    yield _first(FIRST, folder)
    yield from _validation(ours, folder)
    yield _python(NOTHING, "-c", "pass")
    yield _python(BOTO3, "-c", "import boto3")
    yield _python(HELP, "-m", "payctl", "--help")
    for name in COMMANDS:
        yield _python(f"`payctl {name}`", "-m", "payctl", name, *_ARGUMENTS.get(name, ()))
    for count in GROWTH if growth else ():
        output = str(folder / str(count))
        module = ("-m", "benchmarks.many_environments", PLATFORM, str(count), output)
        yield evolve(_python(environments(count), *module), warmed=False)


def _python(name: str, *arguments: str) -> Way:
    return Way(name=name, command=(sys.executable, *arguments), folder=ROOT)


def _synthesis(name: str, folder: Path, *arguments: str, kernel: str = "") -> Way:
    output = folder / name.replace(" ", "-")
    return Way(
        name=name,
        command=(sys.executable, "main.py", PLATFORM, *arguments),
        folder=ROOT,
        environment={"CDKTF_OUTDIR": str(output), **_chosen(kernel)},
        warmed=not kernel,
    )


def _first(name: str, folder: Path, *, kernel: str = "") -> Way:
    fresh = folder / f"fresh-{kernel}"
    return Way(
        name=name,
        command=("sh", "-c", f"{_FRESH_MACHINE} {sys.executable} main.py {PLATFORM}"),
        folder=ROOT,
        environment={
            "CDKTF_OUTDIR": str(fresh / "out"),
            "FRESH": str(fresh),
            "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(fresh / "jsii"),
            "PYTHONPYCACHEPREFIX": str(fresh / "bytecode"),
            **_chosen(kernel),
        },
        warmed=False,
    )


def _chosen(kernel: str) -> dict[str, str]:
    """Return the variable that chooses a kernel; none is set by default, as by users."""
    return {"PAYMENTS_KERNEL": kernel} if kernel else {}


def _validation(way: Way, folder: Path) -> Iterator[Way]:
    """Yield a validation of the largest stack that *way* writes."""
    terraform = shutil.which("terraform")
    if terraform:
        Cost.of(way.command, way.folder, way.environment)
        files = Path(way.environment["CDKTF_OUTDIR"]).glob("stacks/*/cdk.tf.json")
        largest = max(files, key=lambda file: file.stat().st_size)
        copy = shutil.copytree(largest.parent, folder / "validate")
        Cost.of((terraform, "init", "-backend=false", "-input=false"), copy, {})
        yield Way(name=VALIDATE, command=(terraform, "validate"), folder=copy)


def _table(costs: Mapping[str, Sequence[Cost]]) -> Iterator[str]:
    yield "| way | CPU s | wall s | MB, largest process | MB, all |"
    yield "|---|---|---|---|---|"
    for name, runs in costs.items():
        figures = (
            f"{median(run.cpu_seconds for run in runs):.2f}",
            f"{median(run.wall_seconds for run in runs):.2f}",
            f"{median(run.largest_mebibytes for run in runs):.0f}",
            f"{median(run.tree_mebibytes for run in runs):.0f}",
        )
        yield f"| {name} | {' | '.join(figures)} |"


def _verdicts(costs: Mapping[str, Sequence[Cost]]) -> Iterator[str]:
    yield "| what | divided by | ratio | at most | |"
    yield "|---|---|---|---|---|"
    for aim in AIMS:
        found = aim.found(costs)
        verdict = "not measured" if found is None else "missed"
        if found is not None and found <= aim.at_most:
            verdict = "reached"
        shown = "" if found is None else f"{found:.3f}"
        yield f"| {aim.title} | {aim.reference} | {shown} | {aim.at_most:.3g} | {verdict} |"


def _machine(rounds: int) -> str:
    return (
        f"`python -m benchmarks.synthesis`, `{PLATFORM}`, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, medians of {rounds} interleaved rounds; ratios are of CPU time, "
        "or of memory, within a round."
    )


if __name__ == "__main__":
    sys.exit(main())
