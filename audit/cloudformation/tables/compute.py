"""Functions and load balancers."""

from typing import Any, Final

from audit.cloudformation.mapping import Inside, Mapped, NotJudged, Table
from audit.cloudformation.tables.reasons import TERRAFORM

_ARCHIVES: Final = "archives"
_INVOKED: Final = (
    "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Arn}/invocations"
)


def _scheme(internal: Any) -> dict[str, Any]:
    return {"Scheme": "internal" if internal else "internet-facing"}


COMPUTE: Final[Table] = {
    "aws_lambda_event_source_mapping": Mapped(type="AWS::Lambda::EventSourceMapping"),
    "aws_lambda_function": Mapped(
        type="AWS::Lambda::Function",
        constants={"": {"Code.S3Bucket": _ARCHIVES}},
        names={"filename": "Code.S3Key"},
        unmapped={
            "publish": TERRAFORM,
            "skip_destroy": TERRAFORM,
            "source_code_hash": TERRAFORM,
        },
        references={"invoke_arn": _INVOKED},
    ),
    "aws_lambda_function_event_invoke_config": Mapped(
        type="AWS::Lambda::EventInvokeConfig", constants={"": {"Qualifier": "$LATEST"}}
    ),
    "aws_lambda_invocation": NotJudged("a call is no resource in CloudFormation"),
    "aws_lambda_layer_version": Mapped(
        type="AWS::Lambda::LayerVersion",
        constants={"": {"Content.S3Bucket": _ARCHIVES}},
        names={"filename": "Content.S3Key"},
        unmapped={"skip_destroy": TERRAFORM, "source_code_hash": TERRAFORM},
    ),
    "aws_lambda_permission": Mapped(
        type="AWS::Lambda::Permission",
        unmapped={"statement_id": "CloudFormation chooses it"},
    ),
    "aws_lb": Mapped(
        type="AWS::ElasticLoadBalancingV2::LoadBalancer",
        names={
            "access_logs": ".",
            "access_logs.bucket": "LoadBalancerAttributes[Key=access_logs.s3.bucket].Value",
            "access_logs.enabled": "LoadBalancerAttributes[Key=access_logs.s3.enabled].Value",
            "access_logs.prefix": "LoadBalancerAttributes[Key=access_logs.s3.prefix].Value",
            "desync_mitigation_mode": (
                "LoadBalancerAttributes[Key=routing.http.desync_mitigation_mode].Value"
            ),
            "drop_invalid_header_fields": (
                "LoadBalancerAttributes[Key=routing.http.drop_invalid_header_fields.enabled].Value"
            ),
            "enable_deletion_protection": (
                "LoadBalancerAttributes[Key=deletion_protection.enabled].Value"
            ),
            "enable_http2": "LoadBalancerAttributes[Key=routing.http2.enabled].Value",
            "idle_timeout": "LoadBalancerAttributes[Key=idle_timeout.timeout_seconds].Value",
            "load_balancer_type": "Type",
        },
        made={"internal": _scheme},
    ),
    "aws_lb_listener": Mapped(
        type="AWS::ElasticLoadBalancingV2::Listener",
        names={
            "certificate_arn": "Certificates[].CertificateArn",
            "default_action": "DefaultActions",
            "default_action.fixed_response": "FixedResponseConfig",
        },
    ),
    "aws_lb_listener_rule": Mapped(
        type="AWS::ElasticLoadBalancingV2::ListenerRule",
        constants={"condition": {"Field": "path-pattern"}},
        names={
            "action": "Actions",
            "condition": "Conditions",
            "condition.path_pattern": "PathPatternConfig",
        },
    ),
    "aws_lb_target_group": Mapped(
        type="AWS::ElasticLoadBalancingV2::TargetGroup",
        names={
            "lambda_multi_value_headers_enabled": (
                "TargetGroupAttributes[Key=lambda.multi_value_headers.enabled].Value"
            )
        },
    ),
    "aws_lb_target_group_attachment": Mapped(
        type="AWS::ElasticLoadBalancingV2::TargetGroup",
        inside=Inside(parent="target_group_arn", at="Targets[]"),
        names={"target_id": "Id"},
    ),
}
