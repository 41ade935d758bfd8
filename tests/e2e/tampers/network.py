"""Hand-made changes to who reaches what."""

from typing import Final

from audit.change import Class
from tests.e2e.tampers.hand import Hand, tamper


@tamper(Class.DRIFT, "ingress")
def open_port(hand: Hand) -> str:
    """Port 22 opened to the world."""
    group = hand.one("aws_security_group")
    hand.client("ec2").authorize_security_group_ingress(
        GroupId=group["id"], IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
    )
    return group.address


@tamper(Class.GONE)
def closed_port(hand: Hand) -> str:
    """Egress rule removed."""
    rule = hand.one("aws_vpc_security_group_egress_rule")
    hand.client("ec2").revoke_security_group_egress(
        GroupId=rule["security_group_id"], SecurityGroupRuleIds=[rule["security_group_rule_id"]]
    )
    return rule.address


@tamper(Class.GONE)
def route(hand: Hand) -> str:
    """Route removed."""
    found = hand.one("aws_route")
    hand.client("ec2").delete_route(
        RouteTableId=found["route_table_id"], DestinationCidrBlock=found["destination_cidr_block"]
    )
    return found.address


@tamper(Class.DRIFT, "settings[0].throttling_rate_limit")
def throttle(hand: Hand) -> str:
    """API throttle."""
    found = hand.one("aws_api_gateway_method_settings")
    hand.client("apigateway").update_stage(
        restApiId=found["rest_api_id"],
        stageName=found["stage_name"],
        patchOperations=[
            {"op": "replace", "path": "/*/*/throttling/rateLimit", "value": "9999"},
        ],
    )
    return found.address


@tamper(Class.GONE)
def listener_rule(hand: Hand) -> str:
    """Rule of the load balancer removed."""
    rule = hand.one("aws_lb_listener_rule")
    hand.client("elbv2").delete_rule(RuleArn=rule["arn"])
    return rule.address


NETWORK: Final = (open_port, closed_port, route, throttle, listener_rule)
