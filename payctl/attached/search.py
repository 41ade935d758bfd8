"""Finds what is attached to the resources in a state and is in no state itself."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from audit.change import Change, Class
from payctl.access import Access
from payctl.attached.attachment import Attachment, Managed
from payctl.attached.in_state import managed
from payctl.attached.table import ATTACHMENTS
from payctl.aws.refusal import asking

_UNIQUE: Final = re.compile(r"arn:|[a-z]+(-attach)?-[0-9a-f]{8,}$")
"""An ARN or an id of EC2 is of one thing only; any other name may be used at several parents."""


def attached(
    access: Access,
    states: Mapping[str, Mapping[str, Any]],
    *,
    table: Collection[Attachment] = ATTACHMENTS,
) -> Iterator[Change]:
    """Yield each attachment in the account that none of *states*, by their stacks' names, has.

    What the endpoint cannot answer, and says so (`Endpoint.unanswered`), is left out; AWS answers
    everything.

    Raises:
        AccessError: When AWS refuses a call or does not answer it.
    """
    instances = [
        one
        for stack, state in states.items()
        for one in managed(state, account_id=access.account_id, stack=stack)
    ]
    client_of = cache(access.client)
    for row in table:
        parents = [one for one in instances if one.type == row.parent]
        if not parents or f"{row.service}.{row.operation}" in access.endpoint.unanswered:
            continue
        client = client_of(row.service)
        candidates = [one for one in instances if one.type in row.managed]
        for parent in parents:
            with asking(f"list each {row.name} of {parent.address}"):
                found = sorted(set(row.read(client, parent.attributes)))
            for identity in found:
                if not _is_known(identity, parent, candidates):
                    yield Change(
                        kind=Class.UNMANAGED,
                        stack=parent.stack,
                        address=parent.address,
                        path=row.name,
                        after=identity,
                    )


def _is_known(identity: str, parent: Managed, candidates: Iterable[Managed]) -> bool:
    """Tell whether one of *candidates* is *identity*, and of *parent* where others may be too."""
    is_unique = bool(_UNIQUE.match(identity))
    return any(identity in one.texts and (is_unique or one.is_of(parent)) for one in candidates)
