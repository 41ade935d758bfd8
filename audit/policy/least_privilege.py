"""No permission is wider than it must be [P1]."""

from collections.abc import Iterator
from typing import Final

from audit.policy.actions import KNOW_NO_RESOURCE
from audit.policy.document import IDENTITY, Document, Statement, documents
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack


def _check(stack: Stack) -> Iterator[Violation]:
    for document in documents(stack, *IDENTITY):
        for statement in document.readable:
            if statement.allows:
                yield from _too_wide(document, statement)


def _too_wide(document: Document, statement: Statement) -> Iterator[Violation]:
    if statement.everything_but:
        message = "must list what is allowed, not what is not (NotAction, NotResource)"
        yield violation(document.resource, document.path, message)
    for action in statement.actions:
        if "*" in action:
            message = f"must name single actions, allows {action}"
            yield violation(document.resource, document.path, message)
    if any(resource in ("*", "arn:aws:*") for resource in statement.resources):
        for action in statement.actions:
            if action.lower() not in KNOW_NO_RESOURCE:
                message = f"must name the ARNs for {action}, allows it on *"
                yield violation(document.resource, document.path, message)


RULE: Final = Rule(
    id="least-privilege",
    title="Policies name single actions on single resources",
    why="What a function may do is what whoever takes it over may do.",
    source_url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    pci_dss=("7.2.5",),
    check=_check,
)
