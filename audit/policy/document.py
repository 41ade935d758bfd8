"""Reads the IAM policies of a stack, whose JSON may hold expressions."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from audit.synthesized import Resource, Stack
from audit.template import Expression, parts

ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_api_gateway_rest_api": ("policy",),
    "aws_api_gateway_rest_api_policy": ("policy",),
    "aws_dynamodb_resource_policy": ("policy",),
    "aws_ecr_repository_policy": ("policy",),
    "aws_iam_policy": ("policy",),
    "aws_iam_role": ("assume_role_policy",),
    "aws_iam_role_policy": ("policy",),
    "aws_kms_key": ("policy",),
    "aws_kms_key_policy": ("policy",),
    "aws_s3_bucket_policy": ("policy",),
    "aws_secretsmanager_secret_policy": ("policy",),
    "aws_sns_topic": ("policy",),
    "aws_sns_topic_policy": ("policy",),
    "aws_sqs_queue": ("policy",),
    "aws_sqs_queue_policy": ("policy",),
    "aws_vpc_endpoint": ("policy",),
}
"""Where policies are; those of identities and those of resources."""
IDENTITY: Final = frozenset({"aws_iam_policy", "aws_iam_role_policy"})
"""Whose policies say what a role may do; the others say who may."""


@frozen(kw_only=True)
class Statement:
    """One statement of a policy; what may be one or many is always many."""

    allows: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    principals: tuple[str, ...]
    conditions: Mapping[str, Any]
    everything_but: bool

    @classmethod
    def of(cls, block: Mapping[str, Any]) -> "Statement":
        """Read one statement."""
        return cls(
            allows=block.get("Effect") != "Deny",
            actions=_many(block.get("Action", block.get("NotAction"))),
            resources=_many(block.get("Resource", block.get("NotResource"))),
            principals=_many(block.get("Principal", block.get("NotPrincipal"))),
            conditions=block.get("Condition") or {},
            everything_but=any(
                key in block for key in ("NotAction", "NotResource", "NotPrincipal")
            ),
        )

    def denies_plain_http(self) -> bool:
        """Tell whether it denies everybody every request without TLS."""
        secure = self.conditions.get("Bool", {}).get("aws:SecureTransport")
        return (
            not self.allows
            and "*" in self.principals
            and str(secure).lower() == "false"
            and list(self.conditions) == ["Bool"]
        )


@frozen(kw_only=True)
class Document:
    """One policy; *statements* is None where it cannot be read before Terraform runs."""

    resource: Resource
    path: str
    statements: tuple[Statement, ...] | None

    @property
    def readable(self) -> tuple[Statement, ...]:
        """The statements; none where they cannot be read, which a rule of its own reports."""
        return self.statements or ()


def documents(stack: Stack, *types: str) -> Iterator[Document]:
    """Yield the policies of *stack*, of all types that have one or of *types*."""
    for resource in stack.resolved.resources(*(types or ATTRIBUTES)):
        for path in ATTRIBUTES.get(resource.type, ()):
            policy = resource.config.get(path)
            if policy:
                yield Document(resource=resource, path=path, statements=statements(policy))


def statements(policy: object) -> tuple[Statement, ...] | None:
    """Return the statements of a policy's JSON, None where there is no reading it."""
    if not isinstance(policy, str):
        return None
    try:
        document = parsed(policy)
        found = document["Statement"] if isinstance(document, dict) else None
        return tuple(Statement.of(block) for block in _items(found))
    except (ValueError, KeyError, AttributeError, TypeError):
        return None


def parsed(text: str) -> object:
    """Return the JSON in *text*; an expression stands for what it will be.

    Raises:
        ValueError: When what is around the expressions is no JSON.
    """
    masked: list[str] = []
    expressions: list[str] = []
    quoted = False
    for part in parts(text):
        if isinstance(part, Expression):
            mark = f"@expression:{len(expressions)}@"
            expressions.append(str(part))
            masked.append(mark if quoted else f'"{mark}"')
        else:
            masked.append(part)
            quoted ^= (part.count('"') - part.count('\\"')) % 2 == 1
    return _restored(json.loads("".join(masked)), expressions)


def _restored(value: object, expressions: list[str]) -> object:
    if isinstance(value, dict):
        return {
            str(_restored(key, expressions)): _restored(below, expressions)
            for key, below in value.items()
        }
    if isinstance(value, list):
        return [_restored(below, expressions) for below in value]
    if isinstance(value, str):
        for number, expression in enumerate(expressions):
            value = value.replace(f"@expression:{number}@", expression)
    return value


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _many(value: object) -> tuple[str, ...]:
    if isinstance(value, dict):
        return tuple(text for below in value.values() for text in _many(below))
    return () if value is None else tuple(map(str, _items(value)))
