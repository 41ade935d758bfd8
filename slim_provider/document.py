"""The `.jsii` document of an assembly: all its types, and how to keep only some."""

import json
import re
from collections import defaultdict
from typing import Any, Self

from attrs import frozen

_UNREAD = frozenset({"docs", "locationInModule", "readme"})  # The kernel reads none of these.


@frozen
class Document:
    """The wanted part of a `.jsii` document.

    Attributes:
        assembly: The assembly's name, which every type's name starts with.

        content: The document without the other types.

    """

    assembly: str
    content: dict[str, Any]

    @classmethod
    def cut(cls, raw: bytes, assembly: str, namespaces: set[str]) -> Self:
        """Keep the types of *namespaces* and of those they refer to.

        Raises:
            ValueError: A namespace has no types.

        """
        try:
            head, types = _sliced(raw)
        except ValueError:
            head, types = _parsed(raw)
        by_namespace: dict[str, dict[str, bytes]] = defaultdict(dict)
        for fqn, declaration in types.items():
            by_namespace[_namespace(fqn, assembly)][fqn] = declaration
        mention = re.compile(rb'"' + re.escape(assembly).encode() + rb"\.(\w+)\.")
        kept: dict[str, Any] = {}
        done: set[str] = set()
        while todo := namespaces - done:
            for namespace in todo:
                if namespace not in by_namespace:
                    raise ValueError(f"{assembly} has no types in {namespace}")
                for fqn, declaration in by_namespace[namespace].items():
                    kept[fqn] = json.loads(declaration)
                    namespaces = namespaces | {
                        name.decode() for name in mention.findall(declaration)
                    }
            done |= todo
        return cls(assembly, _stripped(head | {"types": kept}))

    def namespaces(self) -> frozenset[str]:
        """Return the namespaces that have types."""
        return frozenset(_namespace(fqn, self.assembly) for fqn in self.content["types"])

    def scripts(self) -> dict[str, str]:
        """Return the JavaScript file of each submodule, kept or not, relative to the package."""
        return {
            _namespace(fqn, self.assembly): f"lib/{_source(submodule)}.js"
            for fqn, submodule in self.content["submodules"].items()
        }

    def to_bytes(self) -> bytes:
        """Write the document as jsii reads it."""
        return json.dumps(self.content, separators=(",", ":")).encode()


def _sliced(raw: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    r"""Split a document printed with an indent of two, without parsing its types.

    A line break is never inside a JSON string, so `\n    "` begins a type, and nothing else.
    Parsing all types takes seconds and 700 MB; this takes a third of a second.

    Raises:
        ValueError: It is printed in another way.

    """
    begin = raw.find(b'\n  "types": {\n')
    end = raw.find(b"\n  }", begin)
    if begin < 0 or end < 0:
        raise ValueError("The document is not indented by two")
    head = json.loads(raw[:begin] + b'"types": {}' + raw[end + len(b"\n  }") :])
    starts = list(re.compile(rb'\n    "([^"]+)": ').finditer(raw, begin, end))
    ends = [start.start() for start in starts[1:]] + [end]
    types = {
        start[1].decode(): raw[start.end() : stop].rstrip(b",\n ")
        for start, stop in zip(starts, ends, strict=True)
    }
    return head, types


def _parsed(raw: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Split a document however it is printed."""
    head: dict[str, Any] = json.loads(raw)
    types = {fqn: json.dumps(declaration).encode() for fqn, declaration in head["types"].items()}
    return head, types


def _namespace(fqn: str, assembly: str) -> str:
    return fqn.removeprefix(f"{assembly}.").partition(".")[0]


def _source(submodule: dict[str, Any]) -> str:
    """Turn `src/s3-bucket/index:` into `s3-bucket/index`."""
    path: str = submodule["symbolId"]
    return path.removeprefix("src/").removesuffix(":")


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items() if key not in _UNREAD}
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    return value
