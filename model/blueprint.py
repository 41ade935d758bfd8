"""A platform and its environments, loaded from their files and checked together [V1]."""

from __future__ import annotations

import runpy
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

import attrs
from attrs import AttrsInstance, fields, frozen, has

from model.comparison import long_names, shared
from model.constraint import text
from model.environment import DECLARED, Environment, fixed_value, varying_paths
from model.errors import ConfigurationError, Problem
from model.lifecycle import judge
from model.names import StackKind, state_key
from model.neighbours import shared_accounts
from model.platform import Platform
from model.source import Source, read_source
from model.strength import FILE, Read, read_acceptances, strength_problems
from model.unset import UNSET
from model.variation import Variation, local_name, replaced, value_at

_EXCEPTIONS = ("suppressions.toml", "accepted_drift.toml", FILE)
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
        accepted = read_acceptances(folder, f"{folder.parent.name}/{folder.name}")
        with attrs.validators.disabled():  # All problems at once, not the first.
            return cls._load(folder, suffix, accepted, today or datetime.now(tz=UTC).date())

    @classmethod
    def _load(cls, folder: Path, suffix: str, accepted: Read, today: date) -> Self:
        label = f"{folder.parent.name}/{folder.name}"
        source = read_source(folder / "platform.py", f"{label}/platform.py")
        platform, broken = _value(folder / "platform.py", source, "PLATFORM")
        if not isinstance(platform, Platform):
            raise ConfigurationError((*source.problems, *filter(None, [broken])))
        problems = [*_broken_rules(platform, source), *_platform_problems(platform, source)]
        problems += _folder_problems(platform, source, folder)
        aging = () if problems else tuple(judge(platform, today))
        problems += [Problem(source.path, one.message) for one in aging if one.is_error]
        environments: dict[str, Environment] = {}
        sources: dict[str, Source] = {}
        for name in platform.environments:
            file = folder / f"{name}.py"
            sources[name] = read_source(file, f"{label}/{name}.py")
            found, broken = _value(file, sources[name], "ENVIRONMENT")
            problems += (*sources[name].problems, *filter(None, [broken]))
            if isinstance(found, Environment):
                problems += _environment_problems(platform, found, sources[name], name)
                environments[name] = _resolved(platform, found, suffix)
        problems += shared(environments, sources)
        problems += long_names(platform, environments, sources)
        acceptances, unreadable = accepted
        problems += unreadable
        problems += strength_problems(platform, environments, sources, acceptances, today=today)
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
                *shared_accounts(folder, environments, sources),
            ),
        )

    @property
    def varying_paths(self) -> tuple[str, ...]:
        """The settings that this platform has and does not fix."""
        return varying_paths(self.platform)


def approved(paths: Iterable[str]) -> dict[str, Variation]:
    """Return the approval of each setting in *paths*, by the name of its Terraform local."""
    variations = {declared.path: declared.variation for declared in DECLARED}
    return {local_name(path): variations[path] for path in paths}


def _value(file: Path, source: Source, name: str) -> tuple[object, Problem | None]:
    """Run a settings file that holds only values; return the one called *name*, or the problem."""
    if source.problems:
        return None, None
    try:
        return runpy.run_path(str(file))[name], None
    except (TypeError, AttributeError, ImportError) as error:
        return None, Problem(source.path, f"must be complete, is not: {error}")
    except KeyError:
        return None, Problem(source.path, f"must assign {name}, does not")


def _broken_rules(settings: AttrsInstance, source: Source, prefix: str = "") -> Iterator[Problem]:
    """Yield each value below *settings* that breaks the rule it is declared with."""
    for attribute in fields(type(settings)):
        value, path = getattr(settings, attribute.name), f"{prefix}{attribute.name}"
        constraint = attribute.metadata.get("constraint")
        if constraint is not None:
            if value is not UNSET and not constraint.holds(value):
                yield Problem(
                    source.where(path), f"{path} must be {constraint.text}, got {value!r}"
                )
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


def _folder_problems(platform: Platform, source: Source, folder: Path) -> Iterator[Problem]:
    """Yield what keeps the folder from being this platform's: its name, and files of nobody."""
    if platform.name != folder.name and isinstance(platform.name, str):
        yield Problem(
            source.where("name"),
            f"name must be {folder.name!r}, after its folder, got {platform.name!r}",
        )
    names = platform.environments
    if len(set(names)) < len(names) or not names:
        message = f"environments must be distinct names, one or more, got {names!r}"
        yield Problem(source.where("environments"), message)
    known = {"__init__.py", "platform.py", *(f"{name}.py" for name in platform.environments)}
    for file in sorted(folder.iterdir()):
        if file.name not in known and file.name not in _EXCEPTIONS and file.suffix != "":
            yield Problem(
                f"{folder.parent.name}/{folder.name}/{file.name}",
                f"must be an environment in platform.environments "
                f"({', '.join(platform.environments)}) or a file of exceptions, is neither",
            )


def _environment_problems(
    platform: Platform, environment: Environment, source: Source, name: str
) -> Iterator[Problem]:
    """Yield what is wrong in one environment's file, given its platform."""
    yield from _broken_rules(environment, source)
    for declared in DECLARED:
        if declared.path.startswith("deployment."):
            continue
        value, fixed = value_at(environment, declared.path), fixed_value(platform, declared.path)
        where = source.where(declared.path)
        if value is UNSET and fixed is UNSET and declared.applies(platform):
            yield Problem(where, f"{declared.path} must be {declared.constraint.text}, got nothing")
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
        fixed = fixed_value(platform, declared.path)
        if fixed is not UNSET and value_at(environment, declared.path) is UNSET:
            environment = replaced(environment, declared.path, fixed)
    name = "-".join(filter(None, (str(environment.identity.name), suffix)))
    environment = replaced(environment, "deployment.name", name)
    stack = environment.names(platform).stack(StackKind.APPLICATION)
    confirmation = stack if environment.identity.confirmation_required else ""
    network_key = state_key(platform.name, StackKind.NETWORK, suffix=suffix)
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
        ("earlier_cidrs", "network.cidr", peers[:before]),
    ):
        value = tuple(value_at(peer, theirs) for peer in of)
        environment = replaced(environment, f"deployment.{path}", value)
    return environment
