"""What is written down of one deployment of one stack."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Self

from attrs import asdict, field, fields, frozen

from audit.errors import UnknownFormatError


class Outcome(Enum):
    """What became of a deployment."""

    BEGUN = "begun"
    APPLIED = "applied"
    FAILED = "failed"
    DESTROYED = "destroyed"


@frozen(kw_only=True)
class Left:
    """A drift that a deployment left where it is, because somebody said why it may stay."""

    address: str
    path: str
    reason: str


def _lefts(entries: Iterable[Left | Mapping[str, str]]) -> tuple[Left, ...]:
    return tuple(entry if isinstance(entry, Left) else Left(**entry) for entry in entries)


@frozen(kw_only=True)
class Record:
    """One deployment.

    Attributes:
        id: When it began, in UTC, and a few digits that make it unlike any other.

        outcome: `begun` until it ends; one that stays so was killed.

        release: What was deployed: bodies, settings and code of all environments.

        blueprint_sha256, settings_sha256: Of this stack: its body, its locals.

        archives: The SHA-256 of each archive it uploads, in base64.

        by, commit, clean: Who deployed, and which commit; whether the files were as committed.

        endpoint: Where the account answered, empty for AWS.

        built: When a pipeline built the release; empty outside of one.

        override: Why the promotion rule did not count.

        plan_sha256: Of the plan that was shown and applied.

        lineage, serial: Of the state, when it ended; empty and 0 before.

        left: Drift that stays, with the reason.

        unsettled: What a plan made right after it would still change.

        problem: Why it failed.
    """

    id: str
    stack: str
    environment: str
    outcome: Outcome = field(converter=Outcome)
    release: str
    blueprint_sha256: str
    settings_sha256: str
    archives: Mapping[str, str]
    at: str
    by: str
    commit: str
    clean: bool
    endpoint: str
    built: str = ""
    override: str = ""
    summary: str = ""
    plan_sha256: str = ""
    ended: str = ""
    lineage: str = ""
    serial: int = 0
    left: tuple[Left, ...] = field(default=(), converter=_lefts)
    unsettled: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    problem: str = ""

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Return the record that `as_json` made *document* of.

        Raises:
            UnknownFormatError: When another version of payctl wrote it.
        """
        names = {one.name for one in fields(cls)}
        try:
            return cls(**{name: value for name, value in document.items() if name in names})
        except (TypeError, ValueError) as error:
            whose = document.get("stack", "a deployment")
            raise UnknownFormatError(
                f"record of {whose}: must be complete, is not: {error}"
            ) from error

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        return {**asdict(self), "outcome": self.outcome.value}

    @property
    def is_finished(self) -> bool:
        """Whether it did what it meant to."""
        return self.outcome is Outcome.APPLIED
