"""Checks the code that builds stacks: it decides nothing by an environment's identity."""

from pathlib import Path
from typing import Final

from audit.construct_code import construct_findings
from audit.finding import Finding
from model.environment import DECLARED
from model.variation import Kind

_BUILDS: Final = ("constructs_lib", "stacks")
_IDENTITY: Final = frozenset({Kind.IDENTITY, Kind.REGIONAL})


def source_findings(root: Path) -> tuple[Finding, ...]:
    """Return where the code below *root* that builds stacks decides by who or where they are."""
    files = [file for name in _BUILDS for file in sorted((root / name).rglob("*.py"))]
    sources = {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in files}
    settings = [one.path for one in DECLARED if one.variation.kind in _IDENTITY]
    return tuple(construct_findings(sources, settings))
