"""Builds a slim package: the assembly cut down to the used submodules."""

import __future__

import importlib.util
import io
import json
import marshal
import shutil
import tarfile
from pathlib import Path

from slim_provider.cache import bytecode
from slim_provider.document import Document
from slim_provider.installed import InstalledProvider
from slim_provider.kernel import copy_kernel

_UNCHECKED_HASH = (1).to_bytes(4, "little")  # Of a .pyc file's header, see PEP 552.

# Attributes of the package import themselves, as in the installed one, but when asked for.
_INIT = '''\
"""Made by slim_provider; see there."""

import importlib as _importlib


def __getattr__(name: str) -> object:
    try:
        return _importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
'''

# What is not in the slim package is looked up in the full one (see finder.py), file by file.
_INDEX = """\
"use strict";
const scripts = %(scripts)s;
const kept = new Set(%(kept)s);
const find = (_, name) =>
  typeof name === "string" && Object.hasOwn(scripts, name)
    ? require((kept.has(name) ? "../" : "%(assembly)s-full/") + scripts[name])
    : undefined;
module.exports = new Proxy({}, { get: find });
"""


def build(installed: InstalledProvider, used: frozenset[str], folder: Path) -> None:
    """Write the slim package for *used* into *folder*.

    Raises:
        ValueError: The assembly is not as expected.

    """
    document, members = _read(installed, {installed.namespace(name) for name in used})
    index = _INDEX % {
        "assembly": installed.assembly_name,
        "kept": json.dumps(sorted(document.namespaces())),
        "scripts": json.dumps(document.scripts()),
    }
    members["package/lib/index.js"] = index.encode()
    members["package/.jsii"] = document.to_bytes()
    (folder / "__init__.py").write_text(_INIT, encoding="utf-8")
    for submodule in used:
        _compile(installed.folder / submodule / "__init__.py", bytecode(folder, submodule))
    (folder / "_jsii").mkdir()
    shutil.copy(installed.folder / "_jsii" / "__init__.py", folder / "_jsii")
    with tarfile.open(folder / "_jsii" / installed.tarball.name, "w:gz", compresslevel=1) as slim:
        for name, data in sorted(members.items()):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            slim.addfile(info, io.BytesIO(data))
    copy_kernel(folder / "kernel")


def _compile(source: Path, target: Path) -> None:
    """Compile without the bindings' own argument checks, a sixth of a synthesis.

    They repeat what mypy has checked and what the jsii kernel checks again. Annotations stay
    text, as `from __future__ import annotations` has it: nothing reads them but those checks.
    """
    text = source.read_bytes()
    code = compile(
        text,
        str(source),
        "exec",
        flags=__future__.annotations.compiler_flag,
        dont_inherit=True,
        optimize=1,
    )
    header = importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + importlib.util.source_hash(text)
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(header + marshal.dumps(code))


def _read(installed: InstalledProvider, wanted: set[str]) -> tuple[Document, dict[str, bytes]]:
    """Read the document, which comes first in the tarball, and the files it makes us want."""
    members: dict[str, bytes] = {}
    with tarfile.open(installed.tarball, "r|gz") as stock:
        first = stock.next()
        content = first and first.name == "package/.jsii" and stock.extractfile(first)
        if not content:
            raise ValueError(f"{installed.tarball} does not begin with its document")
        document = Document.cut(content.read(), installed.assembly_name, wanted)
        scripts = document.scripts()
        missing = {f"package/{scripts[name]}" for name in document.namespaces()}
        missing.add("package/package.json")
        for member in stock:
            if member.name in missing and (content := stock.extractfile(member)):
                members[member.name] = _without_source_map(content.read())
                missing.remove(member.name)
            if not missing:
                return document, members
    raise ValueError(f"{installed.tarball} lacks {', '.join(sorted(missing))}")


def _without_source_map(script: bytes) -> bytes:
    """Drop the map at the end, half of each file; line numbers stay as they are."""
    return script.partition(b"\n//# sourceMappingURL=data:")[0] + b"\n"
