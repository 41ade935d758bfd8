"""Reads the documents of `terraform show -json`; fails closed on a format it does not know."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.errors import UnknownFormatError

FORMATS: Final = frozenset({"1.0", "1.1", "1.2"})
"""The formats that this version has seen; Terraform 1.11 writes 1.2 for plans, 1.0 for states."""

UNKNOWN: Final = "(known after apply)"
"""What stands for a value that a plan does not know yet."""


def known(document: object, what: str) -> Mapping[str, Any]:
    """Return *document* when its format is known.

    Raises:
        UnknownFormatError: When it is not, or is no document of Terraform at all.
    """
    if not isinstance(document, dict):
        raise UnknownFormatError(f"{what}: must be a JSON object, is {type(document).__name__}")
    version = document.get("format_version")
    if version not in FORMATS:
        formats = ", ".join(sorted(FORMATS))
        raise UnknownFormatError(f"{what}: format_version must be one of {formats}, is {version!r}")
    return document


def instances(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the resources of a module and of the modules below it."""
    yield from module.get("resources", ())
    for below in module.get("child_modules", ()):
        yield from instances(below)


def block_address(instance: Mapping[str, Any]) -> str:
    """Return the address of the block an instance came from: without the index."""
    prefix = "data." if instance.get("mode") == "data" else ""
    return f"{prefix}{instance['type']}.{instance['name']}"


def marked(values: object, unknown: object) -> Any:
    """Return *values* with `UNKNOWN` wherever the mask *unknown* says so."""
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict) and isinstance(values, dict):
        return {
            key: marked(values.get(key), unknown.get(key, False))
            for key in [*values, *(k for k in unknown if k not in values)]
            if key in values or masks(unknown[key])
        }
    if isinstance(unknown, list) and isinstance(values, list) and len(unknown) == len(values):
        return [marked(v, u) for v, u in zip(values, unknown, strict=True)]
    return values


def masks(mask: object) -> bool:
    """Tell whether a mask of Terraform's hides anything; `[{}]` hides nothing."""
    if isinstance(mask, dict):
        return any(masks(below) for below in mask.values())
    if isinstance(mask, list):
        return any(masks(below) for below in mask)
    return mask is True
