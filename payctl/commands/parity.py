"""`payctl parity`."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter

from audit.finding import Finding
from audit.matrix import Row, effects, matrix
from audit.parity import compare_families
from audit.place import Place
from audit.report import plain, shown
from audit.synthesized import Stack
from gates.variations import unused_variations
from payctl.exit_status import FINDINGS, FINE
from payctl.project import Project
from payctl.screen import findings_table, say, say_json, table, working
from payctl.selection import FLAGSHIP, AsJson, Selection, Verbose
from payctl.written import cell, values_json
from terraform_parity.__main__ import main as compare_any

_LEDGER: Final = Path("approved.toml")
_SHOWN: Final = 4
"""Attributes of a local that the table shows without --verbose."""


Plans = Annotated[
    tuple[str, ...],
    Parameter(
        consume_multiple=True,
        negative=(),
        help="Compare these instead: [NAME=]FILE for each environment of any Terraform, as "
        "`terraform show -json` writes a plan.",
    ),
]
States = Annotated[
    tuple[str, ...], Parameter(consume_multiple=True, negative=(), help="The same of states.")
]
Ledger = Annotated[
    Path, Parameter(help="With --plans or --states: the approved differences, in TOML.")
]


def parity(
    *,
    plans: Plans = (),
    states: States = (),
    variations: Ledger = _LEDGER,
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> int:
    """Prove that the environments are one blueprint, and list every approved variation.

    For each local: what each environment has, why it may differ, and which attributes of which
    resources it reaches (computed from the references in the synthesized JSON). A variation
    that reaches nothing is a finding: whoever reads the table would believe that it does.

    With `--verbose`, every attribute is listed with its address and with what it evaluates to in
    each environment; `--json` has that too.

    With `--plans` or `--states`, environments of any Terraform or Terragrunt configuration are
    compared, attribute by attribute, against a ledger of approved differences
    (`terraform-parity --write` makes the first one; see terraform_parity/README.md).
    """
    if plans or states:
        options = ["--ledger", str(variations), *(["--json"] if as_json else [])]
        return compare_any([*plans, *states, *options])
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    findings = _findings(project)
    families = {
        family: matrix(stacks, project.approved) for family, stacks in project.families.items()
    }
    digests = {
        family: sorted({stack.digest for stack in stacks.values()})
        for family, stacks in project.families.items()
    }
    if as_json:
        say_json(
            {
                "platform": project.name,
                "digests": digests,
                "variations": {
                    family: [_json(row, project.families[family]) for row in rows]
                    for family, rows in families.items()
                },
                "findings": [plain(finding) for finding in findings],
            }
        )
        return FINDINGS if findings else FINE
    for family, rows in families.items():
        table(
            family,
            ("local", *project.families[family], "kind", "drives"),
            [
                (
                    row.local,
                    *(cell(value) for value in row.values.values()),
                    row.kind,
                    _drives(row, project.families[family], verbose=verbose),
                )
                for row in rows
            ],
        )
    reasons = {row.local: row.reason for rows in families.values() for row in rows if row.reason}
    table("Why they may differ", ("local", "reason"), sorted(reasons.items()))
    findings_table(findings)
    for family, stacks in project.families.items():
        if len(digests[family]) == 1:
            say(
                f"{family}: {', '.join(stacks)} have one body, SHA-256 {digests[family][0]}",
                style="green",
            )
    return FINDINGS if findings else FINE


def _findings(project: Project) -> tuple[Finding, ...]:
    """Return where environments differ; `main.py` lets nothing pass that does."""
    if project.known is not None:
        return ()
    return (
        *compare_families(project.families, project.approved),
        *unused_variations(project.blueprint, project.stacks, project.families),
    )


def _drives(row: Row, stacks: Mapping[str, Stack], *, verbose: bool) -> str:
    """Return what *row* drives: each attribute with its values, or how many there are of each."""
    if verbose:
        return "\n".join(
            f"{place} = {' / '.join(map(shown, values.values()))}"
            for place, values in effects(stacks, row.drives).items()
        )
    counts = Counter(_attribute(place) for place in row.drives)
    most = [f"{name} x{n}" if n > 1 else name for name, n in counts.most_common(_SHOWN)]
    return "\n".join([*most, *(["…"] if len(counts) > _SHOWN else [])])


def _attribute(place: Place) -> str:
    kind = place.address.partition(".")[0].removeprefix("aws_")
    return f"{kind}.{re.split(r'[.[]', place.path)[0]}"


def _json(row: Row, stacks: Mapping[str, Stack]) -> dict[str, Any]:
    return {
        "local": row.local,
        "kind": row.kind,
        "reason": row.reason,
        "unit": row.unit,
        "values": values_json(row.values),
        "drives": [
            {"address": place.address, "path": place.path, "values": values_json(values)}
            for place, values in effects(stacks, row.drives).items()
        ],
    }
