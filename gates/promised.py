"""Which stacks a platform has, and what its settings say of each; worked out without cdktf.

It does not ask the code that builds the stacks: whoever is judged must not write the measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from audit.promise import Promised
from model.blueprint import Blueprint
from model.delivery_home import delivery_home
from model.environment import DECLARED, Environment
from model.names import StackKind, state_key
from model.unset import UNSET
from model.variation import local_name, value_at


def promised(blueprint: Blueprint) -> dict[str, Promised]:
    """Return what each stack of *blueprint* must be, by its name."""
    return dict(_promised(blueprint))


def locals_of(environment: Environment) -> dict[str, object]:
    """Return the value of each setting of *environment*, as JSON has it, by its local."""
    values = {declared.path: value_at(environment, declared.path) for declared in DECLARED}
    return {local_name(path): _plain(value) for path, value in values.items() if value is not UNSET}


def _promised(blueprint: Blueprint) -> Iterator[tuple[str, Promised]]:
    platform = blueprint.platform
    kinds = [StackKind.APPLICATION]
    if platform.network.own_stack:
        kinds.append(StackKind.NETWORK)
    if not blueprint.suffix:
        kinds += [StackKind.STATE, *([StackKind.GOVERNANCE] if platform.governance else [])]
    for environment in blueprint.environments:
        keys = {
            StackKind.APPLICATION: environment.state.key,
            StackKind.NETWORK: environment.deployment.network_state_key,
        }
        for kind in kinds:
            key = keys.get(kind, state_key(platform.name, kind))
            name = environment.names(platform).stack(kind)
            yield name, _stack(environment, environment.identity.name, key)
    if platform.pipeline and not blueprint.suffix:
        home = delivery_home(platform, platform.pipeline)
        yield home.names(platform).stack(StackKind.PIPELINE), _stack(home, "", home.state.key)


def _stack(environment: Environment, name: str, key: str) -> Promised:
    state = environment.state
    backend: Mapping[str, Any] = {
        "bucket": state.bucket,
        "key": key,
        "region": state.region,
        "dynamodb_table": state.lock_table,
        "kms_key_id": state.kms_key_arn,
        "encrypt": True,
        "use_lockfile": True,
    }
    return Promised(environment=name, locals=locals_of(environment), backend=backend)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
