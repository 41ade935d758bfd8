"""How a settings class declares its environment variables, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from attrs import field, fields, frozen

T = TypeVar("T")


class SettingsError(ValueError):
    """One or more environment variables are wrong; all of them are listed, one a line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


@frozen(kw_only=True)
class _Variable:
    name: str
    read: Callable[[str], Any]
    must: str
    required: bool
    default: Any


@frozen(kw_only=True)
class _Section:
    settings: type
    present_with: str | None


def variable(name: str, *, read: Callable[[str], Any] = str, must: str = "be set") -> Any:
    """Declare a field read from the environment variable *name*, which must be set.

    Args:
        name: The variable.

        read: Turns its text into the value; a ValueError means that it is wrong.

        must: What holds for a right one, as the end of "NAME must …".

    """
    return field(
        metadata={
            _Variable: _Variable(name=name, read=read, must=must, required=True, default=None)
        }
    )


def optional_variable(
    name: str,
    *,
    read: Callable[[str], Any] = str,
    must: str = "be set",
    default: Any = None,
) -> Any:
    """Declare a field as variable() does, which is *default* where the variable is not set."""
    return field(
        metadata={
            _Variable: _Variable(name=name, read=read, must=must, required=False, default=default)
        }
    )


def section(settings: type) -> Any:
    """Declare a field of its own settings class, always there."""
    return field(metadata={_Section: _Section(settings=settings, present_with=None)})


def optional_section(settings: type, *, present_with: str) -> Any:
    """Declare a field of its own settings class, None where *present_with* is not set."""
    return field(metadata={_Section: _Section(settings=settings, present_with=present_with)})


def read_settings(settings: type[T], environ: Mapping[str, str]) -> T:
    """Return *settings* as *environ* states them; an empty variable counts as not set.

    Raises:
        SettingsError: With every variable that is missing or wrong.

    """
    problems: list[str] = []
    found = _read(settings, environ, problems)
    if problems:
        raise SettingsError(problems)
    return cast("T", found)


def _read(settings: type, environ: Mapping[str, str], problems: list[str]) -> Any:
    values: dict[str, Any] = {}
    for attribute in fields(settings):
        declared: _Variable | None = attribute.metadata.get(_Variable)
        below: _Section | None = attribute.metadata.get(_Section)
        if declared is not None:
            values[attribute.name] = _value(declared, environ, problems)
        elif below is not None and (not below.present_with or environ.get(below.present_with)):
            values[attribute.name] = _read(below.settings, environ, problems)
        else:
            values[attribute.name] = None
    try:
        # Also with gaps, so that rules over several variables report in the same go.
        return settings(**values)
    except SettingsError as error:
        problems.extend(error.problems)
        return None


def _value(declared: _Variable, environ: Mapping[str, str], problems: list[str]) -> Any:
    text = environ.get(declared.name, "")
    if not text:
        if declared.required:
            problems.append(f"{declared.name} must {declared.must}, got nothing")
        return declared.default
    try:
        return declared.read(text)
    except ValueError:
        problems.append(f"{declared.name} must {declared.must}, got {text!r}")
        return None
