"""Reads exceptions beside the settings: what is suppressed or accepted, why, and until when.

- `envs/<platform>/suppressions.toml`: findings of rules, ours and the scanners'.
- `envs/<platform>/accepted_drift.toml`: drift that is known and left.
- `envs/accepted_defaults.toml`: what AWS may decide, once for all platforms.
"""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import field, frozen, validators

from audit.change import Acceptance
from audit.defaults import AcceptedDefault
from audit.suppression import Suppression
from gates.errors import ExceptionsFileError

SETTINGS: Final = Path(__file__).parent.parent / "envs"
T = TypeVar("T")


@frozen(kw_only=True)
class _Several:
    """One reason for findings of one rule at several addresses."""

    rule: str
    reason: str
    expires: dt.date
    addresses: list[str] = field(validator=validators.min_len(1))

    def each(self) -> Iterator[Suppression]:
        """Yield the suppression of each address."""
        for address in self.addresses:
            yield Suppression(
                where=address, rule=self.rule, reason=self.reason, expires=self.expires
            )


def suppressions(platform: str) -> tuple[Suppression, ...]:
    """Return the suppressions of *platform*."""
    return tuple(
        suppression
        for several in _read(SETTINGS / platform / "suppressions.toml", "suppression", _Several)
        for suppression in several.each()
    )


def accepted_drift(platform: str) -> tuple[Acceptance, ...]:
    """Return the drift that *platform* accepts."""
    return _read(SETTINGS / platform / "accepted_drift.toml", "drift", Acceptance)


def accepted_defaults() -> tuple[AcceptedDefault, ...]:
    """Return what AWS may decide: a table for each type, a reason for each attribute."""
    file = SETTINGS / "accepted_defaults.toml"
    try:
        return tuple(
            AcceptedDefault(type=type_, path=path, reason=reason)
            for type_, reasons in _document(file).items()
            for path, reason in reasons.items()
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise ExceptionsFileError(
            f"{file}: must have a reason for each attribute of each type, has not: {error}",
            next_step='[aws_eip], and below it: vpc = "why AWS may decide it"',
        ) from error


def _read(file: Path, key: str, make: Callable[..., T]) -> tuple[T, ...]:
    document = _document(file)
    known = {key}
    unknown = set(document) - known
    if unknown:
        raise ExceptionsFileError(f"{file}: must hold [[{key}]] tables only, has {sorted(unknown)}")
    return tuple(
        _made(file, index, entry, make) for index, entry in enumerate(document.get(key, ()))
    )


def _document(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ExceptionsFileError(f"{file}: must be TOML, is not: {error}") from error


def _made(file: Path, index: int, entry: Mapping[str, Any], make: Callable[..., T]) -> T:
    expires = entry.get("expires", dt.date.max)
    if not isinstance(expires, dt.date):
        raise ExceptionsFileError(
            f"{file}: entry {index + 1}: expires must be a date, is {expires!r}"
        )
    try:
        return make(**entry)
    except (TypeError, ValueError) as error:
        raise ExceptionsFileError(
            f"{file}: entry {index + 1}: must be complete and known, is not: {error}",
            next_step="a suppression needs an address, a rule, a reason and an expiry",
        ) from error
