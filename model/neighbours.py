"""Other platforms beside one: an account belongs to one environment of one platform.

Resource names say the environment and not the platform, and of some things an account has only
one; two platforms in one account would take each other's names. It is a warning: a reference keeps
the accounts that were published, and is not deployed beside the flagship.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from model.environment import Environment
from model.errors import Problem
from model.source import Source


def shared_accounts(
    folder: Path, environments: Mapping[str, Environment], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Yield the environments of the platform in *folder* whose account another platform uses.

    A platform that is no reference is not told of references: those are the ones to move.
    """
    told_of_references = _is_reference(folder)
    mine = {environment.identity.account_id: name for name, environment in environments.items()}
    for file in sorted(folder.parent.glob("*/*.py")):
        if file.parent == folder or not (file.parent / "platform.py").is_file():
            continue
        if _is_reference(file.parent) and not told_of_references:
            continue
        for account_id in _accounts(file):
            if account_id in mine:
                name = mine[account_id]
                yield Problem(
                    sources[name].where("identity.account_id"),
                    f"identity.account_id should be its own, {account_id} is used in "
                    f"{folder.parent.name}/{file.parent.name}/{file.name} too: only one of the "
                    "two platforms can be deployed",
                )


def _accounts(file: Path) -> Iterator[str]:
    """Yield the accounts that a settings file states."""
    yield from (one for one in _stated(file, "account_id") if isinstance(one, str))


def _is_reference(folder: Path) -> bool:
    return True in _stated(folder / "platform.py", "is_reference")


def _stated(file: Path, keyword: str) -> Iterator[object]:
    """Yield the constants that *file* gives *keyword*; a broken file says so when it is loaded."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError, OSError):
        return
    for node in ast.walk(tree):
        value = node.value if isinstance(node, ast.keyword) and node.arg == keyword else None
        if isinstance(value, ast.Constant):
            yield value.value
