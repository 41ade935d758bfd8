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
from model.variation import UNSET, local_name, value_at


def promised(blueprint: Blueprint) -> dict[str, Promised]:
    """Return what each stack of *blueprint* must be, by its name."""
    return dict(_promised(blueprint))


def locals_of(environment: Environment) -> dict[str, object]:
    """Return the value of each setting of *environment*, as JSON has it, by its local."""
    values = {declared.path: value_at(environment, declared.path) for declared in DECLARED}
    return {local_name(path): _plain(value) for path, value in values.items() if value is not UNSET}


def _promised(blueprint: Blueprint) -> Iterator[tuple[str, Promised]]:
    platform, extra = blueprint.platform, blueprint.suffix
    for environment in blueprint.environments:
        name = environment.deployment.name
        keys = {f"{platform.name}-{name}": environment.state.key}
        if platform.network.own_stack:
            keys[f"{platform.name}-network-{name}"] = environment.deployment.network_state_key
        if not extra:
            keys[f"{platform.name}-state-{name}"] = f"{platform.name}-state.tfstate"
        if platform.governance and not extra:
            keys[f"{platform.name}-governance-{name}"] = f"{platform.name}-governance.tfstate"
        for stack, key in keys.items():
            yield stack, _stack(environment, environment.identity.name, key)
    if platform.pipeline and not extra:
        home = delivery_home(platform, platform.pipeline)
        yield f"{platform.name}-pipeline", _stack(home, "", home.state.key)


def _stack(environment: Environment, name: str, key: str) -> Promised:
    state = environment.state
    backend: Mapping[str, Any] = {
        "bucket": state.bucket,
        "key": key,
        "region": state.region,
        "dynamodb_table": state.lock_table,
        "encrypt": True,
        "use_lockfile": True,
    }
    return Promised(environment=name, locals=locals_of(environment), backend=backend)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
