"""Decides what IAM documents allow, as IAM does: a deny wins, and a boundary must allow too.

It knows what our documents use and refuses what it does not know, instead of guessing: identity
policies, boundaries, trust policies, wildcards, and three condition operators. moto's evaluator
ignores conditions, on which the boundary's denial rests; a new operator fails until it is added
here.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attrs import field, frozen

Document = Mapping[str, Any]


@frozen(kw_only=True)
class Request:
    """What somebody wants to do.

    Attributes:
        context: The condition keys of the request, such as `aws:ResourceAccount`.
    """

    action: str
    resource: str
    context: Mapping[str, str] = field(factory=dict)


def read(text: str) -> Document:
    """Return the document *text*."""
    document: Document = json.loads(text)
    return document


def permits(request: Request, *, identity: Iterable[Document], boundary: Document) -> bool:
    """Tell whether a role with the *identity* policies inside *boundary* may do *request*."""
    return decides(request, identity) and decides(request, [boundary])


def decides(request: Request, documents: Iterable[Document]) -> bool:
    """Tell whether *documents* allow *request* and none of them denies it."""
    statements = [one for document in documents for one in document["Statement"]]
    effects = {one["Effect"] for one in statements if _applies(one, request)}
    return "Allow" in effects and "Deny" not in effects


def _applies(statement: Document, request: Request) -> bool:
    unknown = statement.keys() - {"Sid", "Effect", "Action", "Resource", "Condition", "Principal"}
    if unknown:
        raise NotImplementedError(f"statement {statement.get('Sid')}: {sorted(unknown)}")
    return (
        any(_matches(pattern, request.action, fold=True) for pattern in statement["Action"])
        and any(_matches(p, request.resource) for p in statement.get("Resource", ["*"]))
        and all(
            _holds(operator, key, wanted, request.context)
            for operator, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _holds(operator: str, key: str, wanted: object, context: Mapping[str, str]) -> bool:
    """Tell whether a condition holds; a key that the request lacks fulfils none of these."""
    values = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(values, list) or operator not in _OPERATORS:
        raise NotImplementedError(f"condition {operator} of {key}: {wanted}")
    return key in context and any(_OPERATORS[operator](value, context[key]) for value in values)


def _matches(pattern: str, value: str, *, fold: bool = False) -> bool:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value, re.IGNORECASE if fold else 0) is not None


_OPERATORS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "StringEquals": lambda wanted, value: wanted == value,
    "ArnEquals": _matches,
    "ArnLike": _matches,
    "Bool": lambda wanted, value: wanted.lower() == value.lower(),
}
