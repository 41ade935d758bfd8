"""The key that everything in an environment is encrypted with."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from constructs_lib.identity.policy import Statement, document
from constructs_lib.site import Site

_ROTATION_DAYS = 365
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
    def create(cls, scope: Construct, id_: str, *, site: Site, kind: str = "key") -> Self:
        """Create the key, its policy, and its alias `payment-<kind>-<environment>`."""
        node = Construct(scope, id_)
        key = KmsKey(
            node,
            "key",
            description="Payment data at rest",
            enable_key_rotation=True,
            rotation_period_in_days=_ROTATION_DAYS,
            multi_region=False,
            deletion_window_in_days=7,
            policy=_policy(site),
            tags=site.tags,
        )
        KmsAlias(node, "alias", name=f"alias/{site.name(kind)}", target_key_id=key.key_id)
        return cls(arn=key.arn, key=key)

    def use(self) -> Statement:
        """Return the permission to encrypt and decrypt with the key."""
        return Statement(
            sid="UseKey",
            actions=["kms:Decrypt", "kms:GenerateDataKey"],
            resources=[self.arn],
        )


def _policy(site: Site) -> str:
    """Return a key policy that names the environment's roles.

    Roles are named in a condition, not as principals: KMS refuses a policy with a principal that
    does not exist yet.
    """
    account, region = site.environment.identity.account_id, site.environment.identity.region
    mine = {"AWS": site.account_root}
    return document(
        Statement(sid="DelegateToIam", actions=["kms:*"], resources=["*"], principals=mine),
        Statement(
            sid="Administer",
            actions=_ADMINISTER,
            resources=["*"],
            principals=mine,
            condition={"ArnEquals": {"aws:PrincipalArn": site.raw("identity.key_role_arns")}},
        ),
        Statement(
            sid="EncryptLogs",
            actions=_USE,
            resources=["*"],
            principals={"Service": f"logs.{region}.amazonaws.com"},
            condition={
                "ArnLike": {"kms:EncryptionContext:aws:logs:arn": site.arn("logs", "log-group:*")}
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
                    "events.amazonaws.com",
                    "s3.amazonaws.com",
                    "sns.amazonaws.com",
                ]
            },
            condition={"StringEquals": {"aws:SourceAccount": account}},
        ),
    )
