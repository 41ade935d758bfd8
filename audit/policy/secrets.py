"""No secret is in the code, and so in the synthesized files and the state [R3]."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from audit.address import leaves
from audit.place import texts
from audit.policy.rule import Rule, Violation, violation
from audit.reference import Reference, references
from audit.synthesized import Stack
from audit.template import parts

_SECRET_NAME: Final = re.compile(
    r"(password|passwd|passphrase|secret|token|(api|private|access|secret)_?key|credential)s?$",
    re.IGNORECASE,
)
_SECRET_ATTRIBUTES: Final = frozenset(
    {"secret_string", "secret_binary", "plaintext", "private_key_pem", "encrypted_password"}
)
_SAID_BY_ADDRESS: Final = frozenset({"value", "default", ""})
"""Attributes of outputs, variables and parameters; what they hold, the block's name says."""
_KEPT_IN_STATE: Final = ("password", "master_password", "secret_string", "admin_user_password")
_KNOWN_FORM: Final = re.compile(
    r"\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\bgh[pousr]_\w{36}|\bxox[abp]-\w{10}|://[^/\s:@]+:[^/\s:@]+@"
)
_WORD: Final = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
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
    locals_ = {f"local.{name}": value for name, value in stack.locals.items()}
    for address, config in {**stack.resolved.elements, **locals_}.items():
        yield from _literals(address, config, hashes)
    yield from _references(stack)


def _literals(address: str, config: object, hashes: frozenset[str]) -> Iterator[Violation]:
    for path, value in leaves(config):
        if not isinstance(value, str) or _HASHES.search(path):
            continue
        literal = "".join(part if isinstance(part, str) else " " for part in parts(value))
        if _is_secret(address, path) and value == literal and not _names_a_place(value):
            message = "must be a reference to a secret, not its value"
        elif _KNOWN_FORM.search(literal) or any(
            _random(word) for word in _WORD.findall(literal) if word not in hashes
        ):
            message = "must not contain what looks like a secret"
        else:
            continue
        yield Violation(where=address, path=path, message=message)


def _is_secret(address: str, path: str) -> bool:
    """Tell whether an attribute's name says that it is a secret, or that of what it is in."""
    name = path.rpartition(".")[2]
    if name in _SAID_BY_ADDRESS:
        name = address.rpartition(".")[2]
    return _SECRET_NAME.search(name) is not None


def _references(stack: Stack) -> Iterator[Violation]:
    """Yield where a secret that Terraform read is put where it is kept in the state."""
    for place, text, _ in texts(stack.elements):
        if place.path.endswith("_wo"):
            continue
        for reference in references(text):
            if _reads_secret(reference):
                message = (
                    f"must not take {reference.address}: a value that Terraform read is kept in "
                    "the state, pass its name or ARN and let the program read it"
                )
                yield Violation(where=place.address, path=place.path, message=message)


def _reads_secret(reference: Reference) -> bool:
    taken = reference.path[-1] if reference.path else ""
    parameter = reference.address.startswith("data.aws_ssm_parameter") and taken == "value"
    secret = _SECRET_NAME.search(taken) or taken in _SECRET_ATTRIBUTES
    return parameter or reference.address.startswith("ephemeral.") or bool(secret)


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
