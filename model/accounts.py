"""Whose accounts and regions the ARNs in an environment's settings name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from attrs import fields

_ARN_PARTS = 6


def account_problems(
    identity: Any, account_id: str, region: str, foreign_account_ids: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the ARNs in *identity*, an attrs value, of other accounts and regions.

    What is yielded is the path of the setting and what must hold. Accounts in
    *foreign_account_ids* may be named too.
    """
    for attribute in fields(type(identity)):
        value = getattr(identity, attribute.name)
        for arn in value if isinstance(value, tuple) else (value,):
            parts = str(arn).split(":", _ARN_PARTS - 1)
            if parts[0] != "arn" or len(parts) < _ARN_PARTS:
                continue
            path = f"identity.{attribute.name}"
            if parts[4] not in (account_id, *foreign_account_ids):
                message = (
                    f"must be of the environment's own account {account_id}, or of one of "
                    f"platform.foreign_account_ids, got {arn!r}"
                )
                yield path, message
            if parts[3] not in ("", region):
                yield path, f"must be in the environment's region {region}, got {arn!r}"
