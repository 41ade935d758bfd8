"""Names say what a thing is and where, within what AWS allows [G2]."""

import re
from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack
from model.names import LENGTHS, PREFIX, form

_EXPRESSION: Final = re.compile(r"\$\{[^}]*\}")


def _check(stack: Stack) -> Iterator[Violation]:
    end = stack.locals.get("deployment_name", stack.locals.get("identity_name"))
    wanted = form(str(end) if end else "")  # A pipeline is of no environment.
    for resource in stack.resolved.resources(*LENGTHS):
        attribute, longest = LENGTHS[resource.type]
        name = resource.config.get(attribute)
        if not isinstance(name, str):
            yield violation(resource, attribute, "must be set: AWS would make up a name")
            continue
        name = _EXPRESSION.sub("00", name)  # A number of an instance has two digits at most.
        if not wanted.fullmatch(name):
            message = f"must be {PREFIX}-<type>-<environment>[-suffix], got {name!r}"
            yield violation(resource, attribute, message)
        if len(name) > longest:
            message = f"must have {longest} characters or fewer, {name!r} has {len(name)}"
            yield violation(resource, attribute, message)


RULE: Final = Rule(
    id="names",
    title="Names have one form, and the length AWS allows",
    why="Permissions and searches rely on the form; a name that is too long fails in the one "
    "environment whose name is longer.",
    source_url="https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html",
    check=_check,
)
