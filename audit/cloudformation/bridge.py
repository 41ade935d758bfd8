"""Makes a CloudFormation template of a stack."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import Factory, define, frozen

from audit.cloudformation.block import Blocks
from audit.cloudformation.coverage import Attribute
from audit.cloudformation.mapping import Also, Inside, Mapped, Table
from audit.cloudformation.names import Instance, logical_id
from audit.cloudformation.origin import Origins
from audit.cloudformation.path import put
from audit.cloudformation.references import References
from audit.cloudformation.schema import Document, Schema
from audit.cloudformation.symbols import Symbols, parameter_name
from audit.cloudformation.tables import TABLE
from audit.reference import references
from audit.synthesized import Resource, Stack

_DEPENDS: Final = "depends_on"
_PARAMETER: Final = {"Type": "String", "NoEcho": True}
"""What stands for a value that only the deployment will know; it may be a secret."""


@frozen(kw_only=True)
class Bridged:
    """A stack as CloudFormation knows it.

    Attributes:
        region: Where it would be deployed.

        account: In whose account, empty where the stack does not say.

        origins: The Terraform resource that each part of the template is.

        attributes: What is judged of the stack, and what not.
    """

    name: str
    template: Mapping[str, Any]
    region: str
    account: str
    origins: Origins
    attributes: tuple[Attribute, ...]


def types(table: Table = TABLE) -> tuple[str, ...]:
    """Return the CloudFormation types whose schemas the bridge needs."""
    mapped = [entry for entry in table.values() if isinstance(entry, Mapped)]
    also = [one.type for entry in mapped for one in entry.also]
    return tuple(sorted({*also, *(entry.type for entry in mapped)}))


def bridged(stack: Stack, schemas: Mapping[str, Document], *, table: Table = TABLE) -> Bridged:
    """Return *stack* in CloudFormation; *schemas* are AWS's, by type."""
    work = _Work(stack=stack, schemas={t: Schema.of(d) for t, d in schemas.items()}, table=table)
    work.build()
    provider = work.symbols.evaluated(stack.body.get("provider", {}).get("aws", [{}]))[0]
    accounts = provider.get("allowed_account_ids") or [""]
    return Bridged(
        name=stack.name,
        template={
            "AWSTemplateFormatVersion": "2010-09-09",
            "Parameters": dict.fromkeys(sorted(work.unknowns), _PARAMETER),
            "Resources": work.resources,
        },
        region=str(provider.get("region", "")),
        account=str(accounts[0]),
        origins=work.origins,
        attributes=tuple(work.attributes),
    )


@define(kw_only=True, slots=False)
class _Work:
    """What is built so far."""

    stack: Stack
    schemas: Mapping[str, Schema]
    table: Table
    resources: dict[str, dict[str, Any]] = Factory(dict)
    origins: Origins = Factory(Origins)
    attributes: list[Attribute] = Factory(list)
    unknowns: set[str] = Factory(set)

    def __attrs_post_init__(self) -> None:
        self.by_address = {resource.address: resource for resource in self.stack.resources()}
        self.symbols = Symbols(self._meaning, self.stack.resolved_locals)
        self.references = References(
            self.by_address, self.table, self.schemas, self.symbols.evaluated
        )

    def _meaning(self, chain: str) -> Any:
        return self.references.meaning(chain)

    def build(self) -> None:
        """Say every resource, those that are part of others last."""
        placed: list[Instance] = []
        inside: list[tuple[Instance, Mapped, Inside]] = []
        for instance in self._instances():
            entry = self._entry(instance.resource)
            if entry and entry.inside:
                inside.append((instance, entry, entry.inside))
            elif entry:
                placed.append(instance)
                self._place(instance, entry)
        for instance, entry, where in inside:
            self._fold(instance, entry, where)
        for instance in placed:
            self._order(instance)

    def _instances(self) -> Iterator[Instance]:
        for resource in self.by_address.values():
            count = self.references.count(resource)
            for index in [None] if count is None else range(count):
                config = self.symbols.evaluated(dict(resource.config), index=index)
                yield Instance(resource=resource, index=index, config=config)

    def _entry(self, resource: Resource) -> Mapped | None:
        entry = self.table.get(resource.type)
        if entry is None:
            self._note(resource, "", "which do not know the type", is_missing=True)
            return None
        why = self.references.not_judged(resource, entry)
        if why or not isinstance(entry, Mapped):
            self._note(resource, "", why)
            return None
        return entry

    def _place(self, instance: Instance, entry: Mapped) -> None:
        also = {name for one in entry.also for name in one.names}
        config = {key: value for key, value in instance.config.items() if key not in also}
        properties = self._made(instance, entry, config)
        self._add(instance, instance.logical_id, entry.type, properties)
        for one in entry.also:
            self._place_also(instance, one)

    def _place_also(self, instance: Instance, also: Also) -> None:
        config = {name: instance.config[name] for name in also.names if name in instance.config}
        if any(config.values()):
            properties = self._made(instance, Mapped(type=also.type, names=also.names), config)
            put(properties, also.owner, {"Ref": instance.logical_id})
            id_ = instance.logical_id + also.type.rpartition("::")[2]
            self._add(instance, id_, also.type, properties)

    def _add(self, instance: Instance, id_: str, type_: str, properties: dict[str, Any]) -> None:
        self.resources[id_] = {"Type": type_, "Properties": properties}
        self.origins.add(id_, instance.resource.address)

    def _fold(self, instance: Instance, entry: Mapped, where: Inside) -> None:
        parent = self._parent(instance, entry, where)
        if parent is None:
            why = f"its {where.parent} is no resource of this stack that is judged"
            self._note(instance.resource, "", why)
            return
        config = {k: v for k, v in instance.config.items() if k != where.parent}
        made = self._made(instance, entry, config, at=where.at)
        self._note(instance.resource, where.parent)
        properties = self.resources[parent]["Properties"]
        self.origins.add_part(parent, where.at, made, properties, instance.resource.address)
        put(properties, where.at, made)

    def _parent(self, instance: Instance, entry: Mapped, where: Inside) -> str | None:
        for reference in references(instance.resource.config.get(where.parent)):
            id_ = self._logical(reference.address)
            if id_ in self.resources and self.resources[id_]["Type"] == entry.type:
                return id_
        return None

    def _order(self, instance: Instance) -> None:
        addresses = instance.resource.config.get(_DEPENDS, ())
        depends = sorted({self._logical(address) for address in addresses} & self.resources.keys())
        if depends:
            self.resources[instance.logical_id]["DependsOn"] = depends

    def _logical(self, address: str) -> str:
        resource = self.by_address.get(address)
        if resource is None:
            return ""
        return logical_id(resource, None if self.references.count(resource) is None else 0)

    def _made(
        self, instance: Instance, entry: Mapped, config: Mapping[str, Any], *, at: str = ""
    ) -> dict[str, Any]:
        schema = self.schemas[entry.type].at(at)
        if schema is None:
            raise KeyError(f"{entry.type} must have something at {at}, has nothing")
        blocks = Blocks(entry=entry, instance=instance, symbols=self.symbols)
        made = blocks.block(config, schema)
        self.attributes += blocks.attributes
        self.unknowns |= {parameter_name(unknown) for unknown in blocks.unknowns}
        unmarked: dict[str, Any] = self.symbols.unmarked(made)
        return unmarked

    def _note(
        self, resource: Resource, path: str, why: str = "", *, is_missing: bool = False
    ) -> None:
        self.attributes.append(
            Attribute(
                type=resource.type,
                address=resource.address,
                path=path,
                why=why,
                is_missing=is_missing,
            )
        )
