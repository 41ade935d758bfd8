"""Writes zip files that have the same bytes on every machine."""

import base64
import hashlib
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_SHIPPED: Final = frozenset({".pem", ".py", ".sql"})
"""What a function needs at run time; an editor's leftovers must not change the hash."""

_MODE: Final = 0o100644 << 16
_UNIX: Final = 3


def code_zip(folder: Path, out: Path) -> str:
    """Write the code in *folder* to *out*, under the folder's own name; return the base64 SHA-256.

    The hash is what Lambda reports as the code's, and Terraform compares.
    """
    return write_zip(
        {
            f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in folder.rglob("*")
            if path.suffix in _SHIPPED and path.is_file()
        },
        out,
    )


def write_zip(contents: Mapping[str, bytes], out: Path) -> str:
    """Write *contents*, bytes by name, to *out* and return the base64 SHA-256 of the file.

    Entries are sorted, dated 1980 and stored without compression: compressed bytes depend on the
    zlib that Python was built with, and the upload is small either way.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f"{out.name}.{os.getpid()}")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            archive.writestr(entry, contents[name])
    # Renamed in one step: nobody ever reads half a file.
    partial.replace(out)
    return base64_sha256(out)


def base64_sha256(path: Path) -> str:
    """Return the SHA-256 of the file at *path* as Lambda writes it."""
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
