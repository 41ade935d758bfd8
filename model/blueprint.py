"""A platform and its environments, loaded from their files and checked together [V1]."""

from __future__ import annotations

import runpy
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Self

import attrs
from attrs import AttrsInstance, fields, frozen, has

from model.aws import NAME_LENGTHS
from model.environment import Environment
from model.errors import ConfigurationError, Problem
from model.lifecycle import judge
from model.platform import Platform
from model.rule import is_whole, text
from model.source import Source, read_source
from model.variation import (
    UNSET,
    Kind,
    Variation,
    declarations,
    local_name,
    replaced,
    value_at,
)

_NOT_LOCALS = ("state.", "identity.confirmation_required")
DECLARED = tuple(declarations(Environment))
_SUFFIX = text(r"[a-z0-9]{0,10}", "a suffix of at most 10 lower-case letters and digits")


@frozen(kw_only=True)
class Blueprint:
    """A platform with all its environments, proven to obey every rule.

    Attributes:
        environments: In the order of promotion, fixed values filled in.

        sources: The file of each environment, by its name.

        suffix: What ends the names of an extra copy, empty for the real thing.

        warnings: What obeys the rules and still looks wrong.
    """

    platform: Platform
    environments: tuple[Environment, ...]
    sources: Mapping[str, Source]
    suffix: str = ""
    warnings: tuple[Problem, ...] = ()

    @classmethod
    def load(cls, folder: Path, *, suffix: str = "", today: date | None = None) -> Self:
        """Load the platform in *folder*, for extra copies with *suffix* behind every name.

        *today*, by default the day it is, decides what is past its end of support [V3].

        Raises:
            ConfigurationError: With everything that is wrong in all files.
        """
        if not (folder / "platform.py").is_file():
            missing = "must be the folder of a platform, has no platform.py"
            raise ConfigurationError([Problem(str(folder), missing)])
        if not _SUFFIX.holds(suffix):
            raise ConfigurationError([Problem("suffix", f"must be {_SUFFIX.text}, got {suffix!r}")])
        with attrs.validators.disabled():  # All problems at once, not the first.
            return cls._load(folder, suffix, today or datetime.now(tz=UTC).date())

    @classmethod
    def _load(cls, folder: Path, suffix: str, today: date) -> Self:
        label = f"{folder.parent.name}/{folder.name}"
        source = read_source(folder / "platform.py", f"{label}/platform.py")
        platform = _value(folder / "platform.py", source, "PLATFORM")
        if not isinstance(platform, Platform):
            raise ConfigurationError(source.problems)
        problems = [*_broken_rules(platform, source), *_platform_problems(platform, source)]
        aging = () if problems else tuple(judge(platform, today))
        problems += [Problem(source.path, one.message) for one in aging if one.is_error]
        environments: dict[str, Environment] = {}
        sources: dict[str, Source] = {}
        for name in platform.environments:
            file = folder / f"{name}.py"
            sources[name] = read_source(file, f"{label}/{name}.py")
            found = _value(file, sources[name], "ENVIRONMENT")
            problems += sources[name].problems
            if isinstance(found, Environment):
                problems += _environment_problems(platform, found, sources[name], name)
                environments[name] = _resolved(platform, found, suffix)
        problems += _shared(environments, sources)
        problems += _long_names(platform, environments, sources)
        if problems:
            raise ConfigurationError(dict.fromkeys(problems))
        return cls(
            platform=platform,
            environments=tuple(
                _with_peers(environment, environments.values())
                for environment in environments.values()
            ),
            sources=sources,
            suffix=suffix,
            warnings=(
                *(Problem(source.path, one.message) for one in aging if not one.is_error),
                *_smaller_later(environments, sources),
            ),
        )

    @property
    def varying_paths(self) -> tuple[str, ...]:
        """The settings that this platform has and does not fix; they become Terraform locals.

        What stays in Python is not among them: where the state lies is the `terraform.backend`
        block, which cannot refer to locals, and whether to confirm becomes the word to say.
        """
        return tuple(
            declared.path
            for declared in DECLARED
            if declared.applies(self.platform)
            and not declared.path.startswith(_NOT_LOCALS)
            and _fixed(self.platform, declared.path) is UNSET
        )


def approved(paths: Iterable[str]) -> dict[str, Variation]:
    """Return the approval of each setting in *paths*, by the name of its Terraform local."""
    variations = {declared.path: declared.variation for declared in DECLARED}
    return {local_name(path): variations[path] for path in paths}


