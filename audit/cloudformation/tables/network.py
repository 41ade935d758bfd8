"""Networks."""

from typing import Final

from audit.cloudformation.mapping import Also, Mapped, NotJudged, Table
from audit.cloudformation.tables.reasons import NO_TAGS

NETWORK: Final[Table] = {
    "aws_default_security_group": NotJudged(
        "CloudFormation cannot change the group that comes with a VPC"
    ),
    "aws_eip": Mapped(type="AWS::EC2::EIP", references={"id": "AllocationId"}),
    "aws_flow_log": Mapped(
        type="AWS::EC2::FlowLog",
        constants={"": {"ResourceType": "VPC"}},
        names={"iam_role_arn": "DeliverLogsPermissionArn", "vpc_id": "ResourceId"},
    ),
    "aws_internet_gateway": Mapped(
        type="AWS::EC2::InternetGateway",
        also=(
            Also(
                type="AWS::EC2::VPCGatewayAttachment",
                names={"vpc_id": "VpcId"},
                owner="InternetGatewayId",
            ),
        ),
    ),
    "aws_nat_gateway": Mapped(type="AWS::EC2::NatGateway"),
    "aws_route": Mapped(type="AWS::EC2::Route"),
    "aws_route_table": Mapped(type="AWS::EC2::RouteTable"),
    "aws_route_table_association": Mapped(type="AWS::EC2::SubnetRouteTableAssociation"),
    "aws_security_group": Mapped(
        type="AWS::EC2::SecurityGroup",
        names={"description": "GroupDescription", "name": "GroupName"},
        references={"id": "GroupId"},
    ),
    "aws_subnet": Mapped(type="AWS::EC2::Subnet"),
    "aws_vpc": Mapped(type="AWS::EC2::VPC"),
    "aws_vpc_endpoint": Mapped(type="AWS::EC2::VPCEndpoint", names={"policy": "PolicyDocument"}),
    "aws_vpc_security_group_egress_rule": Mapped(
        type="AWS::EC2::SecurityGroupEgress",
        names={
            "cidr_ipv4": "CidrIp",
            "prefix_list_id": "DestinationPrefixListId",
            "referenced_security_group_id": "DestinationSecurityGroupId",
            "security_group_id": "GroupId",
        },
        unmapped={"tags": NO_TAGS},
    ),
    "aws_vpc_security_group_ingress_rule": Mapped(
        type="AWS::EC2::SecurityGroupIngress",
        names={
            "cidr_ipv4": "CidrIp",
            "prefix_list_id": "SourcePrefixListId",
            "referenced_security_group_id": "SourceSecurityGroupId",
            "security_group_id": "GroupId",
        },
        unmapped={"tags": NO_TAGS},
    ),
}
