"""No secret is in the code, and so in the synthesized files and the state [R3]."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from audit.address import leaves
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack
from audit.template import parts

_SECRET_NAME: Final = re.compile(
    r"(password|passwd|secret|token|api_?key|private_?key|credential)s?$", re.IGNORECASE
)
_KEPT_IN_STATE: Final = ("password", "master_password", "secret_string", "admin_user_password")
_KNOWN_FORM: Final = re.compile(
    r"\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\bgh[pousr]_\w{36}|\bxox[abp]-\w{10}|://[^/\s:@]+:[^/\s:@]+@"
)
_WORD: Final = re.compile(r"[A-Za-z0-9+/=_-]{24,}")
_HASHES: Final = re.compile(
    r"^depends_on|hash|sha\d*|digest|etag|md5|checksum|triggers", re.IGNORECASE
)
_BITS_PER_CHARACTER: Final = 4.3


def _check(stack: Stack) -> Iterator[Violation]:
    hashes = frozenset(
        str(function.config.get("source_code_hash"))
        for function in stack.resources("aws_lambda_function", "aws_lambda_layer_version")
    )
    for resource in stack.resolved.resources():
        for attribute in _KEPT_IN_STATE:
            if resource.config.get(attribute):
                message = f"must be {attribute}_wo: anything else is kept in the state"
                yield violation(resource, attribute, message)
        if resource.config.get("type") == "SecureString" and resource.config.get("value"):
            yield violation(resource, "value", "must be value_wo: a value is kept in the state")
        yield from _literals(resource, hashes)


def _literals(resource: Resource, hashes: frozenset[str]) -> Iterator[Violation]:
    for path, value in leaves(resource.config):
        if not isinstance(value, str) or _HASHES.search(path):
            continue
        literal = "".join(part if isinstance(part, str) else " " for part in parts(value))
        name = path.rpartition(".")[2]
        if _SECRET_NAME.search(name) and value == literal and not _names_a_place(value):
            yield violation(resource, path, "must be a reference to a secret, not its value")
        elif _KNOWN_FORM.search(literal) or any(
            _random(word) for word in _WORD.findall(literal) if word not in hashes
        ):
            yield violation(resource, path, "must not contain what looks like a secret")


def _names_a_place(value: str) -> bool:
    return not value or value.startswith(("/", "arn:")) or value in ("true", "false")


def _random(word: str) -> bool:
    """Tell whether a word has letters in both cases, digits, and no order."""
    mixed = all(re.search(kind, word) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    counts = Counter(word).values()
    bits = -sum(count / len(word) * math.log2(count / len(word)) for count in counts)
    return mixed and bits > _BITS_PER_CHARACTER


RULE: Final = Rule(
    id="secrets",
    title="Secrets are referred to, never written down",
    why="Synthesized files and states are read by many more people than secrets may be.",
    source_url="https://developer.hashicorp.com/terraform/language/manage-sensitive-data",
    pci_dss=("8.6.2",),
    suppressible=False,
    check=_check,
)
