"""Whom a policy lets in without saying who: everybody, services for anybody, outside identities.

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from audit.iam.condition import Condition
from audit.iam.document import Document
from audit.iam.narrowing import narrows
from audit.iam.place import Role
from audit.iam.statement import Principal, Statement
from audit.iam.wildcard import is_open, tokens
from audit.template import has_expression

SENDS_NO_SOURCE: Final[Mapping[str, str]] = {
    "logdelivery.elasticloadbalancing.amazonaws.com": (
        "Elastic Load Balancing writes below AWSLogs/<account> alone: "
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
        "enable-access-logging.html"
    ),
}
"""Services whose policies in AWS's own documentation have no condition, with the reason."""
_FIXED_AUDIENCE: Final = ("cognito-identity.amazonaws.com", "accounts.google.com", "saml")
"""Providers where the audience is one's own application, and says enough."""
_SEGMENTS: Final = 2
_UNIQUE_ID: Final = re.compile(r"A(ID|RO|GP|KI|SI|NP|SC)A[A-Z0-9]{12,}")


def unnamed(document: Document, statement: Statement) -> Iterator[str]:
    """Yield what is wrong with whom an allowing *statement* lets in."""
    if "NotPrincipal" in statement.elements:
        yield "must name who is allowed, allows everybody but some (NotPrincipal)"
    named = any(map(narrows, statement.conditions))
    for principal in statement.principals:
        if principal.is_everybody and not named:
            yield "must not allow everybody without a condition that says who"
        elif principal.kind == "AWS" and not principal.is_everybody:
            yield from _of_aws(principal)
        elif principal.kind == "Federated":
            yield from _federated(principal, statement)
        elif principal.kind == "Service":
            yield from _service(principal, document, named=named)


def _of_aws(principal: Principal) -> Iterator[str]:
    if has_expression(principal.name) and "${aws_" not in principal.name:
        yield f"must name a principal that is known, got {principal.name}"
    elif is_open(principal.name):
        yield f"must name a principal without wildcards, got {principal.name}"
    elif _UNIQUE_ID.fullmatch(principal.name):
        yield f"must name a principal by its ARN, got the id {principal.name}"


def _service(principal: Principal, document: Document, *, named: bool) -> Iterator[str]:
    """Yield it where it acts for whoever asks; a role is passed to it by its account alone."""
    if is_open(principal.name) or has_expression(principal.name):
        yield f"must name one service, got {principal.name}"
    elif document.role is Role.RESOURCE and not named and principal.name not in SENDS_NO_SOURCE:
        yield f"must say for which account or resource {principal.name} is allowed, does not"


def _federated(principal: Principal, statement: Statement) -> Iterator[str]:
    """Yield a provider that vouches for all its users: the subject must say which."""
    provider = principal.name.rpartition("oidc-provider/")[2].lower()
    host = "saml" if ":saml-provider/" in provider else provider
    asked = [c for c in statement.conditions if c.names_values and c.key.startswith(f"{host}:")]
    by_subject = any(c.key == f"{host}:sub" and _says_which(c) for c in asked)
    by_audience = host in _FIXED_AUDIENCE and any(
        c.key == f"{host}:aud" and not any(map(is_open, c.values)) for c in asked
    )
    if not (by_subject or by_audience):
        yield f"must say which users of {principal.name} are allowed (sub, aud), does not"


def _says_which(condition: Condition) -> bool:
    """Tell whether each subject is fixed at least as far as `repo:owner/`."""
    return bool(condition.values) and all(
        not is_open(value)
        or (
            condition.has_patterns
            and len(re.findall(r"[^:/]+[:/]", _literal_start(value))) >= _SEGMENTS
        )
        for value in condition.values
    )


def _literal_start(value: str) -> str:
    start = ""
    for token in tokens(value):
        if not isinstance(token, str):
            break
        start += token
    return start
