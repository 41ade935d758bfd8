"""IAM's evaluation of a request as a formula: statements, principals and conditions.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import Factory, define, field, frozen

from audit.iam.condition import Condition
from audit.iam.statement import Principal, Statement
from audit.iam.wildcard import Variable, Wild, tokens
from audit.proof.language import FIELDS, matches, matches_arn, matches_text_of_arn
from audit.proof.solver import z3

_POSITIVE: Final[Mapping[str, str]] = {
    "StringEquals": "text",
    "StringNotEquals": "text",
    "StringLike": "pattern",
    "StringNotLike": "pattern",
    "ArnEquals": "arn",
    "ArnLike": "arn",
    "ArnNotEquals": "arn",
    "ArnNotLike": "arn",
    "Bool": "text",
}
"""How the values of an operator are compared; operators that are not here stay open."""


@frozen(kw_only=True)
class Values:
    """What AWS may set a key of the context to: one of some patterns, and none of others."""

    any_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()


@frozen(kw_only=True)
class Asker:
    """Who sends the request.

    Attributes:
        kind: `AWS` or `Service`.

        name: What is printed of it, and for services who it is.

        account: Whose it is, or for whom the service acts.

        known: Keys of the context, in lower case, that AWS itself sets; a key that ends in `*`
            stands for all that begin so.

        absent: Keys of the context that the request never has.
    """

    kind: str
    name: str
    account: str
    known: Mapping[str, Values] = Factory(dict)
    absent: frozenset[str] = frozenset()

    def values(self, key: str) -> Values | None:
        """Return what *key* may be; None where the asker may choose."""
        if key in self.known:
            return self.known[key]
        starts = (known for known in self.known if known.endswith("*"))
        start = next((one for one in starts if key.startswith(one[:-1])), None)
        return None if start is None else self.known[start]


@define
class Formula:
    """The variables of one request, and what is said of them.

    Attributes:
        asker: Who sends it.

        context: The variables of condition keys: whether there is one, and its value.
    """

    asker: Asker
    action: Any = field(factory=lambda: z3().String("action"))
    arn: dict[str, Any] = field(factory=lambda: {f: z3().String(f) for f in FIELDS})
    context: dict[str, tuple[Any, Any]] = field(factory=dict)

    def decided(self, statements: Iterable[Statement], home: str, *, allows: bool) -> Any:
        """Return that one of *statements* with this effect is about the request.

        *home* is the environment that wrote them.
        """
        solver = z3()
        about = [self.about(one, home) for one in statements if one.allows is allows]
        return solver.Or(*about) if about else solver.BoolVal(False)

    def about(self, statement: Statement, home: str) -> Any:
        """Return that *statement* is about the request."""
        solver = z3()
        parts = [self._action(statement), self._resource(statement, home)]
        if statement.elements & {"Principal", "NotPrincipal"} or statement.principals:
            parts.append(self._principal(statement, home))
        parts += [
            self._condition(one, home, allows=statement.allows) for one in statement.conditions
        ]
        return solver.And(*parts)

    def _action(self, statement: Statement) -> Any:
        solver = z3()

        def among(patterns: Iterable[str], *, wide: bool) -> Any:
            return solver.Or(
                *(matches(self.action, one.lower(), "", allows=wide) for one in patterns)
            )

        if statement.not_actions:
            return solver.Not(among(statement.not_actions, wide=not statement.allows))
        return among(statement.actions, wide=statement.allows)

    def _resource(self, statement: Statement, home: str) -> Any:
        solver = z3()

        def among(patterns: Iterable[str], *, wide: bool) -> Any:
            return solver.Or(*(matches_arn(self.arn, p, home, allows=wide) for p in patterns))

        if statement.not_resources:
            return solver.Not(among(statement.not_resources, wide=not statement.allows))
        return among(statement.resources, wide=statement.allows)

    def _principal(self, statement: Statement, home: str) -> Any:
        solver = z3()
        if statement.not_principals:
            named = [self._is(one, home, wide=False) for one in statement.not_principals]
            return solver.Not(solver.Or(*named))
        named = [self._is(one, home, wide=statement.allows) for one in statement.principals]
        return solver.Or(*named) if named else solver.BoolVal(statement.allows)

    def _is(self, principal: Principal, home: str, *, wide: bool) -> Any:
        """Return that *principal* stands for who asks."""
        solver, asker = z3(), self.asker
        if principal.is_everybody:
            return solver.BoolVal(True)
        if principal.kind == "CanonicalUser":
            return solver.BoolVal(wide and asker.kind == "AWS")
        if principal.kind != asker.kind:
            return solver.BoolVal(False)
        if asker.kind == "Service":
            return solver.BoolVal(principal.name == asker.name)
        if principal.is_whole_account:
            return solver.BoolVal(principal.account == asker.account)
        _, value = self.variable("aws:principalarn")
        return matches_arn(value, principal.name, home, allows=wide)

    def variable(self, key: str) -> tuple[Any, Any]:
        """Return whether the request has *key*, and its value; an ARN's is in five parts."""
        if key not in self.context:
            solver = z3()
            value: Any = solver.String(key)
            if key.endswith("arn"):
                value = {part: solver.String(f"{key} {part}") for part in FIELDS}
            self.context[key] = (solver.Bool(f"has {key}"), value)
        return self.context[key]

    def facts(self) -> Any:
        """Return what AWS itself says of the request, whoever writes policies."""
        solver = z3()
        said = [solver.BoolVal(True)]
        for key, (present, value) in self.context.items():
            values = self.asker.values(key)
            if key in self.asker.absent:
                said.append(solver.Not(present))
            elif values is not None:
                said.append(present)
                fits = matches_arn if isinstance(value, dict) else matches
                said.append(
                    solver.Or(*(fits(value, one, "", allows=True) for one in values.any_of))
                )
                said += [solver.Not(fits(value, one, "", allows=False)) for one in values.none_of]
        return solver.And(*said)

    def _condition(self, condition: Condition, home: str, *, allows: bool) -> Any:
        solver = z3()
        present, value = self.variable(condition.key)
        if condition.operator == "Null":
            absent = "true" in map(str.lower, condition.values)
            return solver.Not(present) if absent else present
        compared = _POSITIVE.get(condition.operator)
        negative = "Not" in condition.operator
        if compared is None:
            held = solver.Bool(f"{condition.operator} {condition.key} {condition.values}")
        else:
            wide = allows is not negative
            fits = solver.Or(
                *(_fits(compared, value, one, home, wide=wide) for one in condition.values)
            )
            held = solver.Not(fits) if negative else fits
        without = condition.if_exists or condition.quantifier == "ForAllValues" or negative
        if without and condition.quantifier != "ForAnyValue":
            return solver.Or(solver.Not(present), held)
        return solver.And(present, held)


