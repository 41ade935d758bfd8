"""Who is given a generated secret is given it again whenever there is a new one."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.reference import references
from audit.synthesized import Resource, Stack

_WRITE_ONLY: Final = "_wo"
_PARAMETER: Final = "ephemeral.aws_ssm_parameter."


def _check(stack: Stack) -> Iterator[Violation]:
    for resource in stack.resources():
        for attribute, value in resource.config.items():
            if attribute.endswith(_WRITE_ONLY):
                yield from _judged(stack, resource, attribute, value)


def _judged(stack: Stack, resource: Resource, attribute: str, value: object) -> Iterator[Violation]:
    version = resource.config.get(f"{attribute}_version")
    if version is None:
        message = "must be set: without it the value is written once and never again"
        yield violation(resource, f"{attribute}_version", message)
        return
    for reference in references(value):
        if not reference.address.startswith(_PARAMETER):
            continue
        for parameter in _parameters(stack, reference.address):
            missing = _not_followed(stack, version, parameter)
            if missing:
                message = f"must change with {parameter.address}, does not with {missing}"
                yield violation(resource, f"{attribute}_version", message)


def _parameters(stack: Stack, ephemeral: str) -> Iterator[Resource]:
    """Yield the parameters that the *ephemeral* resource reads."""
    block = stack.elements.get(ephemeral, {})
    read = {reference.address for reference in references(block)}
    for parameter in stack.resources("aws_ssm_parameter"):
        if parameter.address in read:
            yield parameter


def _not_followed(stack: Stack, version: object, parameter: Resource) -> str:
    """Return what of *parameter* the *version* does not follow, empty where it follows all.

    A replaced parameter has another ARN for all that Terraform knows; a rotated one another
    version. Both must replace the resource that the version is worked out from.
    """
    for reference in references(version):
        made = stack.elements.get(reference.address)
        triggers = made.get("triggers_replace") if isinstance(made, dict) else None
        if triggers is None:
            continue
        follows = {(one.address, one.path[:1]) for one in references(triggers)}
        if (parameter.address, ("arn",)) not in follows:
            return "its replacement (triggers_replace must hold its ARN)"
        values = triggers.values() if isinstance(triggers, dict) else triggers
        if parameter.config.get("value_wo_version") not in list(values):
            return "its rotation (triggers_replace must hold its value_wo_version)"
        return ""
    return "anything: it is a number of its own"


RULE: Final = Rule(
    id="secret-versions",
    title="A generated secret and its consumers have one version",
    why="A database with a counter of its own keeps the old password when the parameter is rotated "
    "or lost, and everybody who reads the new one is locked out.",
    source_url="https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only",
    check=_check,
)
