"""The role that people take to look after an environment."""

from constructs import Construct

from constructs_lib.data.queue import PaymentQueue
from constructs_lib.identity.policy import Statement, document
from constructs_lib.identity.role import Role
from constructs_lib.site import Site


def _of(organization_id: str) -> dict[str, dict[str, object]]:
    """Return the condition that somebody is of the organization, where the platform has one."""
    if not organization_id:
        return {}
    return {"StringEquals": {"aws:PrincipalOrgID": organization_id}}


def operator_role(scope: Construct, id_: str, *, site: Site, queue: PaymentQueue | None) -> Role:
    """Create the role; who may take it is a variation [P3].

    Who is trusted stands in a condition: IAM refuses a policy with a principal that does not
    exist yet.
    """
    return Role.create(
        scope,
        id_,
        site=site,
        kind="operator",
        trust=document(
            Statement(
                sid="Trust",
                actions=["sts:AssumeRole"],
                principals={"AWS": site.account_root},
                condition={
                    "ArnEquals": {"aws:PrincipalArn": site.raw("identity.trusted_role_arns")},
                    **_of(site.platform.organization_id),
                },
            )
        ),
        statements=[
            Statement(
                sid="ReadLogs",
                actions=[
                    "logs:DescribeLogStreams",
                    "logs:FilterLogEvents",
                    "logs:GetLogEvents",
                ],
                resources=[site.arn("logs", f"log-group:/aws/lambda/{site.name('*')}:*")],
            ),
            *(queue.redrive(site=site) if queue else ()),
        ],
    )
