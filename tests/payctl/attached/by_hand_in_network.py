"""What somebody could attach to networks and load balancers, past Terraform."""

from collections.abc import Callable
from typing import Final

from tests.payctl.attached.account import Account, archive, client


def _vpc(account: Account) -> str:
    return str(account.attributes("aws_vpc")["id"])


def _security_group(account: Account) -> None:
    client("ec2").create_security_group(GroupName="s", Description="d", VpcId=_vpc(account))


def _rule(account: Account, type_: str) -> None:
    client("ec2").authorize_security_group_ingress(
        GroupId=account.attributes(type_)["id"],
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": 22,
                "ToPort": 22,
                "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
            }
        ],
    )


def _subnet(account: Account) -> None:
    client("ec2").create_subnet(VpcId=_vpc(account), CidrBlock="10.0.9.0/24")


def _route_table(account: Account) -> None:
    client("ec2").create_route_table(VpcId=_vpc(account))


def _internet_gateway(account: Account) -> str:
    gateway = client("ec2").create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    client("ec2").attach_internet_gateway(InternetGatewayId=gateway, VpcId=_vpc(account))
    return str(gateway)


def _gateway(account: Account) -> None:
    _internet_gateway(account)


def _route(account: Account) -> None:
    client("ec2").create_route(
        RouteTableId=account.attributes("aws_route_table")["id"],
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=_internet_gateway(account),
    )


def _main_route(account: Account) -> None:
    tables = client("ec2").describe_route_tables(
        Filters=[
            {"Name": "vpc-id", "Values": [_vpc(account)]},
            {"Name": "association.main", "Values": ["true"]},
        ]
    )["RouteTables"]
    client("ec2").create_route(
        RouteTableId=tables[0]["RouteTableId"],
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=_internet_gateway(account),
    )


def _network_acl(account: Account) -> None:
    client("ec2").create_network_acl(VpcId=_vpc(account))


def _peering(account: Account) -> None:
    other = client("ec2").create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    client("ec2").create_vpc_peering_connection(VpcId=_vpc(account), PeerVpcId=other)


def _peered(account: Account) -> None:
    other = client("ec2").create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    client("ec2").create_vpc_peering_connection(VpcId=other, PeerVpcId=_vpc(account))


def _endpoint(account: Account) -> None:
    client("ec2").create_vpc_endpoint(VpcId=_vpc(account), ServiceName="com.amazonaws.us-east-1.s3")


def _nat(account: Account) -> None:
    client("ec2").create_nat_gateway(SubnetId=account.attributes("aws_subnet")["id"])


def _cidr(account: Account) -> None:
    client("ec2").associate_vpc_cidr_block(VpcId=_vpc(account), CidrBlock="10.200.0.0/16")


def _instance(account: Account) -> None:
    image = client("ec2").describe_images()["Images"][0]["ImageId"]
    client("ec2").run_instances(
        ImageId=image, MinCount=1, MaxCount=1, SubnetId=account.attributes("aws_subnet")["id"]
    )


def _listener(account: Account) -> None:
    client("elbv2").create_listener(
        LoadBalancerArn=account.attributes("aws_lb")["arn"],
        Protocol="HTTP",
        Port=8080,
        DefaultActions=[
            {
                "Type": "forward",
                "TargetGroupArn": account.attributes("aws_lb_target_group")["arn"],
            }
        ],
    )


def _listener_rule(account: Account) -> None:
    client("elbv2").create_rule(
        ListenerArn=account.attributes("aws_lb_listener")["arn"],
        Priority=1,
        Conditions=[{"Field": "path-pattern", "Values": ["/debug"]}],
        Actions=[
            {
                "Type": "forward",
                "TargetGroupArn": account.attributes("aws_lb_target_group")["arn"],
            }
        ],
    )


def _target(account: Account) -> None:
    client("lambda").create_function(
        FunctionName="stranger",
        Runtime="python3.13",
        Role=account.attributes("aws_iam_role")["arn"],
        Handler="code.handle",
        Code={"ZipFile": archive()},
    )
    arn = client("lambda").get_function(FunctionName="stranger")["Configuration"]["FunctionArn"]
    client("elbv2").register_targets(
        TargetGroupArn=account.attributes("aws_lb_target_group")["arn"], Targets=[{"Id": arn}]
    )


IN_NETWORK: Final[dict[str, Callable[[Account], None]]] = {
    "security group": _security_group,
    "security group rule": lambda account: _rule(account, "aws_security_group"),
    "subnet": _subnet,
    "route table": _route_table,
    "route": _route,
    "route of the main route table": _main_route,
    "network ACL": _network_acl,
    "peering asked for by the VPC": _peering,
    "peering with the VPC": _peered,
    "VPC endpoint": _endpoint,
    "internet gateway": _gateway,
    "NAT gateway": _nat,
    "CIDR block": _cidr,
    "instance": _instance,
    "listener": _listener,
    "listener rule": _listener_rule,
    "target": _target,
}
"""The changes by the name of the attachment that they make."""
