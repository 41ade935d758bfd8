"""What makes a setting an approved variation: how it is declared, and what it declares."""

from enum import Enum
from typing import Any, Final

from attrs import Attribute, field, fields, frozen, has


class Kind(Enum):
    """Why environments may differ in a setting."""

    IDENTITY = "identity"
    REGIONAL = "regional"
    CAPACITY = "capacity"
    COST = "cost"
    RETENTION = "retention"
    RESILIENCE = "resilience"
    THRESHOLD = "threshold"


class _Unset(Enum):
    """The type of UNSET: an enum, so that there is one and it survives copying."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "nothing"


UNSET: Final = _Unset.UNSET
"""The value of a setting that a file does not state."""


@frozen(kw_only=True)
class Variation:
    """The approval of one setting to differ between environments.

    Attributes:
        kind: Why it may differ, in one word.

        reason: Why it may differ, in one sentence.

        unit: The unit of the value, empty where it has none.

        rule: What a value must be, as the end of "must be …".
    """

    kind: Kind
    reason: str
    unit: str
    rule: str


def variation(
    kind: Kind, *, reason: str, rule: str, unit: str = "", validator: Any = None
) -> Any:  # attrs' own field() is typed this way: the annotation beside it is the type
    """Declare one approved variation; the declaration is the approval."""
    return field(
        default=UNSET,
        validator=validator,
        metadata={Variation: Variation(kind=kind, reason=reason, unit=unit, rule=rule)},
    )


def declared(attribute: "Attribute[Any]") -> Variation | None:
    """Return what *attribute* declares, None for a section or a literal."""
    found: Variation | None = attribute.metadata.get(Variation)
    return found


def declarations(settings: type) -> dict[str, Variation]:
    """Return every variation below *settings*, an attrs class, by its dotted path."""
    found: dict[str, Variation] = {}
    for attribute in fields(settings):
        approval = declared(attribute)
        if approval is not None:
            found[attribute.name] = approval
        elif isinstance(attribute.type, type) and has(attribute.type):
            found |= {
                f"{attribute.name}.{path}": below
                for path, below in declarations(attribute.type).items()
            }
    return found


def local_name(path: str) -> str:
    """Return the Terraform local that carries the setting at *path*."""
    return path.replace(".", "_")
