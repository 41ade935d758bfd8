"""Says what a reference to a resource is in CloudFormation."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from audit.cloudformation.mapping import REF, Mapped, NotJudged, Table
from audit.cloudformation.names import logical_id
from audit.cloudformation.schema import Schema
from audit.cloudformation.symbols import UnknownError
from audit.synthesized import Resource

_REFERENCE: Final = re.compile(r"(aws_\w+\.[\w-]+)(?:\[(\d+|\*)\])?\.(\w+)")
_HERE: Final = "path.module"
_PIECE: Final = re.compile(r"\$\{([\w:.]+)\}")
_PSEUDO: Final = "AWS::"


@frozen
class References:
    """What references mean in one stack.

    Attributes:
        resources: The stack's, by address.

        evaluated: Evaluates a value of a configuration.
    """

    resources: Mapping[str, Resource]
    table: Table
    schemas: Mapping[str, Schema]
    evaluated: Callable[[Any], Any]

    def count(self, resource: Resource) -> int | None:
        """Return how many instances there are, None where there is no `count`.

        One where only the deployment will know.
        """
        count = self.evaluated(resource.config.get("count"))
        return count if count is None or isinstance(count, int) else 1

    def not_judged(self, resource: Resource, entry: Mapped | NotJudged) -> str:
        """Return why *resource* cannot be said in CloudFormation, nothing where it can."""
        if isinstance(entry, NotJudged):
            return entry.why
        for (attribute, value), why in entry.not_judged.items():
            if self.evaluated(resource.config.get(attribute)) == value:
                return why
        return ""

    def meaning(self, chain: str) -> Any:
        """Return what *chain* stands for, such as `aws_sqs_queue.dead.arn`.

        Raises:
            UnknownError: When only the deployment will know.
        """
        if chain == _HERE:
            return "."
        found = _REFERENCE.fullmatch(chain)
        resource = self.resources.get(found.group(1)) if found else None
        if not (found and resource):
            raise UnknownError(chain)
        _, index, attribute = found.groups()
        if index == "*":
            return [self._one(resource, i, attribute) for i in range(self.count(resource) or 0)]
        return self._one(resource, None if index is None else int(index), attribute)

    def _one(self, resource: Resource, index: int | None, attribute: str) -> Any:
        entry = self.table.get(resource.type)
        if (
            isinstance(entry, Mapped)
            and entry.inside is None
            and not self.not_judged(resource, entry)
        ):
            called = entry.references.get(attribute) or self._called(entry, attribute)
            if called:
                return _intrinsic(called, logical_id(resource, index))
        value = self.evaluated(resource.config.get(attribute))
        if value is None:
            raise UnknownError(f"{resource.address}.{attribute}")
        return value

    def _called(self, entry: Mapped, attribute: str) -> str:
        schema = self.schemas[entry.type]
        name = entry.names.get(attribute) or schema.name_of(attribute)
        if attribute == "id" or (name and name == schema.identifier):
            return REF
        if name in schema.attributes:
            return name
        return REF if attribute == "arn" and schema.identifier.endswith("Arn") else ""


def _intrinsic(called: str, id_: str) -> Any:
    if "${" not in called:
        return {REF: id_} if called == REF else {"Fn::GetAtt": [id_, called]}
    pieces = [
        _piece(piece, id_) if position % 2 else piece
        for position, piece in enumerate(_PIECE.split(called))
        if piece
    ]
    return {"Fn::Join": ["", pieces]}


def _piece(piece: str, id_: str) -> Any:
    return {REF: piece} if piece.startswith(_PSEUDO) else _intrinsic(piece, id_)
