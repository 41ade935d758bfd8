"""What must hold between the environments of a platform, once each is in order on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from model.constraint import is_whole
from model.environment import DECLARED, Environment
from model.errors import Problem
from model.names import LENGTHS
from model.platform import Platform
from model.source import Source
from model.variation import Kind, value_at


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
        if first.state == second.state and isinstance(first.state.bucket, str):
            yield Problem(
                blame.where("state"), f"state must be a place of its own, {one} has it too"
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


def smaller_later(
    environments: Mapping[str, Environment], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Yield capacity that is smaller in a later environment than in an earlier one."""
    for (before, first), (name, second) in pairwise(environments.items()):
        for declared in DECLARED:
            values = value_at(first, declared.path), value_at(second, declared.path)
            if (
                declared.variation.kind is Kind.CAPACITY
                and all(is_whole(value) for value in values)
                and values[1] < values[0]
            ):
                yield Problem(
                    sources[name].where(declared.path),
                    f"{declared.path} should be {values[0]} or more, as in {before}, "
                    f"got {values[1]}",
                )
