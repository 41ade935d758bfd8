"""What can be attached to networks and load balancers."""

from collections.abc import Mapping
from typing import Any, Final

from payctl.attached.attachment import Attributes, Request, attachment

_VPC: Final = "aws_vpc"
_BALANCER: Final = "aws_lb"
_LISTENER: Final = "aws_lb_listener"


def _in_vpc(name: str = "vpc-id", parameter: str = "Filters") -> Request:
    """Return the request for what belongs to a VPC, by the filter *name*."""

    def request(attributes: Attributes) -> Mapping[str, Any]:
        return {parameter: [{"Name": name, "Values": [attributes["id"]]}]}

    return request


ATTACHMENTS: Final = (
    attachment(
        _VPC,
        "security group",
        "ec2.describe_security_groups",
        _in_vpc(),
        "SecurityGroups[].GroupId",
        "aws_security_group",
        "aws_default_security_group",
    ),
    attachment(
        "aws_security_group",
        "security group rule",
        "ec2.describe_security_group_rules",
        _in_vpc("group-id"),
        "SecurityGroupRules[].SecurityGroupRuleId",
        "aws_vpc_security_group_ingress_rule",
        "aws_vpc_security_group_egress_rule",
    ),
    attachment(
        "aws_default_security_group",
        "security group rule",
        "ec2.describe_security_group_rules",
        _in_vpc("group-id"),
        "SecurityGroupRules[].SecurityGroupRuleId",
    ),
    attachment(
        _VPC, "subnet", "ec2.describe_subnets", _in_vpc(), "Subnets[].SubnetId", "aws_subnet"
    ),
    attachment(
        _VPC,
        "route table",
        "ec2.describe_route_tables",
        _in_vpc(),
        "RouteTables[?length(Associations[?Main] || `[]`) == `0`].RouteTableId",
        "aws_route_table",
        made_by_aws="the main route table",
    ),
    attachment(
        _VPC,
        "route of the main route table",
        "ec2.describe_route_tables",
        _in_vpc(),
        "RouteTables[?length(Associations[?Main] || `[]`) != `0`].Routes[] | "
        "[?GatewayId != 'local'].[DestinationCidrBlock, DestinationIpv6CidrBlock, "
        "DestinationPrefixListId][]",
        made_by_aws="the local route",
    ),
    attachment(
        "aws_route_table",
        "route",
        "ec2.describe_route_tables",
        _in_vpc("route-table-id"),
        "RouteTables[].Routes[?GatewayId != 'local' && (GatewayId == null || "
        "!starts_with(GatewayId, 'vpce-'))].[DestinationCidrBlock, DestinationIpv6CidrBlock, "
        "DestinationPrefixListId][][]",
        "aws_route",
        made_by_aws="the local route, and the routes of gateway endpoints",
    ),
    attachment(
        _VPC,
        "network ACL",
        "ec2.describe_network_acls",
        _in_vpc(),
        "NetworkAcls[?!IsDefault].NetworkAclId",
        "aws_network_acl",
        made_by_aws="the default network ACL",
    ),
    attachment(
        _VPC,
        "entry of the default network ACL",
        "ec2.describe_network_acls",
        _in_vpc(),
        "NetworkAcls[?IsDefault].Entries[] | [?RuleNumber != `100` && RuleNumber != `101` && "
        "RuleNumber != `32767` && RuleNumber != `32768`].RuleNumber",
        "aws_default_network_acl",
        made_by_aws="the entries 100, 101, 32767 and 32768",
    ),
    attachment(
        _VPC,
        "peering asked for by the VPC",
        "ec2.describe_vpc_peering_connections",
        _in_vpc("requester-vpc-info.vpc-id"),
        "VpcPeeringConnections[?Status.Code != 'deleted' && Status.Code != 'rejected' && "
        "Status.Code != 'expired' && Status.Code != 'failed'].VpcPeeringConnectionId",
        "aws_vpc_peering_connection",
    ),
    attachment(
        _VPC,
        "peering with the VPC",
        "ec2.describe_vpc_peering_connections",
        _in_vpc("accepter-vpc-info.vpc-id"),
        "VpcPeeringConnections[?Status.Code != 'deleted' && Status.Code != 'rejected' && "
        "Status.Code != 'expired' && Status.Code != 'failed'].VpcPeeringConnectionId",
        "aws_vpc_peering_connection_accepter",
        "aws_vpc_peering_connection",
    ),
    attachment(
        _VPC,
        "VPC endpoint",
        "ec2.describe_vpc_endpoints",
        _in_vpc(),
        "VpcEndpoints[?!RequesterManaged && State != 'deleted'].VpcEndpointId",
        "aws_vpc_endpoint",
        made_by_aws="endpoints that a service manages",
    ),
    attachment(
        _VPC,
        "internet gateway",
        "ec2.describe_internet_gateways",
        _in_vpc("attachment.vpc-id"),
        "InternetGateways[].InternetGatewayId",
        "aws_internet_gateway",
    ),
    attachment(
        _VPC,
        "NAT gateway",
        "ec2.describe_nat_gateways",
        _in_vpc(),
        "NatGateways[?State != 'deleted' && State != 'deleting'].NatGatewayId",
        "aws_nat_gateway",
    ),
    attachment(
        _VPC,
        "VPN gateway",
        "ec2.describe_vpn_gateways",
        _in_vpc("attachment.vpc-id"),
        "VpnGateways[?State != 'deleted'].VpnGatewayId",
        "aws_vpn_gateway",
    ),
    attachment(
        _VPC,
        "transit gateway attachment",
        "ec2.describe_transit_gateway_vpc_attachments",
        _in_vpc(),
        "TransitGatewayVpcAttachments[?State != 'deleted'].TransitGatewayAttachmentId",
        "aws_ec2_transit_gateway_vpc_attachment",
    ),
    attachment(
        _VPC,
        "flow log",
        "ec2.describe_flow_logs",
        _in_vpc("resource-id", "Filter"),
        "FlowLogs[].FlowLogId",
        "aws_flow_log",
    ),
    attachment(
        _VPC,
        "CIDR block",
        "ec2.describe_vpcs",
        lambda a: {"VpcIds": [a["id"]]},
        "Vpcs[].CidrBlockAssociationSet[?CidrBlockState.State == 'associated'][].CidrBlock",
        _VPC,
        "aws_vpc_ipv4_cidr_block_association",
    ),
    attachment(
        _VPC,
        "instance",
        "ec2.describe_instances",
        _in_vpc(),
        "Reservations[].Instances[?State.Name != 'terminated'][].InstanceId",
        "aws_instance",
    ),
    attachment(
        _VPC,
        "network interface",
        "ec2.describe_network_interfaces",
        _in_vpc(),
        "NetworkInterfaces[?InterfaceType == 'interface' && !RequesterManaged].NetworkInterfaceId",
        "aws_network_interface",
        made_by_aws="interfaces of functions, databases, load balancers, endpoints and NAT",
    ),
    attachment(
        _BALANCER,
        "listener",
        "elbv2.describe_listeners",
        lambda a: {"LoadBalancerArn": a["arn"]},
        "Listeners[].ListenerArn",
        _LISTENER,
    ),
    attachment(
        _BALANCER,
        "web ACL",
        "wafv2.get_web_acl_for_resource",
        lambda a: {"ResourceArn": a["arn"]},
        "[WebACL.ARN]",
        "aws_wafv2_web_acl_association",
    ),
    attachment(
        _LISTENER,
        "listener rule",
        "elbv2.describe_rules",
        lambda a: {"ListenerArn": a["arn"]},
        "Rules[?!IsDefault].RuleArn",
        "aws_lb_listener_rule",
        made_by_aws="the default rule",
    ),
    attachment(
        _LISTENER,
        "certificate",
        "elbv2.describe_listener_certificates",
        lambda a: {"ListenerArn": a["arn"]},
        "Certificates[].CertificateArn",
        _LISTENER,
        "aws_lb_listener_certificate",
    ),
    attachment(
        "aws_lb_target_group",
        "target",
        "elbv2.describe_target_health",
        lambda a: {"TargetGroupArn": a["arn"]},
        "TargetHealthDescriptions[].Target.Id",
        "aws_lb_target_group_attachment",
    ),
)
"""Networks and load balancers."""