def _fixed(platform: Platform, path: str) -> Any:
    derived = path.startswith(("identity.", "state.", "deployment."))
    return UNSET if derived else value_at(platform.fixed, path)


def _value(file: Path, source: Source, name: str) -> object:
    """Run a settings file that holds only values, and return the one called *name*."""
    if source.problems:
        return None
    try:
        return runpy.run_path(str(file)).get(name)
    except (TypeError, AttributeError, ImportError) as error:
        raise ConfigurationError(
            [Problem(source.path, f"must be complete, is not: {error}")]
        ) from None


def _broken_rules(settings: AttrsInstance, source: Source, prefix: str = "") -> Iterator[Problem]:
    """Yield each value below *settings* that breaks the rule it is declared with."""
    for attribute in fields(type(settings)):
        value, path = getattr(settings, attribute.name), f"{prefix}{attribute.name}"
        rule = attribute.metadata.get("rule")
        if rule is not None:
            if value is not UNSET and not rule.holds(value):
                yield Problem(source.where(path), f"{path} must be {rule.text}, got {value!r}")
        elif has(type(value)):
            yield from _broken_rules(value, source, f"{path}.")
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if has(type(item)):
                    yield from _broken_rules(item, source, f"{path}.{index}.")


def _platform_problems(platform: Platform, source: Source) -> Iterator[Problem]:
    try:
        yield from (Problem(source.path, problem) for problem in platform.problems())
    except (TypeError, AttributeError):
        return  # A value of the wrong type, already reported by its own rule.


def _environment_problems(
    platform: Platform, environment: Environment, source: Source, name: str
) -> Iterator[Problem]:
    """Yield what is wrong in one environment's file, given its platform."""
    yield from _broken_rules(environment, source)
    for declared in DECLARED:
        if declared.path.startswith("deployment."):
            continue
        value, fixed = value_at(environment, declared.path), _fixed(platform, declared.path)
        where = source.where(declared.path)
        if value is UNSET and fixed is UNSET and declared.applies(platform):
            yield Problem(where, f"{declared.path} must be {declared.rule.text}, got nothing")
        elif value is not UNSET and fixed is not UNSET:
            yield Problem(
                where,
                f"{declared.path} must not be set, {platform.name} fixes it at {fixed!r} for all "
                f"environments, got {value!r}",
            )
        elif value is not UNSET and not declared.applies(platform):
            yield Problem(
                where,
                f"{declared.path} must not be set, {platform.name} has no part it belongs to, "
                f"got {value!r}",
            )
    if environment.identity.name not in (name, UNSET):
        yield Problem(
            source.where("identity.name"),
            f"identity.name must be {name!r}, after its file, got {environment.identity.name!r}",
        )
    for path, message in _resolved(platform, environment, "").problems(platform):
        yield Problem(source.where(path), f"{path} {message}")


def _resolved(platform: Platform, environment: Environment, suffix: str) -> Environment:
    """Return *environment* with fixed values filled in and what follows from it worked out."""
    for declared in DECLARED:
        fixed = _fixed(platform, declared.path)
        if fixed is not UNSET and value_at(environment, declared.path) is UNSET:
            environment = replaced(environment, declared.path, fixed)
    name = "-".join(filter(None, (str(environment.identity.name), suffix)))
    confirmation = f"{platform.name}-{name}" if environment.identity.confirmation_required else ""
    environment = replaced(environment, "deployment.name", name)
    network_key = "/".join(filter(None, (suffix, f"{platform.name}-network.tfstate")))
    environment = replaced(environment, "deployment.network_state_key", network_key)
    if suffix:
        environment = replaced(environment, "state.key", f"{suffix}/{environment.state.key}")
    return replaced(environment, "deployment.confirmation", confirmation)


def _with_peers(environment: Environment, all_: Iterable[Environment]) -> Environment:
    before = [one.identity.name for one in all_].index(environment.identity.name)
    peers = [peer for peer in all_ if peer.identity.name != environment.identity.name]
    for path, theirs, of in (
        ("peer_names", "identity.name", peers),
        ("peer_account_ids", "identity.account_id", peers),
        ("earlier_state_buckets", "state.bucket", peers[:before]),
        ("earlier_state_keys", "state.key", peers[:before]),
        ("earlier_state_regions", "state.region", peers[:before]),
    ):
        value = tuple(value_at(peer, theirs) for peer in of)
        environment = replaced(environment, f"deployment.{path}", value)
    return environment


def _shared(
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


def _long_names(
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


def _smaller_later(
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
