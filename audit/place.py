"""One attribute of something in a body, and what kind of attribute it is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from attrs import frozen

from audit.address import joined

_INDEX: Final = re.compile(r"\[\d+\]")
_NAMED: Final = frozenset({"output", "variable", "provider"})


@frozen(order=True)
class Place:
    """One attribute of something in the body."""

    address: str
    path: str

    def __str__(self) -> str:
        """Return it as `aws_lambda_function.process.memory_size`."""
        return f"{self.address}.{self.path}" if self.path else self.address

    @property
    def kind(self) -> str:
        """The type and the attribute, without indices: `aws_sqs_queue.policy`, `output.x.value`."""
        first, *more = self.address.split(".")
        if first not in _NAMED:
            more = more[:-1]
        path = _INDEX.sub("", self.path).strip(".")
        return ".".join([first, *more, *([path] if path else [])])

    def is_one_of(self, patterns: Iterable[str]) -> bool:
        """Tell whether its kind matches one of *patterns*."""
        kind = self.kind
        return any(fnmatchcase(kind, pattern) for pattern in patterns)


def texts(elements: Mapping[str, Any]) -> Iterator[tuple[Place, str, bool]]:
    """Yield every text that may hold expressions, and whether it is a key."""
    for address, config in elements.items():
        for path, text, is_key in _texts(config, ""):
            yield Place(address, path), text, is_key


def _texts(value: object, path: str) -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, str):
        if "{" in value:
            yield path, value, False
    elif isinstance(value, dict):
        for key, below in value.items():
            if "{" in key:
                yield path, key, True
            yield from _texts(below, joined(path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _texts(below, f"{path}[{index}]")
