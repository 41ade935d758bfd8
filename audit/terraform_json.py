"""Reads the documents of `terraform show -json`; fails closed on a format it does not know."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.errors import UnknownFormatError

FORMATS: Final = frozenset({"1.0", "1.1", "1.2"})
"""The formats that this version has seen; Terraform 1.11 writes 1.2 for plans, 1.0 for states."""


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
