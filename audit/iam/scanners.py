"""Has every IAM policy of an environment judged by AWS's reference and by cloudsplaining.

What is known is judged as it is. A policy in a first plan refers to what does not exist yet; it is
judged as synthesized, with an example in place of each ARN. A boundary is judged as any policy: it
grants nothing, but what it leaves open is open to mistakes.
"""

import importlib
import json
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.errors import CouldNotCheckError
from audit.finding import Finding, Severity
from audit.iam.actions import KNOW_NO_RESOURCE
from audit.iam.authorization import complaints
from audit.iam.example_arns import with_examples
from audit.iam.place import PLACES, Role
from audit.iam.statement import Statement
from audit.synthesized import Stack
from audit.terraform_json import block_address, instances, known

IDENTITY: Final = frozenset(
    type_ for type_, places in PLACES.items() if any(p.role is Role.IDENTITY for p in places)
)
"""Types whose policies say what somebody may do."""
RISKS: Final[Mapping[str, str]] = {
    "allows_data_exfiltration_actions": "must not allow to carry data out",
    "credentials_exposure": "must not allow to obtain credentials",
    "infrastructure_modification": "must name the resources it may change",
    "permissions_management_without_constraints": "must not allow to widen permissions",
    "service_wildcard": "must not allow everything in a service",
}
"""What cloudsplaining looks for, by the name it has there."""


def iam_findings(document: object, stack: Stack | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with the policies in *document*, a state or a plan as JSON.

    What *document* does not know yet is looked up in *stack*, from which it was made.

    Raises:
        CouldNotCheckError: When a scanner is not installed, or there is no policy to check.
        UnknownFormatError: When the document's format is not known.
    """
    root = known(document, "state or plan")
    values = root.get("planned_values", root.get("values", {}))
    found = instances(values.get("root_module", {}))
    policies = [instance for instance in found if instance["type"] in IDENTITY - {"aws_iam_role"}]
    if not policies:
        raise CouldNotCheckError("iam: there must be policies to check, found none")
    synthesized = stack.resolved.elements if stack else {}
    return tuple(
        finding
        for instance in policies
        for finding in _judged(instance, synthesized.get(block_address(instance), {}))
    )


def _judged(instance: Mapping[str, Any], synthesized: Mapping[str, Any]) -> Iterator[Finding]:
    policy = instance["values"].get("policy")
    if not isinstance(policy, str):
        policy = with_examples(str(synthesized["policy"])) if "policy" in synthesized else None
    if policy is None:
        message = (
            "must be known to be judged, refers to what has no example in audit/iam/example_arns"
        )
        yield _finding("iam-unknown", instance, message)
        return
    for rule, message in (*_referenced(policy), *_cloudsplaining(policy)):
        yield _finding(rule, instance, message)


def _referenced(policy: str) -> Iterator[tuple[str, str]]:
    statements = json.loads(policy).get("Statement", ())
    for block in statements if isinstance(statements, list) else [statements]:
        try:
            yield from complaints(Statement.of(block))
        except TypeError as error:
            yield "iam-unknown", f"must be shaped as IAM asks: {error}"


def _cloudsplaining(policy: str) -> Iterator[tuple[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scan = _tool("cloudsplaining.scan.policy_document")
        document = scan.PolicyDocument(json.loads(policy))
        escalations = list(document.allows_privilege_escalation)
        risks: dict[str, list[str]] = {risk: list(getattr(document, risk)) for risk in RISKS}
    for escalation in escalations:
        together = ", ".join(escalation["actions"])
        yield "cloudsplaining-privilege-escalation", f"must not allow {together} together"
    for risk, actions in risks.items():
        for action in actions:
            if action.lower() not in KNOW_NO_RESOURCE:
                yield f"cloudsplaining-{risk.replace('_', '-')}", f"{RISKS[risk]}: {action}"


def _tool(name: str) -> Any:
    """Import a scanner only for who asks for it: 100 MB that synthesis does not need."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise CouldNotCheckError(f"iam: {name} must be installed: {error}") from error


def _finding(rule: str, instance: Mapping[str, Any], message: str) -> Finding:
    return Finding(
        rule=rule,
        where=instance["address"],
        path="policy",
        message=message,
        severity=Severity.ERROR,
    )
