"""ARNs as IAM's grammar has them, wildcards included.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import re
from typing import Final, Self

from attrs import frozen

from audit.iam.template_json import escaped, with_variables_escaped
from audit.iam.wildcard import Wild, is_everything, is_open, overlaps, tokens
from audit.template import Expression, parts

PARTITIONS: Final = (
    "aws",
    "aws-cn",
    "aws-us-gov",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "aws-eusc",
)
_FIELDS: Final = 6
_VARIABLE: Final = re.compile(r"(\$\{[^{}]*\})")
_SERVICE: Final = re.compile(r"[a-z0-9-]+")
_REGION: Final = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d+")
_ACCOUNTS: Final = re.compile(r"(?<![0-9A-Za-z_.])\d{12}(?![0-9A-Za-z_])")
_UUID: Final = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_ACCOUNT: Final = re.compile(r"\d{12}|aws")
_WITHOUT_ACCOUNT: Final = frozenset({"s3", "apigateway", "route53", "cloudfront"})
"""Services whose ARNs leave the account empty, or may."""
_WITHOUT_REGION: Final = _WITHOUT_ACCOUNT | {
    "iam",
    "sts",
    "organizations",
    "waf",
    "globalaccelerator",
    "health",
    "support",
    "budgets",
    "artifact",
    "account",
    "ce",
    "chatbot",
    "shield",
    "networkmanager",
}


@frozen(kw_only=True)
class Arn:
    """One ARN or a pattern of ARNs, in its six parts."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take *text* apart.

        Raises:
            ValueError: When it has not the six parts of an ARN.
        """
        fields = _fields(text)
        if len(fields) != _FIELDS or fields[0] != "arn":
            raise ValueError(f"must be arn:partition:service:region:account:resource, got {text}")
        return cls(
            partition=fields[1],
            service=fields[2],
            region=fields[3],
            account=fields[4],
            resource=fields[5],
        )

    def __str__(self) -> str:
        fields = (self.partition, self.service, self.region, self.account, self.resource)
        return ":".join(("arn", *fields))

    @property
    def names_an_account(self) -> bool:
        """Whether it says in which one account its resource is."""
        return not is_open(self.account) and (
            bool(self.account) or self.service in _WITHOUT_ACCOUNT
        )

    @property
    def names_a_region(self) -> bool:
        """Whether it says in which one region its resource is."""
        return not is_open(self.region) and (bool(self.region) or self.service in _WITHOUT_REGION)

    @property
    def kind(self) -> str:
        """What its resource is of, such as `table` or `log-group`; empty where it says nothing."""
        return re.split(r"[:/]", self.resource, maxsplit=1)[0] if self._has_kind else ""

    @property
    def name(self) -> str:
        """What is left of its resource without the kind."""
        return re.split(r"[:/]", self.resource, maxsplit=1)[1] if self._has_kind else self.resource

    @property
    def is_every_one_of_its_kind(self) -> bool:
        """Whether nothing narrows its resource but the kind: `table/*`, `*`, `**/*`."""
        first = re.split(r"[:/]", self.name, maxsplit=1)[0]
        return is_everything(first) or (is_everything(self.name) or self.name == "")

    @property
    def _has_kind(self) -> bool:
        return self.service != "s3" and bool(re.match(r"[a-z][a-z-]*[:/]", self.resource))

    def problems(self) -> tuple[str, ...]:
        """Return what IAM refuses in it, or never matches, when it stands in a policy."""
        found = []
        if not any(overlaps(self.partition, known) for known in PARTITIONS):
            found.append(f"must be of a partition of AWS, got {self.partition}")
        if self.service in ("*", ""):
            found.append(f"must name one service, got {self.service or 'nothing'}")
        elif not _SERVICE.fullmatch(self.service):
            found.append(f"must name one service without wildcards, got {self.service}")
        if self.region and not is_open(self.region) and not _is(self.region, _REGION):
            found.append(f"must be of a region, got {self.region}")
        if self.account and not is_open(self.account) and not _is(self.account, _ACCOUNT):
            found.append(f"must be of an account of 12 digits, got {self.account}")
        if not self.resource:
            found.append("must name a resource, got none")
        return tuple(found)


def accounts(text: str) -> tuple[str, ...]:
    """Return the account numbers in *text*: in ARNs, in names of buckets, or bare."""
    return tuple(_ACCOUNTS.findall(_UUID.sub("", text)))


def _is(field: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether *field* is as *pattern* says; an expression may be."""
    return bool(pattern.fullmatch(field)) or any(
        not isinstance(token, str | Wild) for token in tokens(field)
    )


def _fields(text: str) -> list[str]:
    """Split *text* at the first colons that stand outside of expressions and variables."""
    fields = [""]
    for part in parts(with_variables_escaped(text)):
        whole = [str(part)] if isinstance(part, Expression) else _VARIABLE.split(part)
        for index, piece in enumerate(whole):
            if isinstance(part, Expression) or index % 2:
                fields[-1] += piece if isinstance(part, Expression) else escaped(piece)
                continue
            first, *others = piece.split(":", _FIELDS - len(fields))
            fields[-1] += first
            fields += others
    return fields
