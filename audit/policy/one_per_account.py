"""What exists once per account and region has one owner."""

from collections.abc import Iterator, Mapping
from typing import Final

from audit.iam.own_arn import Home
from audit.policy.rule import Rule, Violation
from audit.synthesized import Stack

ONCE: Final = (
    "aws_api_gateway_account",
    "aws_config_configuration_recorder",
    "aws_config_delivery_channel",
    "aws_ebs_default_kms_key",
    "aws_ebs_encryption_by_default",
    "aws_guardduty_detector",
    "aws_iam_account_alias",
    "aws_iam_account_password_policy",
    "aws_iam_openid_connect_provider",
    "aws_inspector2_enabler",
    "aws_macie2_account",
    "aws_s3_account_public_access_block",
    "aws_securityhub_account",
    "aws_xray_encryption_config",
)
"""Of an OpenID Connect provider there is one per address, and the platforms need the same."""


def _check(stack: Stack) -> Iterator[Violation]:
    for type_ in ONCE:
        for extra in list(stack.resources(type_))[1:]:
            message = f"must exist once, AWS keeps one {type_} per account and region"
            yield Violation(where=extra.address, message=message)


def _check_together(stacks: Mapping[str, Stack]) -> Iterator[Violation]:
    owners: dict[tuple[str, str, str], str] = {}
    for name, stack in stacks.items():
        home = Home.of(stack)
        for type_ in ONCE:
            if any(stack.resources(type_)):
                owner = owners.setdefault((type_, home.account, home.region), name)
                if owner != name:
                    message = f"must have one owner per account and region, has {owner} and {name}"
                    yield Violation(where=type_, message=message)


RULE: Final = Rule(
    id="one-per-account",
    title="What exists once per account has one owner",
    why="Two stacks that own it overwrite each other at every deployment.",
    source_url="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    check=_check,
    check_together=_check_together,
)
