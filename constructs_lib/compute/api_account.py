"""What API Gateway may do for a whole account and region: there is one of it, and one owner."""

from cdktf_cdktf_provider_aws.api_gateway_account import ApiGatewayAccount
from constructs import Construct

from constructs_lib.identity.policy import Statement, document
from constructs_lib.identity.role import Role
from constructs_lib.site import Site


def api_account(scope: Construct, id_: str, *, site: Site) -> None:
    """Let API Gateway write logs, where the platform has an API.

    It belongs to the stack of the account, not to that of the environment: copies of an
    environment share the account, and would take the setting from each other.
    """
    if not site.platform.api:
        return
    node = Construct(scope, id_)
    role = Role.create(
        node,
        "writer",
        site=site,
        kind="api-logs",
        trust=document(
            Statement(
                sid="Trust",
                actions=["sts:AssumeRole"],
                principals={"Service": "apigateway.amazonaws.com"},
            )
        ),
        statements=[
            Statement(
                sid="WriteLogs",
                actions=[
                    "logs:CreateLogGroup",
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:FilterLogEvents",
                    "logs:GetLogEvents",
                    "logs:PutLogEvents",
                ],
                resources=[site.arn("logs", "log-group:*")],
            ),
            # It knows no resource.
            Statement(sid="SeeLogGroups", actions=["logs:DescribeLogGroups"], resources=["*"]),
        ],
    )
    ApiGatewayAccount(node, "account", cloudwatch_role_arn=role.arn, depends_on=[role.policy])
