"""Checks literal values against the models of AWS's APIs, which botocore ships.

CloudFormation calls the same APIs as Terraform, and calls most of their parameters alike. What a
model says of a value (one of, a pattern, from, to) is checked wherever the names are the same.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import botocore.session
from botocore.model import ListShape, MapShape, Shape, StructureShape

from payctl.errors import CannotError
from payctl.judges.complaint import Complaint

Path = tuple[str, ...]
RULE: Final = "service-model"
OPERATIONS: Final[Mapping[str, str]] = {
    "AWS::ApiGateway::Method": "apigateway PutMethod",
    "AWS::ApiGateway::RestApi": "apigateway CreateRestApi",
    "AWS::ApiGateway::Stage": "apigateway CreateStage",
    "AWS::ApiGateway::UsagePlan": "apigateway CreateUsagePlan",
    "AWS::CloudWatch::Alarm": "cloudwatch PutMetricAlarm",
    "AWS::CodeBuild::Project": "codebuild CreateProject",
    "AWS::DynamoDB::Table": "dynamodb CreateTable",
    "AWS::EC2::EIP": "ec2 AllocateAddress",
    "AWS::EC2::FlowLog": "ec2 CreateFlowLogs",
    "AWS::EC2::NatGateway": "ec2 CreateNatGateway",
    "AWS::EC2::SecurityGroup": "ec2 CreateSecurityGroup",
    "AWS::EC2::Subnet": "ec2 CreateSubnet",
    "AWS::EC2::VPC": "ec2 CreateVpc",
    "AWS::EC2::VPCEndpoint": "ec2 CreateVpcEndpoint",
    "AWS::ElasticLoadBalancingV2::Listener": "elbv2 CreateListener",
    "AWS::ElasticLoadBalancingV2::ListenerRule": "elbv2 CreateRule",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "elbv2 CreateLoadBalancer",
    "AWS::ElasticLoadBalancingV2::TargetGroup": "elbv2 CreateTargetGroup",
    "AWS::Events::Rule": "events PutRule",
    "AWS::IAM::ManagedPolicy": "iam CreatePolicy",
    "AWS::IAM::Role": "iam CreateRole",
    "AWS::IAM::RolePolicy": "iam PutRolePolicy",
    "AWS::KMS::Alias": "kms CreateAlias",
    "AWS::KMS::Key": "kms CreateKey",
    "AWS::Lambda::EventInvokeConfig": "lambda PutFunctionEventInvokeConfig",
    "AWS::Lambda::EventSourceMapping": "lambda CreateEventSourceMapping",
    "AWS::Lambda::Function": "lambda CreateFunction",
    "AWS::Lambda::LayerVersion": "lambda PublishLayerVersion",
    "AWS::Lambda::Permission": "lambda AddPermission",
    "AWS::Logs::LogGroup": "logs CreateLogGroup",
    "AWS::RDS::DBCluster": "rds CreateDBCluster",
    "AWS::RDS::DBInstance": "rds CreateDBInstance",
    "AWS::RDS::DBSubnetGroup": "rds CreateDBSubnetGroup",
    "AWS::SNS::Topic": "sns CreateTopic",
    "AWS::SSM::Parameter": "ssm PutParameter",
}
"""The call that makes a resource of each type."""

_NUMBERS: Final = frozenset({"integer", "long", "float", "double"})


def of_models(stack: str, template: Mapping[str, Any]) -> Iterator[Complaint]:
    """Yield what in *template* a model refuses."""
    for id_, resource in template["Resources"].items():
        operation = OPERATIONS.get(resource["Type"])
        if operation:
            for path, message in _wrong(resource["Properties"], _input(operation), ()):
                yield Complaint(
                    stack=stack,
                    rule=RULE,
                    resource=id_,
                    path=path,
                    message=f"{operation} takes {message}",
                )


@cache
def _input(operation: str) -> StructureShape:
    service, name = operation.split()
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model(name).input_shape
    if shape is None:
        raise CannotError(f"botocore must know what {operation} takes, does not")
    return shape


def _wrong(value: Any, shape: Shape, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            inner = _below(shape, key)
            if inner is not None:
                yield from _wrong(below, inner, (*path, key))
    elif isinstance(value, list):
        if isinstance(shape, ListShape):
            for index, below in enumerate(value):
                yield from _wrong(below, shape.member, (*path, str(index)))
    elif not isinstance(value, bool):
        message = _refused(value, shape)
        if message:
            yield path, message


def _below(shape: Shape, key: str) -> Shape | None:
    if isinstance(shape, MapShape):
        return shape.value
    if isinstance(shape, StructureShape):
        return next((m for name, m in shape.members.items() if name.lower() == key.lower()), None)
    return None


def _refused(value: str | float, shape: Shape) -> str:
    limits = shape.metadata
    if shape.type_name == "string":
        text = str(value)
        if limits.get("enum") and text not in limits["enum"]:
            return f"one of {', '.join(limits['enum'])}, got {text}"
        if not limits.get("min", 0) <= len(text) <= limits.get("max", len(text)):
            return f"{limits.get('min', 0)} to {limits.get('max')} characters, got {len(text)}"
        if not _matches(limits.get("pattern", ""), text):
            return f"what matches {limits['pattern']}, got {text}"
    elif shape.type_name in _NUMBERS and str(value).lstrip("-").isdigit():
        number = int(value)
        if not limits.get("min", number) <= number <= limits.get("max", number):
            return f"{limits.get('min', 'any')} to {limits.get('max', 'any')}, got {number}"
    return ""


def _matches(pattern: str, text: str) -> bool:
    """Tell whether *text* matches; a pattern that Python cannot read says nothing."""
    try:
        return not pattern or bool(re.fullmatch(pattern, text))
    except re.error:
        return True
