"""Identities, policies and keys."""

from typing import Final

from audit.cloudformation.mapping import Mapped, NotJudged, Table
from audit.cloudformation.tables.reasons import NO_TAGS, TERRAFORM

_EXCLUSIVE: Final = "it forbids what Terraform does not know of; CloudFormation has no such thing"

ACCESS: Final[Table] = {
    "aws_iam_policy": Mapped(
        type="AWS::IAM::ManagedPolicy",
        names={"name": "ManagedPolicyName", "policy": "PolicyDocument"},
        unmapped={"tags": NO_TAGS},
    ),
    "aws_iam_role": Mapped(
        type="AWS::IAM::Role",
        names={"name": "RoleName", "assume_role_policy": "AssumeRolePolicyDocument"},
        unmapped={"force_detach_policies": TERRAFORM},
    ),
    "aws_iam_role_policy": Mapped(
        type="AWS::IAM::RolePolicy",
        names={"name": "PolicyName", "policy": "PolicyDocument", "role": "RoleName"},
    ),
    "aws_iam_role_policy_attachment": NotJudged("it would have to be a property of the role"),
    "aws_iam_role_policies_exclusive": NotJudged(_EXCLUSIVE),
    "aws_iam_role_policy_attachments_exclusive": NotJudged(_EXCLUSIVE),
    "aws_iam_openid_connect_provider": Mapped(
        type="AWS::IAM::OIDCProvider",
    ),
    "aws_iam_service_linked_role": Mapped(
        type="AWS::IAM::ServiceLinkedRole",
        unmapped={"tags": NO_TAGS},
    ),
    "aws_kms_alias": Mapped(type="AWS::KMS::Alias", names={"name": "AliasName"}),
    "aws_kms_key": Mapped(
        type="AWS::KMS::Key",
        names={"deletion_window_in_days": "PendingWindowInDays", "policy": "KeyPolicy"},
    ),
    "aws_ssm_parameter": Mapped(
        type="AWS::SSM::Parameter",
        not_judged={("type", "SecureString"): "CloudFormation makes no SecureString"},
    ),
    "terraform_data": NotJudged("it is Terraform's own, and AWS is told nothing of it"),
}
