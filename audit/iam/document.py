"""Reads the policy documents of a stack, wherever they are, into values."""

import json
from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from audit.address import leaves
from audit.iam.own_arn import Home, written_out
from audit.iam.place import BOUNDED, PLACES, Place, Role, texts_at
from audit.iam.statement import Statement
from audit.iam.template_json import parsed
from audit.once import once
from audit.reference import references
from audit.synthesized import Resource, Stack


@frozen(kw_only=True)
class Document:
    """One policy document.

    Attributes:
        resource: Where it is.

        path: The attribute that holds it, dotted.

        text: The document with own ARNs written out; empty where there is none to read.

        statements: None where it cannot be read before Terraform runs, or IAM would not take it.

        version: What it says of itself; the elements of policies have meant the same since 2012.

        problem: Why there are no statements.
    """

    resource: Resource
    path: str
    place: Place
    text: str = ""
    version: str = ""
    statements: tuple[Statement, ...] | None = None
    problem: str = ""

    @property
    def role(self) -> Role:
        """What it decides."""
        return self.place.role

    @property
    def readable(self) -> tuple[Statement, ...]:
        """The statements; none where they cannot be read, which a rule of its own reports."""
        return self.statements or ()


def documents(stack: Stack, *roles: Role) -> Iterator[Document]:
    """Yield the policies of *stack*, all or those of *roles*.

    A text that is shaped like a policy is one, also where no place is known for it.
    """
    for document in _every(stack):
        if not roles or document.place.role in roles:
            yield document


@once
def _every(stack: Stack) -> tuple[Document, ...]:
    resolved = stack.resolved
    home = Home.of(stack)
    bounds = _boundaries(resolved)
    found = []
    for resource in resolved.resources():
        for place, text in _texts(resource):
            if place.role is Role.IDENTITY and resource.address in bounds:
                place = evolve(place, role=Role.BOUNDARY)  # noqa: PLW2901 - the same place, known better
            found.append(_read(resource, place, text, resolved, home))
    return tuple(found)


def read(text: object) -> tuple[str, tuple[Statement, ...]]:
    """Return the version and the statements of a policy's JSON.

    Raises:
        ValueError: When it cannot be read, or is no policy.
    """
    if not isinstance(text, str):
        raise ValueError(f"must be a text, is {type(text).__name__}")  # noqa: TRY004 - one error for what is no policy
    document = parsed(text)
    if not isinstance(document, dict):
        raise ValueError("must be a JSON object, cannot be read")  # noqa: TRY004 - as above
    unknown = document.keys() - {"Version", "Id", "Statement"}
    if unknown:
        raise ValueError(f"must have Version, Id and Statement, has {', '.join(sorted(unknown))}")
    try:
        found = tuple(Statement.of(block) for block in _items(document.get("Statement")))
    except TypeError as error:
        raise ValueError(str(error)) from error
    return str(document.get("Version", "")), found


def _read(resource: Resource, place: Place, text: object, stack: Stack, home: Home) -> Document:
    path = ".".join(place.path)
    document = Document(resource=resource, path=path, place=place)
    try:
        written = written_out(text, stack, home) if isinstance(text, str) else text
        version, statements = read(written)
    except (ValueError, RecursionError) as error:
        return evolve(document, problem=str(error))
    return evolve(document, text=str(written), version=version, statements=statements)


def _texts(resource: Resource) -> Iterator[tuple[Place, object]]:
    seen = set[str]()
    for place, text in texts_at(resource.type, resource.config):
        if resource.type not in PLACES and _is_other_language(text):
            continue
        seen.add(str(text))
        yield place, text
    for path, text in leaves(resource.config):
        if isinstance(text, str) and '"Statement"' in text and text not in seen:
            yield Place((path,)), text


def _is_other_language(text: object) -> bool:
    """Tell whether a text at an unlisted place is JSON of another kind, or no JSON at all."""
    if not isinstance(text, str) or "${" in text:
        return False
    try:
        found = json.loads(text)
    except ValueError:
        return True
    return not isinstance(found, dict) or "Statement" not in found


def _boundaries(stack: Stack) -> frozenset[str]:
    """Return the addresses of the policies that bound somebody."""
    return frozenset(
        reference.address
        for bounded in stack.resources(*BOUNDED)
        for reference in references(bounded.config.get("permissions_boundary"))
    )


def _items(value: object) -> list[Any]:
    if value is None:
        raise ValueError("must have a Statement, has none")
    return value if isinstance(value, list) else [value]
