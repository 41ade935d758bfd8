"""One environment: what Terraform's JSON of a plan or a state says of its resources."""

import json
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final, Self

from attrs import frozen

from terraform_parity.errors import UnreadableError

_FORMATS: Final = ("0.", "1.")
"""The major versions of `format_version` that are known: plans and states have the same."""

_INDEX: Final = re.compile(r"\[(?:\d+|\"(?:[^\"\\]|\\.)*\")\]")


class Unknown(Enum):
    """The type of UNKNOWN: what only an apply will tell."""

    UNKNOWN = "(known after apply)"

    def __str__(self) -> str:
        return self.value


UNKNOWN: Final = Unknown.UNKNOWN


@frozen(kw_only=True)
class Value:
    """The value of one attribute.

    Attributes:
        value: As in the JSON, or UNKNOWN.

        is_sensitive: Whether Terraform or the provider marks it as a secret.
    """

    value: object
    is_sensitive: bool = False


@frozen(kw_only=True)
class Environment:
    """The resources of one environment.

    Attributes:
        name: What it is called in reports and in the ledger.

        resources: The leaves of each instance's values, by its address and their path.
    """

    name: str
    resources: Mapping[str, Mapping[str, Value]]

    @classmethod
    def read(cls, argument: str) -> Self:
        """Read `FILE`, or `NAME=FILE`; without a name the environment is called like the file.

        Raises:
            UnreadableError: When the file is no JSON of a complete plan or a state.
        """
        name, separator, path = argument.partition("=")
        file = Path(path if separator else argument)
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UnreadableError(f"{file}: must be readable JSON: {error}") from error
        return cls(name=name if separator else file.stem, resources=_resources(file, document))


def without_index(address: str) -> str:
    """Return *address* without the keys of count and for_each."""
    return _INDEX.sub("", address)


def _resources(file: Path, document: object) -> dict[str, dict[str, Value]]:
    if not isinstance(document, dict):
        raise UnreadableError(f"{file}: must be a JSON object, is {type(document).__name__}")
    version = str(document.get("format_version", ""))
    if not version.startswith(_FORMATS):
        raise UnreadableError(
            f"{file}: format_version must begin with 0. or 1., is {version or 'absent'}; write the "
            "file with terraform show -json"
        )
    if document.get("errored") or document.get("complete") is False:
        raise UnreadableError(f"{file}: the plan must be complete, it failed or was targeted")
    values = document.get("planned_values") or document.get("values")
    if not isinstance(values, dict) or "root_module" not in values:
        raise UnreadableError(f"{file}: must have planned_values or values, has neither")
    unknown = {
        change["address"]: change.get("change", {}).get("after_unknown")
        for change in document.get("resource_changes", ())
    }
    return {
        resource["address"]: dict(
            _leaves(
                resource.get("values") or {},
                resource.get("sensitive_values"),
                unknown.get(resource["address"]),
            )
        )
        for resource in _of_module(values["root_module"])
        if resource.get("mode", "managed") == "managed"
    }


def _of_module(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from module.get("resources", ())
    for child in module.get("child_modules", ()):
        yield from _of_module(child)


def _leaves(
    value: object, sensitive: object, unknown: object, path: str = ""
) -> Iterator[tuple[str, Value]]:
    """Yield every scalar and every empty collection below *value*, with its path."""
    if unknown is True:
        yield path, Value(value=UNKNOWN, is_sensitive=sensitive is True)
        return
    hidden = sensitive is True
    if isinstance(value, dict) and (value or isinstance(unknown, dict)) and not hidden:
        for key in sorted({*value, *(unknown if isinstance(unknown, dict) else ())}):
            below = f"{path}.{key}" if path else str(key)
            yield from _leaves(value.get(key), _at(sensitive, key), _at(unknown, key), below)
    elif isinstance(value, list) and value and not hidden:
        for index, item in enumerate(value):
            marks = _at(sensitive, index), _at(unknown, index)
            yield from _leaves(item, *marks, f"{path}[{index}]")
    elif unknown not in (None, False, {}, []):
        yield path, Value(value=UNKNOWN, is_sensitive=hidden)
    else:
        yield path, Value(value=value, is_sensitive=hidden)


def _at(marks: object, key: object) -> object:
    if isinstance(marks, dict):
        return marks.get(key)
    if isinstance(marks, list) and isinstance(key, int) and key < len(marks):
        return marks[key]
    return None
