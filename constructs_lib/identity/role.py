"""IAM roles: bounded, least, and closed to policies that somebody else adds."""

from collections.abc import Sequence
from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policies_exclusive import IamRolePoliciesExclusive
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachments_exclusive import (
    IamRolePolicyAttachmentsExclusive,
)
from constructs import Construct

from constructs_lib.identity.policy import Statement, document
from constructs_lib.site import Site


@frozen(kw_only=True, eq=False)
class Role:
    """A role inside the permission boundary.

    Attributes:
        arn: Who it is.

        policy: Its one policy, which others wait for before they use the role.
    """

    arn: str
    name: str
    policy: IamRolePolicy

    @classmethod
    def create(
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        kind: str,
        trust: str,
        statements: Sequence[Statement],
    ) -> Self:
        """Create `payment-<kind>-<environment>`, which *trust* may take and *statements* allow.

        The two exclusive resources make Terraform see, and remove, whatever is attached by hand;
        without them a plan is silent about it.
        """
        node = Construct(scope, id_)
        role = IamRole(
            node,
            "role",
            name=site.name(kind),
            assume_role_policy=trust,
            permissions_boundary=site.boundary.arn,
            max_session_duration=3600,
            force_detach_policies=True,
            tags=site.tags,
        )
        name = role.name
        policy = IamRolePolicy(node, "policy", name=kind, role=name, policy=document(*statements))
        IamRolePoliciesExclusive(node, "only_policy", role_name=name, policy_names=[policy.name])
        IamRolePolicyAttachmentsExclusive(node, "no_attachment", role_name=name, policy_arns=[])
        return cls(arn=role.arn, name=name, policy=policy)
