"""A Lambda function with everything that belongs to it."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.lambda_function import (
    LambdaFunction,
    LambdaFunctionDeadLetterConfig,
    LambdaFunctionEnvironment,
    LambdaFunctionLoggingConfig,
    LambdaFunctionTracingConfig,
    LambdaFunctionVpcConfig,
)
from cdktf_cdktf_provider_aws.lambda_function_event_invoke_config import (
    LambdaFunctionEventInvokeConfig,
)
from constructs import Construct

from constructs_lib.compute.access import Access
from constructs_lib.compute.code import Code
from constructs_lib.data.dead_letters import DeadLetterQueue
from constructs_lib.identity.permission_boundary import to_run_in_network
from constructs_lib.identity.policy import Statement, document
from constructs_lib.identity.role import Role
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.observability.log_group import log_group
from constructs_lib.site import Site
from model.parts import FunctionSpec


@frozen(kw_only=True, eq=False)
class Function:
    """A function in private subnets with its own role, dead letters, logs and traces [F3]."""

    spec: FunctionSpec
    name: str
    arn: str
    invoke_arn: str
    dead_letters: DeadLetterQueue
    resource: LambdaFunction

    @classmethod
    def create(
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        spec: FunctionSpec,
        code: Code,
        group: SecurityGroup,
        access: Access,
    ) -> Self:
        """Create the function *spec*, with its *access* and nothing more."""
        node = Construct(scope, id_)
        dead_letters = DeadLetterQueue.create(
            node, "dead_letters", site=site, kind=f"{spec.name}-failures"
        )
        logs = log_group(node, "logs", site=site, name=f"/aws/lambda/{site.name(spec.name)}")
        own = [
            _to_log(f"{logs.arn}:*"),
            *to_run_in_network(site),
            _not_by_its_code(site.arn("lambda", f"function:{site.name(spec.name)}")),
            dead_letters.send(),
            site.key.use(),
        ]
        role = Role.create(
            node,
            "role",
            site=site,
            kind=spec.name,
            trust=_trust(),
            statements=[*own, *access.statements],
        )
        function = LambdaFunction(
            node,
            "function",
            function_name=site.name(spec.name),
            description=f"Payments: {spec.name}",
            role=role.arn,
            runtime=site.platform.runtime.identifier,
            architectures=[site.platform.runtime.architecture],
            handler=f"functions.handlers.{spec.name}.handler.handle",
            package_type="Zip",
            filename=code.archive.path,
            source_code_hash=code.archive.sha256,
            layers=[code.layer_arn],
            timeout=spec.timeout_seconds,
            memory_size=site.environment.functions.memory_mebibytes,
            reserved_concurrent_executions=_concurrency(site, spec),
            kms_key_arn=site.key.arn,
            publish=False,
            skip_destroy=False,
            environment=LambdaFunctionEnvironment(variables=_variables(site, spec, access)),
            vpc_config=_place(site, group),
            dead_letter_config=LambdaFunctionDeadLetterConfig(target_arn=dead_letters.arn),
            tracing_config=LambdaFunctionTracingConfig(mode="Active"),
            logging_config=LambdaFunctionLoggingConfig(log_format="Text", log_group=logs.name),
            tags=site.tags,
            depends_on=[role.policy],
        )
        function_name = function.function_name
        LambdaFunctionEventInvokeConfig(
            node,
            "retries",
            function_name=function_name,
            maximum_retry_attempts=2,
            maximum_event_age_in_seconds=3600,
        )
        return cls(
            spec=spec,
            name=function_name,
            arn=function.arn,
            invoke_arn=function.invoke_arn,
            dead_letters=dead_letters,
            resource=function,
        )


def _concurrency(site: Site, spec: FunctionSpec) -> float:
    settings = site.environment.functions
    return settings.background_concurrency if spec.background else settings.reserved_concurrency


def _place(site: Site, group: SecurityGroup) -> LambdaFunctionVpcConfig:
    return LambdaFunctionVpcConfig(
        subnet_ids=site.network.private_subnet_ids,
        security_group_ids=[group.id],
        ipv6_allowed_for_dual_stack=False,
    )


def _variables(site: Site, spec: FunctionSpec, access: Access) -> dict[str, str]:
    return {
        "ENVIRONMENT": site.environment.identity.name,
        "LOG_LEVEL": "INFO",
        "POWERTOOLS_METRICS_NAMESPACE": site.platform.name,
        "POWERTOOLS_SERVICE_NAME": spec.name,
        **access.variables,
    }


def _trust() -> str:
    """Return the trust of Lambda; it sends no source account with which to narrow it."""
    return document(
        Statement(
            sid="Trust",
            actions=["sts:AssumeRole"],
            principals={"Service": "lambda.amazonaws.com"},
        )
    )


def _to_log(log_streams: str) -> Statement:
    return Statement(
        sid="WriteLogs",
        actions=["logs:CreateLogStream", "logs:PutLogEvents"],
        resources=[log_streams],
    )


def _not_by_its_code(function_arn: str) -> Statement:
    """Return what keeps the network's interfaces to Lambda itself: the code needs none."""
    return Statement(
        sid="OnlyLambdaJoinsNetwork",
        effect="Deny",
        actions=[
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses",
        ],
        resources=["*"],
        condition={"ArnEquals": {"lambda:SourceFunctionArn": function_arn}},
    )
