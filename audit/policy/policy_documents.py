"""Every policy can be read before Terraform runs."""

from collections.abc import Iterator
from typing import Final

from audit.iam.document import documents
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

_ELSEWHERE: Final = ("inline_policy", "managed_policy_arns")


def _check(stack: Stack) -> Iterator[Violation]:
    for document in documents(stack):
        if document.statements is None:
            message = (
                "must be written out as a policy's JSON, cannot be read and hence not be audited: "
                f"{document.problem}"
            )
            yield violation(document.resource, document.path, message)
    for role in stack.resources("aws_iam_role"):
        for attribute in _ELSEWHERE:
            if role.config.get(attribute):
                yield violation(role, attribute, "must be a resource of its own, which is audited")
    for name in stack.body.get("module", {}):
        message = "must be written out as resources: modules are not audited"
        yield Violation(where=f"module.{name}", message=message)


RULE: Final = Rule(
    id="policy-documents",
    title="Every policy can be read in the synthesized files",
    why="The other rules say nothing about a policy they cannot read.",
    source_url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    pci_dss=("7.2.5.1",),
    suppressible=False,
    check=_check,
)
