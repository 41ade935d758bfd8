"""Which submodules of a provider a program's files name."""

import ast
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path


def used_submodules(packages: Iterable[Path], provider: str) -> frozenset[str]:
    """Return the first name below *provider* in every import, dotted use and string.

    Names that are no submodule may be among them. Code is read, never run; a file that is
    no Python uses nothing, and whoever imports it hears about it from Python.

    Raises:
        FileNotFoundError: A package does not exist.

    """
    found: set[str] = set()
    for file in _files(packages):
        text = file.read_bytes()
        if provider.encode() in text:
            with suppress(SyntaxError, ValueError):
                found.update(_names(ast.parse(text, filename=str(file)), provider))
    return frozenset(found)


def _files(packages: Iterable[Path]) -> Iterator[Path]:
    for package in packages:
        if not package.exists():
            raise FileNotFoundError(f"{package} does not exist")
        yield from sorted(package.rglob("*.py")) if package.is_dir() else [package]


def _names(tree: ast.Module, provider: str) -> Iterator[str]:
    """Find names in one file.

    `import provider as aws` makes `aws` a second name of the package, so `aws.s3_bucket`
    counts as well as `provider.s3_bucket`.
    """
    dotted = re.compile(rf"\b{re.escape(provider)}\.(\w+)")
    aliases = {provider}
    attributes: list[tuple[str, str]] = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=module, level=0) if module == provider:
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield from dotted.findall(module)
            case ast.Import():
                for alias in node.names:
                    yield from dotted.findall(alias.name)
                    if alias.name == provider and alias.asname:
                        aliases.add(alias.asname)
            case ast.Constant(value=str(value)):  # importlib.import_module("…")
                yield from dotted.findall(value)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                attributes.append((name, attribute))
    yield from (attribute for name, attribute in attributes if name in aliases)
