"""Which archives a stack uploads, and the hashes that its code says they have."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from audit.errors import SynthesisReadError
from audit.finding import Finding
from audit.synthesized import Resource, Stack
from audit.template import has_expression

RULE: Final = "archives"
_ARCHIVE: Final = re.compile(r"\$\{path\.module\}/\.\./\.\./archives/([\w-]+\.zip)")
_CODE: Final = frozenset({"aws_lambda_function", "aws_lambda_layer_version"})
_FROM_ELSEWHERE: Final = {
    "aws_lambda_function": ("s3_bucket", "s3_key", "s3_object_version", "image_uri"),
    "aws_lambda_layer_version": ("s3_bucket", "s3_key", "s3_object_version"),
    "aws_s3_object": ("source",),
}
"""Attributes that take code or content from a place that no check reads."""


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


def function_archives(stacks: Iterable[Stack]) -> frozenset[str]:
    """Return the names of the archives that functions run."""
    paths = (
        str(function.config.get("filename", ""))
        for stack in stacks
        for function in stack.resources("aws_lambda_function")
    )
    return frozenset(path.rpartition("/")[2] for path in paths)


def telling_variables(stacks: Iterable[Stack]) -> frozenset[str]:
    """Return the environment variables of functions whose values are no literals."""
    return frozenset(
        name
        for stack in stacks
        for function in stack.resources("aws_lambda_function")
        for name, value in _variables(function).items()
        if not isinstance(value, str) or has_expression(value)
    )


def _variables(function: Resource) -> Mapping[str, object]:
    block = function.config.get("environment") or {}
    first = block[0] if isinstance(block, list) else block
    variables = first.get("variables") if isinstance(first, dict) else None
    return variables if isinstance(variables, dict) else {}


def archive_findings(stacks: Mapping[str, Stack], hashes: Mapping[str, str]) -> Iterator[Finding]:
    """Yield where code is not an archive with the hash that its stack says.

    *hashes* are those of the archives on the disk, in base64, by the file's name.
    """
    for stack in stacks.values():
        for resource in stack.resources(*_CODE, *_FROM_ELSEWHERE):
            for path, message in _problems(resource, hashes):
                yield Finding(
                    rule=RULE, where=resource.address, path=path, message=f"{stack.name}: {message}"
                )


def _problems(resource: Resource, hashes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for attribute in _FROM_ELSEWHERE.get(resource.type, ()):
        if attribute in resource.config:
            yield attribute, "must not be set: no check reads what is stored there"
    if resource.type not in _CODE:
        return
    filename = str(resource.config.get("filename", "nothing"))
    found = _ARCHIVE.fullmatch(filename)
    if not found:
        yield "filename", f"must be an archive beside the stacks, is {filename}"
        return
    said, there = resource.config.get("source_code_hash"), hashes.get(found.group(1))
    if said != there:
        message = f"must be the SHA-256 of {found.group(1)}, which is {there or 'not there'}"
        yield "source_code_hash", f"{message}, is {said}"
