"""The functions of Terraform's language that we can work out ourselves."""

import ipaddress
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final


def _cidrsubnet(prefix: str, bits: int, number: int) -> str:
    network = ipaddress.ip_network(prefix)
    size = network.max_prefixlen - network.prefixlen - bits
    start = int(network.network_address) + (number << size)
    return f"{ipaddress.ip_address(start)}/{network.prefixlen + bits}"


def _jsonencode(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _concat(*lists: Sequence[Any]) -> list[Any]:
    return [item for items in lists for item in items]


def _merge(*maps: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for map_ in maps for key, value in map_.items()}


FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "abs": abs,
    "cidrsubnet": _cidrsubnet,
    "coalesce": lambda *values: next(v for v in values if v not in (None, "")),
    "concat": _concat,
    "contains": lambda items, item: item in items,
    "distinct": lambda items: list(dict.fromkeys(items)),
    "element": lambda items, index: items[index % len(items)],
    "endswith": lambda text, end: text.endswith(end),
    "flatten": lambda items: _concat(*items),
    "join": lambda separator, items: separator.join(items),
    "jsonencode": _jsonencode,
    "keys": sorted,
    "length": len,
    "lower": lambda text: text.lower(),
    "lookup": lambda map_, key, default: map_.get(key, default),
    "max": max,
    "merge": _merge,
    "min": min,
    "range": lambda *bounds: list(range(*bounds)),
    "slice": lambda items, start, end: items[start:end],
    "split": lambda separator, text: text.split(separator),
    "startswith": lambda text, start: text.startswith(start),
    "toset": lambda items: sorted(set(items)),
    "tolist": list,
    "tonumber": lambda value: float(value) if "." in str(value) else int(value),
    "tostring": lambda value: value if isinstance(value, str) else json.dumps(value),
    "upper": lambda text: text.upper(),
}
"""By name; each does what Terraform's does for the arguments our stacks give it."""
