"""Says the blocks of a Terraform resource as properties."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import Factory, define

from audit.cloudformation.coverage import Attribute
from audit.cloudformation.mapping import Mapped
from audit.cloudformation.names import Instance
from audit.cloudformation.path import EACH, SELF, put
from audit.cloudformation.schema import Schema
from audit.cloudformation.shape import ShapeError, is_block, shaped
from audit.cloudformation.symbols import Symbols, Unknown

META: Final = frozenset(
    {"connection", "count", "depends_on", "for_each", "lifecycle", "provider", "timeouts"}
)
"""What every Terraform resource may have, and no API is told of."""


@define(kw_only=True)
class Blocks:
    """The properties of one instance, and what of it is judged.

    Attributes:
        attributes: What was met, each attribute of each block.

        unknowns: The values that only the deployment will know.
    """

    entry: Mapped
    instance: Instance
    symbols: Symbols
    attributes: list[Attribute] = Factory(list)
    unknowns: list[Unknown] = Factory(list)

    def block(self, config: Mapping[str, Any], schema: Schema, at: str = "") -> dict[str, Any]:
        """Return the properties of the block at the Terraform path *at*."""
        made: dict[str, Any] = {}
        for path, constant in self.entry.constants.get(at, {}).items():
            put(made, path, constant)
        for key, value in config.items():
            where = f"{at}.{key}" if at else key
            if value is not None and where not in META:
                self._attribute(made, where, value, schema)
        return made

    def _attribute(self, made: dict[str, Any], where: str, value: Any, schema: Schema) -> None:
        if where in self.entry.unmapped:
            self._note(where, value, self.entry.unmapped[where])
            return
        if where in self.entry.made:
            for path, part in self.entry.made[where](value).items():
                put(made, path, part)
            self._note(where, value)
            return
        name = self.entry.names.get(where) or schema.name_of(where.rpartition(".")[2])
        node = schema.at(name) if name else None
        if node is None:
            self._note(where, value, f"which have no property for it in {self.entry.type}", True)
            return
        try:
            put(made, name, self._value(value, node, where, name))
        except ShapeError as error:
            self._note(where, value, f"{self.entry.type}.{name} {error}", True)

    def _value(self, value: Any, node: Schema, where: str, name: str) -> Any:
        if name == SELF or is_block(value, node):
            several = value if isinstance(value, list) else [value]
            if "array" in node.types:
                return [self.block(each, node.items, where) for each in several]
            if len(several) != 1:
                raise ShapeError("has room for one block only")
            return self.block(several[0], node, where)
        if value == [] and "array" not in node.types:
            return {}
        each_goes = EACH in name and isinstance(value, list)
        made = [shaped(each, node) for each in value] if each_goes else shaped(value, node)
        if self.symbols.has_unknown_key(made):
            raise ShapeError("has a key that is known at deployment only")
        unknown = list(self.symbols.unknowns(made))
        self.unknowns += unknown
        # In a document, a parameter stands for the unknown part, and the rest of it is judged.
        is_judged = not unknown or isinstance(made, dict)
        why = "" if is_judged else f"{unknown[0].expression} is known at deployment only"
        self._note(where, value, why)
        return made

    def _note(self, where: str, value: Any, why: str = "", is_missing: bool = False) -> None:
        resource = self.instance.resource
        for path in _leaves(where, value):
            self.attributes.append(
                Attribute(
                    type=resource.type,
                    address=resource.address,
                    path=path,
                    why=why,
                    is_missing=is_missing,
                )
            )


def _leaves(where: str, value: Any) -> Iterator[str]:
    """Yield the attributes of a block that is not looked into, or the attribute itself."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for each in value:
            yield from (f"{where}.{key}" for key in each)
    else:
        yield where
