"""Production changes only when it is named, whoever runs Terraform [G7]."""

from collections.abc import Iterator
from typing import Final

from audit.block import blocks
from audit.policy.rule import Rule, Violation
from audit.reference import references
from audit.synthesized import Stack

VARIABLE: Final = "var.confirmation"
LOCAL: Final = "local.deployment_confirmation"


def _check(stack: Stack) -> Iterator[Violation]:
    variable = stack.body.get("variable", {}).get("confirmation")
    where = "variable.confirmation"
    if variable is None:
        yield Violation(where=where, message="must exist: it is the gate of production")
        return
    if variable.get("default") != "":
        yield Violation(where=where, path="default", message="must be empty")
    if variable.get("ephemeral") is not True:
        message = "must be true, or every plan file keeps the confirmation token"
        yield Violation(where=where, path="ephemeral", message=message)
    conditions = [block.get("condition") for block in blocks(variable, "validation")]
    wanted = {VARIABLE, LOCAL}
    if not any(wanted <= {r.address for r in references(condition)} for condition in conditions):
        message = f"must compare {VARIABLE} with {LOCAL}"
        yield Violation(where=where, path="validation", message=message)
    for condition in conditions:
        if "terraform.applying" not in str(condition):
            message = "must hold while nothing is applied, so that planning is free"
            yield Violation(where=where, path="validation", message=message)
    for index, provider in enumerate(stack.body.get("provider", {}).get("aws", [])):
        if VARIABLE not in {reference.address for reference in references(provider)}:
            yield Violation(
                where="provider.aws",
                path=f"[{index}]",
                message=f"must refer to {VARIABLE}, or changes begin before it is checked",
            )


RULE: Final = Rule(
    id="production-gate",
    title="Production changes only when it is named",
    why="A deployment in a hurry goes to the wrong environment.",
    source_url="https://developer.hashicorp.com/terraform/language/values/variables"
    "#custom-validation-rules",
    pci_dss=("6.5.1",),
    suppressible=False,
    check=_check,
)
