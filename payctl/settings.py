"""Every setting of an environment with the place where it was decided."""

from enum import Enum

from audit.manifest import Setting
from model.environment import DECLARED, Environment
from model.unset import UNSET
from model.variation import value_at
from payctl.project import Project


def settings_of(project: Project, environment: Environment) -> tuple[Setting, ...]:
    """Return the settings that *environment* has, in the order of declaration."""
    return tuple(
        _setting(project, environment, declared.path)
        for declared in DECLARED
        if declared.applies(project.blueprint.platform)
        and value_at(environment, declared.path) is not UNSET
    )


def _setting(project: Project, environment: Environment, path: str) -> Setting:
    file, _, line = project.where(path, environment.identity.name).partition(":")
    return Setting(
        path=path,
        value=plain_value(value_at(environment, path)),
        file=file,
        line=int(line) if line.isdigit() else 0,
    )


def plain_value(value: object) -> object:
    """Return a setting's value as JSON knows it."""
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
