"""`payctl synth`."""

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from audit.report import plain
from payctl.exit_status import FINDINGS, FINE
from payctl.kernel_check import kernel_findings
from payctl.known import known_findings
from payctl.project import ROOT, Project
from payctl.screen import findings_table, say, say_json, table, working
from payctl.selection import FLAGSHIP, AsJson, Selection
from payctl.written import is_error


def synth(
    *,
    selection: Selection = FLAGSHIP,
    verify_kernel: Annotated[
        bool,
        Parameter(
            negative=(), help="Also synthesize on the stock jsii kernel, in Node, and compare."
        ),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Write the Terraform of every environment to `cdktf.out`, and run every gate on it.

    A gate is a check that must pass before anything is deployed: the environments differ in
    nothing but approved variations, every variation drives something, every policy holds. What
    fails is withdrawn, so that nobody deploys it by accident.

    The digest is the SHA-256 of everything but locals and backend: one blueprint, one digest.
    """
    with working(f"synthesizing {selection.platform}"):
        output = Path(os.environ.get("CDKTF_OUTDIR") or ROOT / "cdktf.out")
        project = Project.synthesized(selection, output=output)
        findings = known_findings(project)
        if verify_kernel:
            findings += kernel_findings(selection)
    members = [
        *((stack, name) for stacks in project.families.values() for name, stack in stacks.items()),
        *((project.stacks[name], None) for name in project.shared_stack_names),
    ]
    rows = [
        {
            "stack": stack.name,
            "environment": environment,
            "resources": len(list(stack.resources())),
            "locals": len(stack.locals),
            "blueprint_sha256": stack.digest,
            "findings": sum(stack.name in finding.where for finding in findings),
        }
        for stack, environment in members
    ]
    if as_json:
        say_json({"stacks": rows, "findings": [plain(f) for f in findings]})
    else:
        table(
            f"{project.name}: synthesized to {output}",
            ("stack", "environment", "resources#", "locals#", "blueprint", "findings#"),
            [
                (
                    row["stack"],
                    row["environment"] or "all",
                    row["resources"],
                    row["locals"],
                    str(row["blueprint_sha256"])[:12],
                    row["findings"],
                )
                for row in rows
            ],
        )
        for warning in project.blueprint.warnings:
            say(f"warning: {warning}", style="yellow")
        findings_table(findings)
    return FINDINGS if any(is_error(finding) for finding in findings) else FINE
