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
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from leaves(below, joined(path, key))
    elif isinstance(value, list) and value:
        for index, below in enumerate(value):
            yield from leaves(below, f"{path}[{index}]")
    else:
        yield path, value


def joined(path: str, key: str) -> str:
    """Return the path of *key* below *path*."""
    return f"{path}.{key}" if path else key
