"""The ledger: which differences are approved, of which kind, and why."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from attrs import field, frozen, validators

from terraform_parity.errors import UnreadableError

UNREVIEWED: Final = "unreviewed"
KINDS: Final = (
    "identity",
    "regional",
    "capacity",
    "cost",
    "retention",
    "resilience",
    "threshold",
    UNREVIEWED,
)
"""Why environments may differ; nobody has looked at what is unreviewed."""

_HEAD: Final = """\
# Approved differences between environments. `address` and `path` may have wildcards; instances of
# count and for_each are written without their index. Give each entry a kind and a reason:
# identity, regional, capacity, cost, retention, resilience or threshold.
"""
T = TypeVar("T")


@frozen(kw_only=True)
class Approval:
    """One approved difference.

    Attributes:
        address: The resource's address without indices, such as `module.db.aws_db_instance.this`.

        path: The attribute, such as `instance_class`; empty for whether instances exist.
    """

    address: str = field(validator=validators.min_len(1))
    path: str = ""
    kind: str = field(validator=validators.in_(KINDS))
    reason: str = ""

    def covers(self, address: str, path: str) -> bool:
        """Tell whether it approves a difference at *address* and *path*, both without indices."""
        # Of fnmatch's wildcards only `*` and `?` count: paths have brackets of their own.
        patterns = (one.replace("[", "[[]") for one in (self.address, self.path))
        return all(map(fnmatchcase, (address, path), patterns))


@frozen(kw_only=True)
class Own:
    """A value that each environment has its own of, such as its name or its account.

    Attributes:
        values: What each environment has, by its name.
    """

    name: str
    reason: str = ""
    values: Mapping[str, str] = field(validator=validators.min_len(2))


@frozen(kw_only=True)
class Ledger:
    """What is approved."""

    own: tuple[Own, ...] = ()
    approvals: tuple[Approval, ...] = ()

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read the ledger in *file*; one that does not exist approves nothing.

        Raises:
            UnreadableError: When it is no TOML, has unknown keys, or lacks a kind or a reason.
        """
        try:
            document = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            raise UnreadableError(f"{file}: must be readable TOML: {error}") from error
        if unknown := document.keys() - {"value", "difference"}:
            raise UnreadableError(
                f"{file}: must hold [[value]] and [[difference]] only, has {sorted(unknown)}"
            )
        ledger = cls(
            own=tuple(_made(file, Own, one) for one in document.get("value", ())),
            approvals=tuple(_made(file, Approval, one) for one in document.get("difference", ())),
        )
        for approval in ledger.approvals:
            if approval.kind != UNREVIEWED and not approval.reason:
                raise UnreadableError(
                    f"{file}: {approval.address} {approval.path}: reason must be a sentence, is "
                    "empty"
                )
        return ledger

    def text(self) -> str:
        """Return it as TOML."""
        parts = [_HEAD]
        for own in self.own:
            values = ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in own.values.items())
            parts.append(
                f"[[value]]\nname = {json.dumps(own.name)}\nreason = {json.dumps(own.reason)}\n"
                f"values = {{ {values} }}\n"
            )
        parts += [
            f"[[difference]]\naddress = {json.dumps(one.address)}\npath = {json.dumps(one.path)}\n"
            f"kind = {json.dumps(one.kind)}\nreason = {json.dumps(one.reason)}\n"
            for one in self.approvals
        ]
        return "\n".join(parts)

    def with_new(self, places: Iterable[tuple[str, str]]) -> Self:
        """Return it with an unreviewed approval for each of *places*, addresses with paths."""
        new = (Approval(address=a, path=p, kind=UNREVIEWED) for a, p in dict.fromkeys(places))
        return type(self)(own=self.own, approvals=(*self.approvals, *new))


def _made(file: Path, make: type[T], entry: Mapping[str, Any]) -> T:
    try:
        return make(**entry)
    except (TypeError, ValueError) as error:
        reason = error.args[0] if error.args else error
        raise UnreadableError(
            f"{file}: {dict(entry)}: must be complete and known: {reason}"
        ) from error
