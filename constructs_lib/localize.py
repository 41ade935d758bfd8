"""Turns an environment's settings into Terraform locals, and hands back tokens of the same type."""

from collections.abc import Iterable
from enum import Enum

import attrs
from cdktf import TerraformLocal, TerraformStack

from model.environment import Environment
from model.variation import UNSET, declarations, local_name, replaced, value_at


def localize(stack: TerraformStack, environment: Environment, paths: Iterable[str]) -> Environment:
    """Return *environment* with a reference to a local in place of every value at *paths*.

    The values are the only thing about an environment that reaches its Terraform, so that
    everything else is the same in all environments [I1]. What a platform fixes is not among
    *paths* and stays a literal [I4].
    """
    with attrs.validators.disabled():  # A token is not within the range of its setting.
        for path in paths:
            value = value_at(environment, path)
            if value is not UNSET:
                local = TerraformLocal(stack, local_name(path), _plain(value))
                environment = replaced(environment, path, _reference(local, value))
        for declared in declarations(Environment):  # Fixed choices, as AWS spells them.
            value = value_at(environment, declared.path)
            if isinstance(value, Enum) and value is not UNSET:
                environment = replaced(environment, declared.path, value.value)
        return environment


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _reference(local: TerraformLocal, value: object) -> object:
    """Return a token of the type of *value*; bool comes first, for True is an int too."""
    if isinstance(value, bool):
        return local.as_boolean
    if isinstance(value, int):
        return local.as_number
    if isinstance(value, tuple):
        return local.as_list
    return local.as_string
