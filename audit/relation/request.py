"""One request as IAM sees it, and what statements say to it.

What cannot be told is never taken for a permission: an Allow counts only where every condition is
known to hold, a Deny unless one is known not to.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import field, frozen

from audit.iam.condition import Condition
from audit.iam.statement import Statement
from audit.iam.wildcard import covers

_PATTERNS: Final = frozenset({"StringLike", "ArnLike", "ArnEquals"})
_TEXTS: Final = frozenset({"StringEquals", "StringEqualsIgnoreCase", "Bool"})
_OPPOSITES: Final = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnEquals",
    "ArnNotLike": "ArnLike",
}


@frozen(kw_only=True)
class Request:
    """Somebody wants to do something with something.

    Attributes:
        callers: The names under which policies of resources may mention who asks: a service, or
            a role and its account.

        context: What AWS tells about the request, by key in lower case; None for what it is
            known not to tell.
    """

    callers: frozenset[str]
    action: str
    resource: str
    context: Mapping[str, str | None] = field(factory=dict)

    def is_allowed_by(self, statements: Iterable[Statement]) -> bool:
        """Tell whether one statement surely allows it and none may deny it."""
        about = [one for one in statements if self._is_about(one)]
        allowed = any(one.allows and self._holds(one) is True for one in about)
        return allowed and not self.may_be_denied_by(about)

    def may_be_denied_by(self, statements: Iterable[Statement]) -> bool:
        """Tell whether one statement denies it, or might."""
        return any(
            not one.allows and self._is_about(one) and self._holds(one) is not False
            for one in statements
        )

    def _is_about(self, statement: Statement) -> bool:
        elements = statement.elements
        if "NotAction" in elements:
            action = not any(covers(n.lower(), self.action.lower()) for n in statement.not_actions)
        else:
            action = statement.covers_action(self.action)
        if "NotResource" in elements:
            resource = not any(covers(one, self.resource) for one in statement.not_resources)
        else:
            resource = not statement.resources or statement.covers_resource(self.resource)
        return action and resource and self._is_by(statement)

    def _is_by(self, statement: Statement) -> bool:
        if "NotPrincipal" in statement.elements:
            named = {one.name for one in statement.not_principals}
            return not self.callers & named and not statement.allows
        if "Principal" not in statement.elements:
            return True
        return any(one.is_everybody or one.name in self.callers for one in statement.principals)

    def _holds(self, statement: Statement) -> bool | None:
        answers = [_holds(condition, self.context) for condition in statement.conditions]
        if False in answers:
            return False
        return None if None in answers else True


def _holds(condition: Condition, context: Mapping[str, str | None]) -> bool | None:
    """Tell whether a condition holds, None where nobody can tell."""
    operator = _OPPOSITES.get(condition.operator, condition.operator)
    negated = operator != condition.operator
    if condition.key not in context or not condition.is_known:
        return None
    value = context[condition.key]
    if condition.operator == "Null":
        return str(value is None).lower() in condition.values
    if operator not in _PATTERNS | _TEXTS:
        return None
    if value is None:
        return condition.if_exists or negated or condition.quantifier == "ForAllValues"
    return _fits(operator, condition.values, value) is not negated


def _fits(operator: str, wanted: Iterable[str], value: str) -> bool:
    if operator in _PATTERNS:
        return any(covers(pattern, value) for pattern in wanted)
    if operator == "StringEquals":
        return value in wanted
    return value.lower() in {one.lower() for one in wanted}
