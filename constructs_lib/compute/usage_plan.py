"""API keys: who may call the API, how fast and how often [A4]."""

from cdktf import TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws.api_gateway_api_key import ApiGatewayApiKey
from cdktf_cdktf_provider_aws.api_gateway_stage import ApiGatewayStage
from cdktf_cdktf_provider_aws.api_gateway_usage_plan import (
    ApiGatewayUsagePlan,
    ApiGatewayUsagePlanApiStages,
    ApiGatewayUsagePlanApiStagesThrottle,
    ApiGatewayUsagePlanQuotaSettings,
    ApiGatewayUsagePlanThrottleSettings,
)
from cdktf_cdktf_provider_aws.api_gateway_usage_plan_key import ApiGatewayUsagePlanKey
from constructs import Construct

from constructs_lib.site import Site
from model.parts import ApiSpec


def usage_plan(
    scope: Construct, id_: str, *, site: Site, spec: ApiSpec, api_id: str, stage: ApiGatewayStage
) -> None:
    """Create a plan with the environment's rates, for all routes and for each, and one key.

    API Gateway makes the key's value; it is in no code. The variable `api_key` brings a caller's
    known key along, and gives one to a service that makes none.
    """
    node = Construct(scope, id_)
    limits = site.environment.api
    plan = ApiGatewayUsagePlan(
        node,
        "plan",
        name=site.name("usage"),
        description="Requests per second and per day of one caller",
        api_stages=[
            ApiGatewayUsagePlanApiStages(
                api_id=api_id,
                stage=stage.stage_name,
                throttle=[
                    ApiGatewayUsagePlanApiStagesThrottle(
                        path=f"/{route.path}/{route.method}",
                        rate_limit=limits.rate_limit_per_second,
                        burst_limit=limits.burst_limit,
                    )
                    for route in spec.routes
                ],
            )
        ],
        throttle_settings=ApiGatewayUsagePlanThrottleSettings(
            rate_limit=limits.rate_limit_per_second, burst_limit=limits.burst_limit
        ),
        quota_settings=ApiGatewayUsagePlanQuotaSettings(limit=spec.quota_per_day, period="DAY")
        if spec.quota_per_day
        else None,
        tags=site.tags,
    )
    variable = TerraformVariable(
        TerraformStack.of(node),
        "api_key",
        type="string",
        default="",
        sensitive=True,
        description="The value of the first API key, empty to have one made.",
    )
    variable.override_logical_id("api_key")
    key = ApiGatewayApiKey(
        node,
        "key",
        name=site.name("caller"),
        description="The first caller; others get keys of their own",
        enabled=True,
        value='${var.api_key == "" ? null : var.api_key}',
        tags=site.tags,
    )
    ApiGatewayUsagePlanKey(
        node, "membership", usage_plan_id=plan.id, key_id=key.id, key_type="API_KEY"
    )
