"""A record of every connection in the network [N5]."""

from cdktf_cdktf_provider_aws.flow_log import FlowLog
from constructs import Construct

from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.observability.log_group import log_group
from constructs_lib.site import Site


def flow_logs(scope: Construct, id_: str, *, site: Site) -> None:
    """Send accepted and rejected connections to a log group, in records of one minute."""
    if not site.has_own_network:
        return  # The stack of the network has them.
    node = Construct(scope, id_)
    group = log_group(node, "logs", site=site, name=f"/vpc/{site.name('vpc')}")
    role = Role.create(
        node,
        "writer",
        site=site,
        kind="flow-logs",
        trust=trust("vpc-flow-logs.amazonaws.com", site.environment.identity.account_id),
        statements=[
            Statement(
                sid="WriteLogs",
                actions=[
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents",
                ],
                resources=[f"{group.arn}:*"],
            ),
            # VPC looks for the group by this action, which knows no resource.
            Statement(sid="SeeLogGroups", actions=["logs:DescribeLogGroups"], resources=["*"]),
        ],
    )
    FlowLog(
        node,
        "flow",
        vpc_id=site.network.vpc_id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=group.arn,
        iam_role_arn=role.arn,
        max_aggregation_interval=60,
        tags=site.tags_with_name("vpc"),
    )
