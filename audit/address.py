"""Names the parts of a stack and says what is in each."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_TYPED: Final = ("resource", "data", "ephemeral")
_NAMED: Final = ("output", "provider", "variable", "terraform", "module", "check")


def elements(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the configuration of everything in *body* by address, such as `aws_sqs_queue.dead`."""
    return dict(_elements(body))


def _elements(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, content in body.items():
        if section in _TYPED and isinstance(content, dict):
            prefix = "" if section == "resource" else f"{section}."
            for type_, named in content.items():
                if not isinstance(named, dict):
                    yield f"{prefix}{type_}", named
                    continue
                for name, config in named.items():
                    yield f"{prefix}{type_}.{name}", config
        elif section in _NAMED and isinstance(content, dict):
            for name, config in content.items():
                yield f"{section}.{name}", config
        else:
            yield section, content


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield everything in *value* that is no object and no list, with its path (`a.b[0].c`)."""
    found: list[tuple[str, object]] = []
    _collect(value, path, found)
    return iter(found)


def _collect(value: object, path: str, found: list[tuple[str, object]]) -> None:
    """Add the leaves of *value* to *found*: a generator in each generator took a second a run."""
    if isinstance(value, dict) and value:
        for key, below in value.items():
            _collect(below, f"{path}.{key}" if path else key, found)
    elif isinstance(value, list) and value:
        for index, below in enumerate(value):
            _collect(below, f"{path}[{index}]", found)
    else:
        found.append((path, value))


def joined(path: str, key: str) -> str:
    """Return the path of *key* below *path*."""
    return f"{path}.{key}" if path else key
