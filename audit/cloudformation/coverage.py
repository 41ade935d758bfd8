"""What of a stack the validators of CloudFormation can see."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from audit.finding import Finding

RULE = "not-in-cloudformation"
"""The finding of what no table has: whoever adds it says what it is, or why it is not judged."""


@frozen(kw_only=True, order=True)
class Attribute:
    """One attribute of a resource.

    Attributes:
        path: Dotted, with blocks; empty for the whole resource.

        why: Why it is not judged, empty where it is.

        is_missing: Whether nothing in a table says so: nobody decided that.
    """

    type: str
    address: str
    path: str
    why: str = ""
    is_missing: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether the validators see it."""
        return not self.why


@frozen(kw_only=True)
class Share:
    """How many attributes of a type are judged."""

    type: str
    judged: int
    all: int

    @property
    def percent(self) -> int:
        """The share in full percent."""
        return 100 * self.judged // self.all if self.all else 0


def shares(attributes: Iterable[Attribute]) -> Iterator[Share]:
    """Yield the share of each type that is judged at all."""
    by_type: dict[str, list[Attribute]] = {}
    for attribute in attributes:
        if attribute.path:
            by_type.setdefault(attribute.type, []).append(attribute)
    for type_, some in sorted(by_type.items()):
        yield Share(type=type_, judged=sum(a.is_judged for a in some), all=len(some))


def missing(attributes: Iterable[Attribute]) -> Iterator[Finding]:
    """Yield a finding for everything that no table knows."""
    for attribute in sorted(set(attributes)):
        if attribute.is_missing:
            yield Finding(
                rule=RULE,
                where=attribute.address,
                path=attribute.path,
                message=f"must be in audit/cloudformation/tables, {attribute.why}",
            )
