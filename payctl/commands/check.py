"""`payctl check`."""

from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from audit.report import plain
from gates.folder import Folder
from gates.judge import judged
from model.blueprint import Blueprint
from payctl.exit_status import FINDINGS, FINE
from payctl.project import ROOT
from payctl.screen import findings_table, say, say_json, table
from payctl.selection import FLAGSHIP, AsJson, Selection
from payctl.written import is_error

_SYNTHESIZED: Final = ROOT / "cdktf.out"
Synthesized = Annotated[
    Path,
    Parameter(
        show_default=False, help="A folder that was synthesized; cdktf.out if none is named."
    ),
]


def check(
    folder: Synthesized = _SYNTHESIZED,
    /,
    *,
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
) -> int:
    """Check a synthesized folder as it is on the disk, without synthesizing.

    Every stack, what lies beside it that Terraform would read, and the archives, whose hashes are
    worked out again: the checks are those of `main.py` and of a deployment. The measure is the
    settings in `envs/`, not what the folder says about itself.
    """
    blueprint = Blueprint.load(ROOT / "envs" / selection.platform, suffix=selection.suffix)
    found = Folder.read(folder)
    findings = judged(blueprint, found)
    rows = [(name, len(stack.locals), stack.digest) for name, stack in found.stacks.items()]
    if as_json:
        say_json(
            {
                "folder": str(folder),
                "stacks": [
                    {"stack": name, "locals": locals_, "blueprint_sha256": digest}
                    for name, locals_, digest in rows
                ],
                "archives": dict(found.hashes),
                "findings": [plain(finding) for finding in findings],
            }
        )
        return FINDINGS if any(map(is_error, findings)) else FINE
    table(
        f"{blueprint.platform.name}: {folder}",
        ("stack", "locals#", "blueprint"),
        [(name, locals_, digest[:12]) for name, locals_, digest in rows],
    )
    findings_table(findings)
    if not findings:
        say(f"All {len(rows)} stacks and {len(found.hashes)} archives are as the settings say.")
    return FINDINGS if any(map(is_error, findings)) else FINE
