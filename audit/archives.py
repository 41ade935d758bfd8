"""Which archives a stack uploads, and the hashes that its code says they have."""

import base64
import hashlib
from pathlib import Path

from audit.errors import SynthesisReadError
from audit.synthesized import Stack


def archive_hashes(stack: Stack) -> dict[str, str]:
    """Return the SHA-256 of each archive that *stack* uploads, in base64, by the file's name.

    Raises:
        SynthesisReadError: When an archive has no hash, or two.
    """
    found: dict[str, str] = {}
    for resource in stack.resources():
        path = resource.config.get("filename")
        if not isinstance(path, str):
            continue
        name, wanted = path.rpartition("/")[2], resource.config.get("source_code_hash")
        if not isinstance(wanted, str) or found.setdefault(name, wanted) != wanted:
            raise SynthesisReadError(
                f"{stack.name}: {resource.address}.source_code_hash must be the hash of {name}, "
                f"is {wanted!r}"
            )
    return found


def base64_sha256(file: Path) -> str:
    """Return the SHA-256 of *file* as Lambda writes it."""
    return base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
