"""Turns an environment's settings into Terraform locals, each when it is first used."""

from collections.abc import Collection
from enum import Enum
from typing import Any, cast

from attrs import AttrsInstance, has
from cdktf import TerraformLocal, TerraformStack

from model.environment import Environment
from model.unset import UNSET
from model.variation import local_name


def localize(
    stack: TerraformStack, environment: Environment, varying: Collection[str]
) -> Environment:
    """Return *environment* with references to locals of *stack* in place of its *varying* values.

    The values are the only thing about an environment that reaches its Terraform, so that
    everything else is the same in all environments [I1]. What a platform fixes does not vary and
    stays a literal [I4]. A local comes into being when its setting is first read: a stack has
    those that it needs, and no others.
    """
    return cast("Environment", _Localized(stack, environment, "", frozenset(varying)))


class _Localized:
    """A section of an environment; its attributes are read through to the settings."""

    def __init__(
        self, stack: TerraformStack, section: AttrsInstance, prefix: str, varying: frozenset[str]
    ) -> None:
        self._stack = stack
        self._section = section
        self._prefix = prefix
        self._varying = varying

    def __getattr__(self, name: str) -> Any:
        value, path = getattr(self._section, name), f"{self._prefix}{name}"
        if has(type(value)):
            found: object = _Localized(self._stack, value, f"{path}.", self._varying)
        elif value is not UNSET and path in self._varying:
            found = _reference(TerraformLocal(self._stack, local_name(path), _plain(value)), value)
        else:
            found = _plain(value) if isinstance(value, Enum) and value is not UNSET else value
        setattr(self, name, found)  # The next time, it is found without asking.
        return found


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
