"""Turns what the solver found into a request that people recognise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from audit.iam.arn import Arn
from audit.iam.statement import Statement
from audit.iam.wildcard import Atom, Wild, covers, is_open, tokens
from audit.proof.encoding import Formula
from audit.proof.language import FIELDS, own_text
from audit.proof.request import Request
from audit.proof.solver import z3

_USUAL: Final = (
    "s3:getobject",
    "s3:putobject",
    "dynamodb:getitem",
    "dynamodb:putitem",
    "sqs:sendmessage",
    "sns:publish",
    "kms:decrypt",
    "lambda:invokefunction",
    "sts:assumerole",
    "ssm:getparameter",
    "secretsmanager:getsecretvalue",
    "logs:putlogevents",
    "iam:passrole",
)
"""An action of each service, for policies that leave the action open."""
_OF_ROLES: Final = ("sts", "iam")
_MILLISECONDS: Final = 2_000
_MOST: Final = 2_000
"""How many requests are tried before the solver's own is shown."""


@frozen(kw_only=True, eq=False)
class Question:
    """Whether any request goes through, as the solver is asked.

    Attributes:
        goes_through: What must hold of the request.

        by_address: What holds where the policies at one address allow it.

        statements: What allows.

        resources: The ARNs that exist, with their environment.
    """

    formula: Formula
    goes_through: Any
    by_address: Mapping[str, Any]
    statements: Sequence[Statement]
    resources: Mapping[str, str]


def example(question: Question) -> Request | None:
    """Return a request that goes through and is made of the statements and of what exists.

    None where no such request does; another still may.
    """
    for number, (action, arn) in enumerate(_requests(question.statements, question.resources)):
        if number == _MOST:
            break
        model = _with(question, action, arn)
        if model is not None:
            return _request(question, model, action, str(arn))
    return None


def as_found(question: Question, found: Any) -> Request:
    """Return the request that the solver itself has *found*."""
    formula = question.formula
    resource = ":".join(["arn", *(_text(found, formula.arn[field]) for field in FIELDS)])
    return _request(question, found, _text(found, formula.action) or "*", resource)


def _with(question: Question, action: str, arn: Arn) -> Any:
    """Return what the context of one request must be, None where it does not go through.

    The request stands in the formula as constants: most of it is decided without searching.
    """
    solver, formula = z3(), question.formula
    constants = [(formula.action, solver.StringVal(action))]
    constants += [(formula.arn[one], solver.StringVal(getattr(arn, one))) for one in FIELDS]
    asked = solver.Solver()
    asked.set("timeout", _MILLISECONDS)
    asked.add(solver.simplify(solver.substitute(question.goes_through, *constants)))
    return asked.model() if asked.check() == solver.sat else None


def _requests(
    statements: Sequence[Statement], resources: Mapping[str, str]
) -> Iterator[tuple[str, Arn]]:
    arns = [Arn.parse(text) for text in dict.fromkeys(_arns(statements, resources))]
    for action in dict.fromkeys(_actions(statements)):
        service = action.split(":")[0]
        for arn in arns:
            if arn.service == service or (arn.service == "iam" and service in _OF_ROLES):
                yield action, arn


def _actions(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        for pattern in map(str.lower, statement.actions):
            if not is_open(pattern):
                yield pattern
            yield from (usual for usual in _USUAL if covers(pattern, usual))
        if statement.not_actions:
            yield from _USUAL


def _arns(statements: Iterable[Statement], resources: Mapping[str, str]) -> Iterator[str]:
    for statement in statements:
        for pattern in statement.resources:
            found = tokens(pattern)
            if pattern.startswith("arn:") and all(isinstance(t, str | Wild) for t in found):
                yield "".join("x" if isinstance(t, Wild) else str(t) for t in found)
    for text, name in resources.items():
        known = "".join(
            own_text(token.source, name) if isinstance(token, Atom) else str(token)
            for token in tokens(text)
            if isinstance(token, str | Atom)
        )
        yield from (known, f"{known}/x")


def _request(question: Question, model: Any, action: str, resource: str) -> Request:
    formula, context = question.formula, {}
    for key, (present, value) in formula.context.items():
        if _holds(model, present):
            parts = [_text(model, value[one]) for one in FIELDS] if isinstance(value, dict) else []
            context[key] = ":".join(["arn", *parts]) if parts else _text(model, value)
    principal = formula.asker.name
    if formula.asker.kind == "Service":
        principal = f"{principal} for {formula.asker.account}"
    elif is_open(principal):
        anybody = f"anybody in account {formula.asker.account}"
        principal = context.pop("aws:principalarn", anybody)
    constants = [(formula.action, z3().StringVal(action))]
    if resource.count(":") >= len(FIELDS):
        arn = Arn.parse(resource)
        constants += [(formula.arn[one], z3().StringVal(getattr(arn, one))) for one in FIELDS]
    allowing = (
        address
        for address, allowed in question.by_address.items()
        if _holds(model, z3().substitute(allowed, *constants))
    )
    return Request(
        principal=principal,
        action=action,
        resource=resource,
        context=context,
        let_in_by=next(allowing, ", ".join(question.by_address)),
    )


def _text(model: Any, variable: Any) -> str:
    return str(model.eval(variable, model_completion=True).as_string())


def _holds(model: Any, formula: Any) -> bool:
    return bool(z3().is_true(model.eval(formula)))
