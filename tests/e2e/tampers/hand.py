"""Somebody with the console open: what they can reach, and how to name what they touch."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from audit.change import Class

Client = Callable[[str], Any]


@frozen(kw_only=True)
class Touched:
    """One resource of the state."""

    address: str
    attributes: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return the attribute called *name*."""
        return self.attributes[name]


@frozen(kw_only=True)
class Hand:
    """What a hand-made change needs: clients of the account, and the state to find names in."""

    environment: str
    client: Client
    state: Mapping[str, Any]

    def one(self, type_: str, *, having: str = "") -> Touched:
        """Return the first resource of a type whose address or name has *having* in it."""
        for resource in self.state["resources"]:
            for instance in resource["instances"]:
                index = instance.get("index_key")
                address = f"{resource['type']}.{resource['name']}"
                address += f"[{index}]" if index is not None else ""
                name = str(instance["attributes"].get("name", ""))
                if resource["type"] == type_ and (having in address or having in name):
                    return Touched(address=address, attributes=instance["attributes"])
        raise AssertionError(f"no {type_} with {having!r} in the state")


Doer = Callable[[Hand], str]
"""Changes something and returns the address where that must be reported."""


@frozen(kw_only=True)
class Tamper:
    """A hand-made change.

    Attributes:
        kind: As what it must be reported.

        path: The attribute that must be reported; empty for the whole.
    """

    name: str
    kind: Class
    path: str
    does: Doer


def tamper(kind: Class, path: str = "") -> Callable[[Doer], Tamper]:
    """Make a hand-made change of a function; it is called what the docstring says."""

    def made(does: Doer) -> Tamper:
        return Tamper(name=(does.__doc__ or "").rstrip("."), kind=kind, path=path, does=does)

    return made
