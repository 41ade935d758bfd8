"""What must hold between the environments of a platform, once each is in order on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from model.environment import Environment
from model.errors import Problem
from model.names import LENGTHS
from model.platform import Platform
from model.source import Source
from model.unset import UNSET
from model.variation import value_at

_PLACE: Final = ("bucket", "key", "region")


def shared(
    environments: Mapping[str, Environment], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Yield what two environments must not share: networks, accounts, places of state."""
    for (one, first), (other, second) in combinations(environments.items(), 2):
        blame = sources[other]
        account_id = second.identity.account_id
        if account_id == first.identity.account_id and isinstance(account_id, str):
            yield Problem(
                blame.where("identity.account_id"),
                f"identity.account_id must be its own, {one} has {account_id} too",
            )
        place = [value_at(second.state, part) for part in _PLACE]
        if place == [value_at(first.state, part) for part in _PLACE] and UNSET not in place:
            yield Problem(
                blame.where("state.bucket"),
                f"state must be a place of its own (bucket, key and region), {one} has "
                f"{'/'.join(map(str, place))} too",
            )
        networks = first.network_range, second.network_range
        if networks[0] and networks[1] and networks[0].overlaps(networks[1]):
            yield Problem(
                blame.where("network.cidr"),
                f"network.cidr must not overlap with {one} ({networks[0]}), got {networks[1]}",
            )


def long_names(
    platform: Platform, environments: Mapping[str, Environment], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Yield names that AWS would refuse for their length."""
    for name, environment in environments.items():
        names, account_id = environment.names(platform), environment.identity.account_id
        planned = [
            *(("aws_lambda_function", names.resource(f.name)) for f in platform.functions),
            *(("aws_iam_role", names.resource(f.name)) for f in platform.functions),
            *(("aws_s3_bucket", names.bucket(b.name, account_id)) for b in platform.buckets),
            *([("aws_lb", names.resource("alb"))] if platform.load_balancer else ()),
            *(("aws_lb_target_group", names.resource(f)) for f in platform.balanced_functions),
        ]
        for type_, resource in planned:
            _, longest = LENGTHS[type_]
            if len(resource) > longest:
                yield Problem(
                    sources[name].where("identity.name"),
                    f"the name of an {type_} must have {longest} characters or fewer, "
                    f"{resource!r} has {len(resource)}",
                )
