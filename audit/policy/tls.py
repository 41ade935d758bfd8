"""Everything in transit is encrypted [K2]."""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from audit.iam.document import Document, documents
from audit.iam.own_arn import Home, arn_of
from audit.iam.statement import Statement
from audit.policy.companion import belongs_to
from audit.policy.plain_transit import plain
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack


@frozen
class _Plain:
    """A service that answers without TLS unless a policy of its resource denies it.

    Attributes:
        policy: The type of the resource that holds the policy, and what names its owner there.

        action: What the policy must deny; a topic's policy may name single actions alone.

        below: What is below the resource, and addressed on its own.
    """

    policy: tuple[str, str]
    action: str
    below: tuple[str, ...] = ("",)


DENYING: Final[Mapping[str, _Plain]] = {
    "aws_efs_file_system": _Plain(
        ("aws_efs_file_system_policy", "file_system_id"), "elasticfilesystem:*"
    ),
    "aws_s3_bucket": _Plain(("aws_s3_bucket_policy", "bucket"), "s3:*", ("", "/*")),
    "aws_sns_topic": _Plain(("aws_sns_topic_policy", "arn"), "sns:Publish"),
    "aws_sqs_queue": _Plain(("aws_sqs_queue_policy", "queue_url"), "sqs:*"),
}


def _check(stack: Stack) -> Iterator[Violation]:
    yield from _policies(stack)
    yield from plain(stack.resolved)


def _policies(stack: Stack) -> Iterator[Violation]:
    """Each policy that may be the one in force must deny; there must be one."""
    resolved, home = stack.resolved, Home.of(stack)
    found = list(documents(stack))
    for resource in resolved.resources(*DENYING):
        service = DENYING[resource.type]
        type_, attribute = service.policy
        policies = [
            document
            for document in found
            if document.resource.address == resource.address
            or (
                document.resource.type == type_
                and belongs_to(document.resource, attribute, resource)
            )
        ]
        if not policies:
            message = "must have a policy that denies everybody requests without TLS, has none"
            yield violation(resource, "policy", message)
        for missing in dict.fromkeys(_answered(policies, service, arn_of(resource, home))):
            message = (
                f"must have a policy that denies everybody {service.action} on {missing} without "
                "TLS under no other condition, has none"
            )
            yield violation(resource, "policy", message)


def _answered(policies: list[Document], service: _Plain, arn: str | None) -> Iterator[str]:
    """Yield what of the resource *arn* is answered without TLS."""
    for document in policies:
        for below in service.below:
            target = f"{arn}{below}"
            if not any(
                _denies(statement, service.action, target) for statement in document.readable
            ):
                yield target


def _denies(statement: Statement, action: str, target: str) -> bool:
    """Tell whether *statement* denies everybody *action* on *target* without TLS."""
    return (
        not statement.allows
        and any(principal.is_everybody for principal in statement.principals)
        and statement.covers_action(action)
        and statement.covers_resource(target)
        and len(statement.conditions) == 1
        and statement.conditions[0].always_holds_without_tls()
    )


def _stages_of_aws_alone(stack: Stack) -> Iterator[Resource]:
    """Yield the stages of APIs behind which is AWS alone: it takes no certificate, it signs."""
    integrations = list(stack.resources("aws_api_gateway_integration"))
    if not any(str(one.config.get("type")).startswith("HTTP") for one in integrations):
        yield from stack.resources("aws_api_gateway_stage")


RULE: Final = Rule(
    id="tls",
    title="Nothing answers without TLS",
    why="Card data in clear text on a wire is a breach, also inside a network.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    pci_dss=("4.2.1",),
    suppressible=False,
    answers={"CKV2_AWS_51": _stages_of_aws_alone},
    check=_check,
)
