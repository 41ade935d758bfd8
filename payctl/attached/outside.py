"""Everything in an account that belongs to an environment, or reaches it, and is in no state."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.change import Change, Class
from model.environment import Environment
from model.platform import Platform
from payctl.access import Access
from payctl.attached.neighbours import unmanaged
from payctl.attached.principals import reaching
from payctl.attached.search import attached
from payctl.aws.state_bucket import identities


def outside(
    access: Access,
    platform: Platform,
    environment: Environment,
    *,
    states: Mapping[str, Mapping[str, Any]],
    others: Sequence[Mapping[str, Any]] = (),
) -> Iterator[Change]:
    """Yield what is attached to the resources in *states*, what may act on them, and neighbours.

    Args:
        access: The way into the account.

        platform: Whose tags and names they are.

        environment: Whose account it is.

        states: The states of the environment's stacks, by the stack's name.

        others: Further states that the same bucket holds, such as those of copies; what they
            manage is no neighbour.

    Raises:
        AccessError: When AWS refuses or does not answer.
    """
    yield from attached(access, states)
    identity = environment.identity
    named = {
        *identity.key_role_arns,
        *identity.trusted_role_arns,
        *(arn for arn in (identity.audit_role_arn, identity.deploy_role_arn) if arn),
    }
    every = [*states.values(), *others]
    yield from reaching(access, every, expected=named)
    known = frozenset().union(*(identities(state) for state in every))
    keys = platform.tag_keys
    for found in unmanaged(
        access,
        names=environment.names(platform),
        tags={keys.project: platform.name, keys.environment: identity.name},
        known=known,
    ):
        yield Change(kind=Class.UNMANAGED, address=found)
