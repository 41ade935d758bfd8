"""Tells whether conditions leave, of everybody, only callers that somebody named.

By the meaning of "public" in Amazon S3, applied to every service:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
"""

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from audit.iam.arn import Arn
from audit.iam.condition import Condition
from audit.iam.wildcard import Atom, Wild, is_open, tokens

WIDEST_IPV4: Final = 8
WIDEST_IPV6: Final = 32
"""The shortest prefixes of networks that count as somebody's."""
_OWN: Final = re.compile(r"\$\{aws_\w+\.[\w-]+(\[[^\]]*\])?\.\w+\}")
"""An attribute of a resource of the same stack."""


def narrows(condition: Condition) -> bool:
    """Tell whether *condition* leaves only callers that its values name."""
    named = _KEYS.get(condition.key, _encryption_context(condition.key))
    if named is None or not condition.names_values or not condition.values:
        return False
    if condition.key == "aws:sourceip":
        return condition.operator == "IpAddress" and somebodys(condition.values)
    return all(named(value) for value in condition.values)


def somebodys(networks: Iterable[str]) -> bool:
    """Tell whether *networks* are not, alone or together, wide enough to be everybody's."""
    try:
        parsed = [ipaddress.ip_network(network, strict=False) for network in networks]
    except ValueError:
        return False
    return all(
        network.prefixlen >= (WIDEST_IPV4 if network.version == 4 else WIDEST_IPV6)  # noqa: PLR2004 - the two versions
        or network.is_private
        for network in _merged(parsed)
    )


def _merged(
    networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network],
) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    four = [network for network in networks if isinstance(network, ipaddress.IPv4Network)]
    six = [network for network in networks if isinstance(network, ipaddress.IPv6Network)]
    return [*ipaddress.collapse_addresses(four), *ipaddress.collapse_addresses(six)]


def is_own(value: str) -> bool:
    """Tell whether *value* is an attribute of a resource of the same stack, and no more."""
    return bool(_OWN.fullmatch(value))


def is_known(value: str) -> bool:
    """Tell whether *value* holds no expressions but attributes of resources of the same stack."""
    return all(is_own(token.source) for token in tokens(value) if isinstance(token, Atom))


def _account(value: str) -> bool:
    return bool(re.fullmatch(r"\d{12}", value)) or is_own(value)


def _arn(value: str) -> bool:
    """Tell whether an ARN says whose it is: the account, or a bucket, whose name is unique."""
    if is_own(value):
        return True
    try:
        arn = Arn.parse(value)
    except ValueError:
        return bool(tokens(value)) and isinstance(tokens(value)[0], Atom) and is_own_prefix(value)
    if arn.service == "s3" and not arn.account:
        return not is_open(arn.resource.split("/")[0])
    of_one = bool(re.fullmatch(r"\d{12}", arn.account)) or is_own(arn.account)
    return of_one and not is_open(arn.service)


def is_own_prefix(value: str) -> bool:
    """Tell whether *value* begins with an attribute of a resource of the same stack."""
    return bool(_OWN.match(value))


def _organization(value: str) -> bool:
    return bool(re.fullmatch(r"o-[a-z0-9]{10,32}", value))


def _path(value: str) -> bool:
    return _organization(value.split("/", maxsplit=1)[0]) and "/" in value


def _identifier(prefix: str) -> Callable[[str], bool]:
    def named(value: str) -> bool:
        return is_own(value) or (value.startswith(prefix) and not is_open(value))

    return named


def _user(value: str) -> bool:
    """Tell whether a user id names one: a role's is `AROA…:session`, and sessions are open."""
    first = tokens(value.split(":", maxsplit=1)[0])
    return bool(first) and not any(isinstance(token, Wild | Atom) for token in first)


def _fixed(value: str) -> bool:
    return (
        bool(value)
        and not is_open(value)
        and not any(isinstance(token, Atom) for token in tokens(value))
    )


def _encryption_context(key: str) -> Callable[[str], bool] | None:
    """Return what names a caller in KMS: the ARN that a service encrypts for."""
    return _arn if key.startswith("kms:encryptioncontext:aws:") else None


_KEYS: Final[Mapping[str, Callable[[str], bool]]] = {
    "aws:principalaccount": _account,
    "aws:principalarn": _arn,
    "aws:principalorgid": _organization,
    "aws:principalorgpaths": _path,
    "aws:sourceaccount": _account,
    "aws:sourcearn": _arn,
    "aws:sourceip": _fixed,
    "aws:sourceorgid": _organization,
    "aws:sourceorgpaths": _path,
    "aws:sourceowner": _account,
    "aws:sourcevpc": _identifier("vpc-"),
    "aws:sourcevpce": _identifier("vpce-"),
    "aws:userid": _user,
    "aws:username": _fixed,
    "kms:calleraccount": _account,
    "lambda:functionurlauthtype": lambda value: value == "AWS_IAM",
    "s3:dataaccesspointaccount": _account,
    "s3:dataaccesspointarn": _arn,
    "s3:accesspointnetworkorigin": lambda _: False,
}
"""Keys that AWS sets from who calls or from where, and what a value must be to name somebody."""
