"""API Gateway."""

from typing import Any, Final

from audit.cloudformation.mapping import Inside, Mapped, Table


def _method_path(path: Any) -> dict[str, Any]:
    """Return what `*/*` or `pay/POST` names, as the settings of a stage name it."""
    resource, _, method = str(path).rpartition("/")
    return {"ResourcePath": "/" + resource.strip("/").replace("/", "~1"), "HttpMethod": method}


def _route_limits(limits: Any) -> dict[str, Any]:
    """Return the limits of routes by route, as a usage plan has them."""
    return {
        "Throttle": {
            limit["path"]: {"BurstLimit": limit["burst_limit"], "RateLimit": limit["rate_limit"]}
            for limit in limits
        }
    }


API: Final[Table] = {
    "aws_api_gateway_account": Mapped(type="AWS::ApiGateway::Account"),
    "aws_api_gateway_api_key": Mapped(type="AWS::ApiGateway::ApiKey"),
    "aws_api_gateway_deployment": Mapped(
        type="AWS::ApiGateway::Deployment",
        unmapped={"triggers": "it tells Terraform when to deploy again"},
    ),
    "aws_api_gateway_integration": Mapped(
        type="AWS::ApiGateway::Method",
        inside=Inside(parent="http_method", at="Integration"),
        names={"timeout_milliseconds": "TimeoutInMillis"},
        unmapped={
            "resource_id": "its method says so",
            "rest_api_id": "its method says so",
        },
    ),
    "aws_api_gateway_method": Mapped(
        type="AWS::ApiGateway::Method", names={"authorization": "AuthorizationType"}
    ),
    "aws_api_gateway_method_settings": Mapped(
        type="AWS::ApiGateway::Stage",
        inside=Inside(parent="stage_name", at="MethodSettings[]"),
        names={"settings": "."},
        made={"method_path": _method_path},
        unmapped={"rest_api_id": "its stage says so"},
    ),
    "aws_api_gateway_model": Mapped(type="AWS::ApiGateway::Model"),
    "aws_api_gateway_request_validator": Mapped(type="AWS::ApiGateway::RequestValidator"),
    "aws_api_gateway_resource": Mapped(type="AWS::ApiGateway::Resource"),
    "aws_api_gateway_rest_api": Mapped(
        type="AWS::ApiGateway::RestApi",
        names={"api_key_source": "ApiKeySourceType"},
        references={"execution_arn": "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Ref}"},
    ),
    "aws_api_gateway_stage": Mapped(
        type="AWS::ApiGateway::Stage",
        names={
            "access_log_settings": "AccessLogSetting",
            "xray_tracing_enabled": "TracingEnabled",
        },
        references={"stage_name": "Ref"},
    ),
    "aws_api_gateway_usage_plan": Mapped(
        type="AWS::ApiGateway::UsagePlan",
        names={
            "name": "UsagePlanName",
            "quota_settings": "Quota",
            "throttle_settings": "Throttle",
        },
        made={"api_stages.throttle": _route_limits},
    ),
    "aws_api_gateway_usage_plan_key": Mapped(type="AWS::ApiGateway::UsagePlanKey"),
}
