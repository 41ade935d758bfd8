"""The REST API: routes, checks of requests, throttling and logs."""

import json
from typing import Self

from attrs import frozen
from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.api_gateway_deployment import ApiGatewayDeployment
from cdktf_cdktf_provider_aws.api_gateway_method_settings import (
    ApiGatewayMethodSettings,
    ApiGatewayMethodSettingsSettings,
)
from cdktf_cdktf_provider_aws.api_gateway_rest_api import (
    ApiGatewayRestApi,
    ApiGatewayRestApiEndpointConfiguration,
)
from cdktf_cdktf_provider_aws.api_gateway_stage import (
    ApiGatewayStage,
    ApiGatewayStageAccessLogSettings,
)
from constructs import Construct

from constructs_lib.compute.api_parts import PARTS_TO_COME
from constructs_lib.compute.functions import Functions
from constructs_lib.compute.routes import STAGE, Routes
from constructs_lib.compute.usage_plan import usage_plan
from constructs_lib.observability.log_group import log_group
from constructs_lib.site import Site
from model.parts import ApiSpec

_ACCESS_LOG = {
    "request_id": "$context.requestId",
    "caller_ip": "$context.identity.sourceIp",
    "caller": "$context.identity.caller",
    "time": "$context.requestTime",
    "method": "$context.httpMethod",
    "path": "$context.resourcePath",
    "status": "$context.status",
    "protocol": "$context.protocol",
    "response_bytes": "$context.responseLength",
    "latency_milliseconds": "$context.responseLatency",
    "error": "$context.error.message",
}


@frozen(kw_only=True, eq=False)
class RestApi:
    """A regional REST API in front of functions [A1–A3]."""

    name: str
    id: str
    stage: ApiGatewayStage
    spec: ApiSpec

    @classmethod
    def of_platform(
        cls, scope: Construct, id_: str, *, site: Site, functions: Functions
    ) -> Self | None:
        """Create the API of the platform, where it has one."""
        spec = site.platform.api
        return cls.create(scope, id_, site=site, spec=spec, functions=functions) if spec else None

    @classmethod
    def create(
        cls, scope: Construct, id_: str, *, site: Site, spec: ApiSpec, functions: Functions
    ) -> Self:
        """Create the API, its routes and its one stage."""
        node = Construct(scope, id_)
        api = ApiGatewayRestApi(
            node,
            "api",
            name=site.name("api"),
            description="Payments",
            api_key_source="HEADER",
            disable_execute_api_endpoint=False,
            endpoint_configuration=ApiGatewayRestApiEndpointConfiguration(types=["REGIONAL"]),
            tags=site.tags,
        )
        routes = Routes.create(node, api=api, spec=spec, functions=functions)
        deployment = ApiGatewayDeployment(
            node,
            "deployment",
            rest_api_id=api.id,
            description="The routes as they are in this blueprint",
            triggers={"parts": routes.fingerprint, "written": PARTS_TO_COME},
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        stage = _stage(node, api, deployment, site)
        _limits(node, api, stage, site)
        if spec.api_key_required:
            usage_plan(node, "callers", site=site, spec=spec, api_id=api.id, stage=stage)
        return cls(name=api.name, id=api.id, stage=stage, spec=spec)

    @property
    def outputs(self) -> dict[str, str]:
        """The address of each route, by the name of its output [A5]."""
        return {
            f"{route.function}_url": f"{self.stage.invoke_url}/{route.path}"
            for route in self.spec.routes
        }


def _stage(
    node: Construct,
    api: ApiGatewayRestApi,
    deployment: ApiGatewayDeployment,
    site: Site,
) -> ApiGatewayStage:
    logs = log_group(node, "access", site=site, name=f"/api/{site.name('api')}/access")
    execution = log_group(
        node,
        "execution",
        site=site,
        name=f"API-Gateway-Execution-Logs_{api.id}/{STAGE}",
    )
    return ApiGatewayStage(
        node,
        "stage",
        rest_api_id=api.id,
        deployment_id=deployment.id,
        stage_name=STAGE,
        description="The one stage of the environment",
        xray_tracing_enabled=True,
        cache_cluster_enabled=False,
        access_log_settings=ApiGatewayStageAccessLogSettings(
            destination_arn=logs.arn, format=json.dumps(_ACCESS_LOG)
        ),
        tags=site.tags,
        depends_on=[execution],
    )


def _limits(node: Construct, api: ApiGatewayRestApi, stage: ApiGatewayStage, site: Site) -> None:
    """Throttle and log every method; bodies stay out of the logs, they may hold card data."""
    limits = site.environment.api
    ApiGatewayMethodSettings(
        node,
        "limits",
        rest_api_id=api.id,
        stage_name=stage.stage_name,
        method_path="*/*",
        settings=ApiGatewayMethodSettingsSettings(
            logging_level="INFO",
            data_trace_enabled=False,
            metrics_enabled=True,
            throttling_rate_limit=limits.rate_limit_per_second,
            throttling_burst_limit=limits.burst_limit,
            caching_enabled=False,
        ),
    )
