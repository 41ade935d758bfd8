"""A rule of AWS Config applies only to types that can comply."""

from collections.abc import Iterator, Mapping
from typing import Final

from audit.block import blocks, first
from audit.policy.rule import Rule, Violation, violation
from audit.relation.deployed import deployed
from audit.synthesized import Stack

_TAGGABLE: Final = """
    AWS::ACM::Certificate AWS::AutoScaling::AutoScalingGroup AWS::CloudFormation::Stack
    AWS::CodeBuild::Project AWS::DynamoDB::Table AWS::EC2::CustomerGateway AWS::EC2::Instance
    AWS::EC2::InternetGateway AWS::EC2::NetworkAcl AWS::EC2::NetworkInterface AWS::EC2::RouteTable
    AWS::EC2::SecurityGroup AWS::EC2::Subnet AWS::EC2::VPC AWS::EC2::VPNConnection
    AWS::EC2::VPNGateway AWS::EC2::Volume AWS::ElasticLoadBalancing::LoadBalancer
    AWS::ElasticLoadBalancingV2::LoadBalancer AWS::RDS::DBInstance AWS::RDS::DBSecurityGroup
    AWS::RDS::DBSnapshot AWS::RDS::DBSubnetGroup AWS::RDS::EventSubscription
    AWS::Redshift::Cluster AWS::Redshift::ClusterParameterGroup
    AWS::Redshift::ClusterSecurityGroup AWS::Redshift::ClusterSnapshot
    AWS::Redshift::ClusterSubnetGroup AWS::S3::Bucket
"""
_MADE_BY_AWS: Final = """
    AWS::EC2::NetworkAcl AWS::EC2::NetworkInterface AWS::EC2::RouteTable AWS::EC2::SecurityGroup
    AWS::RDS::DBSnapshot
"""
"""Types of which AWS makes some itself, without tags: the interfaces of functions, defaults of a
network, automated snapshots."""
JUDGED: Final[Mapping[str, frozenset[str]]] = {
    "REQUIRED_TAGS": frozenset(_TAGGABLE.split()) - frozenset(_MADE_BY_AWS.split()),
}
"""The managed rules without a scope of their own, and the types that can comply."""


def _check(stack: Stack) -> Iterator[Violation]:
    for rule in deployed(stack).resources("aws_config_config_rule"):
        can_obey = JUDGED.get(str(first(rule.config, "source", "source_identifier")))
        if can_obey is None:
            continue
        judged = {
            str(type_)
            for scope in blocks(rule.config, "scope")
            for type_ in scope.get("compliance_resource_types") or ()
        }
        if not judged:
            yield violation(
                rule, "scope", "must name the types it applies to, or it is always non-compliant"
            )
        for type_ in sorted(judged - can_obey):
            message = f"must name types of which all can obey, {type_} is not one"
            yield violation(rule, "scope", message)


RULE: Final = Rule(
    id="config-rule-scopes",
    title="Rules of AWS Config apply to types that can comply",
    why="A rule that is always red is not looked at, also when something is wrong.",
    source_url="https://docs.aws.amazon.com/config/latest/developerguide/required-tags.html",
    check=_check,
)
