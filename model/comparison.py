"""What must hold between the environments of a platform, once each is in order on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from model.aws import NAME_LENGTHS
from model.environment import DECLARED, Environment
from model.errors import Problem
from model.platform import Platform
from model.rule import is_whole
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
        end, account = environment.deployment.name, environment.identity.account_id
        planned = [
            *(("Lambda function", f"payment-{f.name}-{end}") for f in platform.functions),
            *(("IAM role", f"payment-{f.name}-{end}") for f in platform.functions),
            *(("S3 bucket", f"payment-{b.name}-{end}-{account}") for b in platform.buckets),
            *([("load balancer", f"payment-alb-{end}")] if platform.load_balancer else ()),
            *(("target group", f"payment-{f}-{end}") for f in platform.balanced_functions),
        ]
        for kind, resource in planned:
            if len(resource) > NAME_LENGTHS[kind]:
                yield Problem(
                    sources[name].where("identity.name"),
                    f"the name of a {kind} must have {NAME_LENGTHS[kind]} characters or fewer, "
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