def _fits(compared: str, value: Any, wanted: str, home: str, *, wide: bool) -> Any:
    """Return that the *value* of a key is as *wanted*."""
    return _COMPARED[compared](value, wanted, home, wide)


def _text(value: Any, wanted: str, home: str, wide: bool) -> Any:
    """Compare a text, in which `*` and `?` are no wildcards."""
    solver = z3()
    found = tokens(wanted)
    if any(isinstance(token, Variable) for token in found):
        return solver.BoolVal(wide)
    if isinstance(value, dict):
        return matches_text_of_arn(value, wanted, home, allows=wide)
    if any(isinstance(token, Wild) for token in found):
        return value == solver.StringVal(wanted)
    return matches(value, wanted, home, allows=wide)


def _pattern(value: Any, wanted: str, home: str, wide: bool) -> Any:
    if isinstance(value, dict):
        return matches_text_of_arn(value, wanted, home, allows=wide)
    return matches(value, wanted, home, allows=wide)


def _arn(value: Any, wanted: str, home: str, wide: bool) -> Any:
    """Compare part by part: no wildcard reaches over the first five colons."""
    if isinstance(value, dict):
        return matches_arn(value, wanted, home, allows=wide)
    return matches(value, wanted, home, allows=True) if wide else z3().BoolVal(False)


_COMPARED: Final[Mapping[str, Callable[[Any, str, str, bool], Any]]] = {
    "text": _text,
    "pattern": _pattern,
    "arn": _arn,
}
