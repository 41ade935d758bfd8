"""What makes a setting an approved variation: how it is declared, and what it declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, TypeVar

from attrs import Attribute, AttrsInstance, evolve, field, fields, frozen, has, resolve_types

from model.constraint import Constraint
from model.order import Order
from model.unset import UNSET


class Kind(Enum):
    """Why environments may differ in a setting."""

    IDENTITY = "identity"
    REGIONAL = "regional"
    CAPACITY = "capacity"
    COST = "cost"
    RETENTION = "retention"
    RESILIENCE = "resilience"
    THRESHOLD = "threshold"


@frozen(kw_only=True)
class Variation:
    """The approval of one setting to differ between environments.

    Attributes:
        kind: Why it may differ, in one word.

        reason: Why it may differ, in one sentence.

        unit: The unit of the value, empty where it has none.

        rule: What a value must be, as the end of "must be …".

        drives: The attributes that take its value, as `type.attribute`. Identities and regions
            have none: they may stand in names, ARNs, tags, regions and trust (`audit.inputs`).

        decides: The attributes that may depend on a question about it, such as whether it is on
            or how many there are. Only what has them is a switch; an identity among them may only
            be asked whether it is there.
    """

    kind: Kind
    reason: str
    unit: str = ""
    rule: str = ""
    drives: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()


@frozen(kw_only=True)
class Declared:
    """Where a declaration stands: its dotted path, its approval, and who has the setting.

    Attributes:
        order: Which of two values is the stronger one [I8].
    """

    path: str
    variation: Variation
    constraint: Constraint
    order: Order
    applies: Callable[[Any], bool]


Condition = Callable[[Any], object]
"""What tells which platforms have a setting; of `Any`, for `model/platform.py` imports this."""

S = TypeVar("S", bound=AttrsInstance)


def _always(_: object) -> bool:
    return True


def variation(  # noqa: PLR0913 - what an approval says
    kind: Kind,
    constraint: Constraint,
    order: Order,
    *,
    reason: str,
    unit: str = "",
    drives: tuple[str, ...] = (),
    decides: tuple[str, ...] = (),
    when: Condition = _always,
) -> Any:
    """Declare one approved variation; the declaration is the approval.

    *when* tells which platforms have the setting; in the others it must not be set.
    """
    approval = Variation(
        kind=kind,
        reason=reason,
        unit=unit,
        rule=constraint.text,
        drives=drives,
        decides=decides,
    )
    return field(
        default=UNSET,
        validator=constraint,
        metadata={Variation: approval, "constraint": constraint, "order": order, "when": when},
    )


def section(settings: type, *, when: Condition = _always) -> Any:
    """Declare a group of variations that the platforms of *when* have."""
    return field(factory=settings, metadata={"when": when})


def declarations(settings: type) -> Iterator[Declared]:
    """Yield every variation below *settings*, an attrs class, in the order of declaration."""
    resolve_types(settings)
    for attribute in fields(settings):
        if Variation in attribute.metadata:
            yield _declared(attribute)
        elif isinstance(attribute.type, type) and has(attribute.type):
            for below in declarations(attribute.type):
                yield _under(attribute, below)


def _declared(attribute: Attribute[Any]) -> Declared:
    when = attribute.metadata["when"]
    return Declared(
        path=attribute.name,
        variation=attribute.metadata[Variation],
        constraint=attribute.metadata["constraint"],
        order=attribute.metadata["order"],
        applies=lambda platform: bool(when(platform)),
    )


def _under(section_: Attribute[Any], below: Declared) -> Declared:
    when = section_.metadata.get("when", _always)
    return Declared(
        path=f"{section_.name}.{below.path}",
        variation=below.variation,
        constraint=below.constraint,
        order=below.order,
        applies=lambda platform: bool(when(platform)) and below.applies(platform),
    )


def value_at(settings: object, path: str) -> Any:
    """Return the value of the setting at the dotted *path*."""
    for name in path.split("."):
        settings = getattr(settings, name)
    return settings


def replaced(settings: S, path: str, value: object) -> S:
    """Return *settings* with *value* at the dotted *path*."""
    name, _, below = path.partition(".")
    inner = replaced(getattr(settings, name), below, value) if below else value
    return evolve(settings, **{name: inner})  # type: ignore[misc]  # attrs classes all


def local_name(path: str) -> str:
    """Return the Terraform local that carries the setting at *path*."""
    return path.replace(".", "_")
