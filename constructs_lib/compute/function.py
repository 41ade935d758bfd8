"""A Lambda function with everything that belongs to it."""

from collections.abc import Mapping, Sequence
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

from constructs_lib.compute.code import Code
from constructs_lib.data.queue import DeadLetterQueue
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.identity.permission_boundary import PermissionBoundary, to_run_in_network
from constructs_lib.identity.policy import Statement, document
from constructs_lib.identity.role import Role
from constructs_lib.network.network import Network
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
    def create(  # noqa: PLR0913 - collaborators
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        spec: FunctionSpec,
        code: Code,
        key: EncryptionKey,
        network: Network,
        group: SecurityGroup,
        boundary: PermissionBoundary,
        statements: Sequence[Statement],
        variables: Mapping[str, str],
    ) -> Self:
        """Create the function *spec*, which may do what *statements* say and knows *variables*."""
        node = Construct(scope, id_)
        name = site.name(spec.name)
        dead_letters = DeadLetterQueue.create(
            node, "dead_letters", site=site, kind=f"{spec.name}-failures", key=key
        )
        logs = log_group(node, "logs", site=site, key=key, name=f"/aws/lambda/{name}")
        role = Role.create(
            node,
            "role",
            site=site,
            kind=spec.name,
            trust=_trust(),
            statements=[
                _to_log(f"{logs.arn}:*"),
                *to_run_in_network(site),
                dead_letters.send(),
                key.use(),
                *statements,
            ],
            boundary=boundary,
        )
        function = LambdaFunction(
            node,
            "function",
            function_name=name,
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
            reserved_concurrent_executions=site.environment.functions.reserved_concurrency,
            kms_key_arn=key.arn,
            publish=False,
            skip_destroy=False,
            environment=LambdaFunctionEnvironment(
                variables={
                    "ENVIRONMENT": site.environment.identity.name,
                    "LOG_LEVEL": "INFO",
                    "POWERTOOLS_METRICS_NAMESPACE": site.platform.name,
                    "POWERTOOLS_SERVICE_NAME": spec.name,
                    **variables,
                }
            ),
            vpc_config=LambdaFunctionVpcConfig(
                subnet_ids=network.private_subnet_ids,
                security_group_ids=[group.id],
                ipv6_allowed_for_dual_stack=False,
            ),
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
