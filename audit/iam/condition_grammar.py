"""What IAM refuses in a condition, or never finds in a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

import datetime as dt
import ipaddress
import re
from collections.abc import Callable, Iterator
from typing import Final

from audit.iam.arn import Arn
from audit.iam.condition import Condition
from audit.iam.wildcard import is_everything, is_open
from audit.template import has_expression

_KEY: Final = re.compile(r"[a-z0-9.-]+(/[\w.:-]+)*:[\w.:/+=@*-]+|\$\{[^}]*\}")
_KEYS: Final = """
    aws:assumedroot aws:calledvia aws:calledviafirst aws:calledvialast aws:calledviaawsmcp
    aws:chatbotsourcearn aws:currenttime aws:ec2instancesourceprivateipv4 aws:ec2instancesourcevpc
    aws:epochtime aws:federatedprovider aws:ismcpserviceaction aws:multifactorauthage
    aws:multifactorauthpresent aws:principalaccount aws:principalarn aws:principalisawsservice
    aws:principalorgid aws:principalorgpaths aws:principalservicename
    aws:principalservicenameslist aws:principaltype aws:referer aws:requestedregion
    aws:resourceaccount aws:resourceorgid aws:resourceorgpaths aws:securetransport
    aws:signinsessionarn aws:sourceaccount aws:sourcearn aws:sourceidentity aws:sourceip
    aws:sourceorgid aws:sourceorgpaths aws:sourceowner aws:sourcevpc aws:sourcevpcarn
    aws:sourcevpce aws:tagkeys aws:tokenissuetime aws:useragent aws:userid aws:username
    aws:viaawsmcpservice aws:viaawsservice aws:vpceaccount aws:vpceorgid aws:vpceorgpaths
    aws:vpcsourceip
    """
_GLOBAL: Final = frozenset(_KEYS.split())
"""The keys of every request, in lower case."""
_TAGS: Final = ("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/")


def condition_problems(condition: Condition) -> Iterator[str]:
    """Yield what is wrong with the form of *condition*."""
    where = f"Condition {condition.operator} of {condition.key}"
    if not condition.is_known:
        yield f"{where} must have an operator of IAM"
        return
    if not _KEY.fullmatch(condition.key):
        yield f"{where} must have a key such as aws:SourceArn"
    elif condition.key.startswith("aws:") and not (
        condition.key in _GLOBAL or condition.key.startswith(_TAGS)
    ):
        yield f"{where} must have a key that AWS knows, this one is in no request"
    if not condition.values:
        yield f"{where} must have a value, has none"
    if condition.operator == "Null" and condition.if_exists:
        yield f"{where} must not have IfExists"
    wanted = next((w for start, w in _VALUES if condition.operator.startswith(start)), None)
    for value in condition.values:
        if wanted and not has_expression(value) and not _is(wanted, value):
            yield f"{where} must have a value of its type, has {value}"


def _is(wanted: Callable[[str], object], value: str) -> bool:
    try:
        wanted(value)
    except ValueError:
        return False
    return True


def _truth(value: str) -> None:
    if value.lower() not in ("true", "false"):
        raise ValueError(value)


def _arn(value: str) -> None:
    if not is_everything(value):
        arn = Arn.parse(value)
        if arn.problems() and not is_open(arn.service):
            raise ValueError(value)


def _date(value: str) -> None:
    if not value.isdigit():
        dt.datetime.fromisoformat(value)


def _network(value: str) -> None:
    ipaddress.ip_network(value, strict=False)


_VALUES: Final[tuple[tuple[str, Callable[[str], object]], ...]] = (
    ("Arn", _arn),
    ("Bool", _truth),
    ("Date", _date),
    ("IpAddress", _network),
    ("NotIpAddress", _network),
    ("Null", _truth),
    ("Numeric", float),
)
"""What the values of an operator must be, by how it begins."""
