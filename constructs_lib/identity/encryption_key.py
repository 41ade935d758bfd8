"""The key that everything in an environment is encrypted with."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from constructs_lib.context import Context
from constructs_lib.identity.policy import Statement, document

_ROTATION_DAYS = 365
_DELETION_DAYS = 30
"""The most there is: backups and what was written outlive the stack, and not their key."""

_USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")
_ADMINISTER = (
    "kms:Create*",
    "kms:Describe*",
    "kms:Enable*",
    "kms:List*",
    "kms:Put*",
    "kms:Update*",
    "kms:Revoke*",
    "kms:Disable*",
    "kms:Get*",
    "kms:Delete*",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
)


@frozen(kw_only=True, eq=False)
class EncryptionKey:
    """A customer-managed KMS key, rotated every year [K1].

    Attributes:
        arn: What resources are encrypted with, and what may be used.
    """

    arn: str
    key: KmsKey

    @classmethod
    def create(cls, context: Context) -> Self:
        """Create the key of a stack, its policy, and its alias."""
        node = Construct(context.stack, "key")
        key = KmsKey(
            node,
            "key",
            description="Payment data at rest",
            enable_key_rotation=True,
            rotation_period_in_days=_ROTATION_DAYS,
            multi_region=False,
            deletion_window_in_days=_DELETION_DAYS,
            policy=_policy(context),
            tags=context.tags,
        )
        name = context.names.of_stack(context.kind, "key")
        KmsAlias(node, "alias", name=f"alias/{name}", target_key_id=key.key_id)
        return cls(arn=key.arn, key=key)

    def use(self) -> Statement:
        """Return the permission to encrypt and decrypt with the key."""
        return Statement(
            sid="UseKey",
            actions=["kms:Decrypt", "kms:GenerateDataKey"],
            resources=[self.arn],
        )


def _policy(context: Context) -> str:
    """Return a key policy that names the environment's roles.

    Roles are named in a condition, not as principals: KMS refuses a policy with a principal that
    does not exist yet.
    """
    account, region = (
        context.environment.identity.account_id,
        context.environment.identity.region,
    )
    mine = {"AWS": context.account_root}
    return document(
        Statement(sid="DelegateToIam", actions=["kms:*"], resources=["*"], principals=mine),
        Statement(
            sid="Administer",
            actions=_ADMINISTER,
            resources=["*"],
            principals=mine,
            condition={"ArnEquals": {"aws:PrincipalArn": context.raw("identity.key_role_arns")}},
        ),
        Statement(
            sid="EncryptLogs",
            actions=_USE,
            resources=["*"],
            principals={"Service": f"logs.{region}.amazonaws.com"},
            condition={
                "ArnLike": {
                    "kms:EncryptionContext:aws:logs:arn": context.arn("logs", "log-group:*")
                }
            },
        ),
        Statement(
            sid="EncryptMessages",
            actions=["kms:Decrypt", "kms:GenerateDataKey*"],
            resources=["*"],
            principals={
                "Service": [
                    "cloudwatch.amazonaws.com",
                    "config.amazonaws.com",
                    "sns.amazonaws.com",
                ]
            },
            condition={"StringEquals": {"aws:SourceAccount": account}},
        ),
    )
