"""The REST API: routes, checks of requests, throttling and logs."""

import hashlib
import json
from typing import Self

from attrs import asdict, frozen
from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.api_gateway_deployment import ApiGatewayDeployment
from cdktf_cdktf_provider_aws.api_gateway_integration import ApiGatewayIntegration
from cdktf_cdktf_provider_aws.api_gateway_method import ApiGatewayMethod
from cdktf_cdktf_provider_aws.api_gateway_method_settings import (
    ApiGatewayMethodSettings,
    ApiGatewayMethodSettingsSettings,
)
from cdktf_cdktf_provider_aws.api_gateway_model import ApiGatewayModel
from cdktf_cdktf_provider_aws.api_gateway_request_validator import ApiGatewayRequestValidator
from cdktf_cdktf_provider_aws.api_gateway_resource import ApiGatewayResource
from cdktf_cdktf_provider_aws.api_gateway_rest_api import (
    ApiGatewayRestApi,
    ApiGatewayRestApiEndpointConfiguration,
)
from cdktf_cdktf_provider_aws.api_gateway_stage import (
    ApiGatewayStage,
    ApiGatewayStageAccessLogSettings,
)
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from constructs import Construct

from constructs_lib.compute.functions import Functions
from constructs_lib.compute.usage_plan import usage_plan
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.observability.log_group import log_group
from constructs_lib.site import Site
from model.parts import ApiSpec, RouteSpec

STAGE = "v1"
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
    def create(  # noqa: PLR0913 - collaborators
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        spec: ApiSpec,
        functions: Functions,
        key: EncryptionKey,
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
        routes = _routes(node, api, spec, functions)
        deployment = ApiGatewayDeployment(
            node,
            "deployment",
            rest_api_id=api.id,
            description="The routes as they are in this blueprint",
            triggers={"routes": _fingerprint(spec)},
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
            depends_on=routes,
        )
        stage = _stage(node, api, deployment, site, key)
        _limits(node, api, stage, site)
        if spec.api_key_required:
            usage_plan(node, "callers", site=site, spec=spec, api_id=api.id, stage=stage)
        return cls(name=api.name, id=api.id, stage=stage, spec=spec)

    @property
    def urls(self) -> dict[str, str]:
        """The address of each route, by the name of its output [A5]."""
        return {
            f"{route.function}_url": f"{self.stage.invoke_url}/{route.path}"
            for route in self.spec.routes
        }


def _routes(
    node: Construct, api: ApiGatewayRestApi, spec: ApiSpec, functions: Functions
) -> list[ApiGatewayIntegration]:
    """Create the resources, methods and integrations of all routes."""
    validator = ApiGatewayRequestValidator(
        node,
        "validator",
        rest_api_id=api.id,
        name="body-and-parameters",
        validate_request_body=True,
        validate_request_parameters=True,
    )
    resources: dict[str, str] = {"": api.root_resource_id}
    integrations = []
    for route in spec.routes:
        parent = ""
        for part in route.path.split("/"):
            path = f"{parent}/{part}".strip("/")
            if path not in resources:
                resources[path] = ApiGatewayResource(
                    node,
                    f"path_{_identifier(path)}",
                    rest_api_id=api.id,
                    parent_id=resources[parent],
                    path_part=part,
                ).id
            parent = path
        integrations.append(_route(node, api, spec, route, resources[parent], validator, functions))
    for name in dict.fromkeys(route.function for route in spec.routes):
        LambdaPermission(
            node,
            f"may_start_{name}",
            statement_id="api",
            action="lambda:InvokeFunction",
            function_name=functions[name].name,
            principal="apigateway.amazonaws.com",
            source_arn=f"{api.execution_arn}/{STAGE}/*",
        )
    return integrations


def _route(  # noqa: PLR0913, PLR0917 - the pieces of one route
    node: Construct,
    api: ApiGatewayRestApi,
    spec: ApiSpec,
    route: RouteSpec,
    resource_id: str,
    validator: ApiGatewayRequestValidator,
    functions: Functions,
) -> ApiGatewayIntegration:
    id_ = f"{route.method.lower()}_{_identifier(route.path)}"
    parameters = [part.strip("{}") for part in route.path.split("/") if part.startswith("{")]
    method = ApiGatewayMethod(
        node,
        id_,
        rest_api_id=api.id,
        resource_id=resource_id,
        http_method=route.method,
        authorization=spec.authorization,
        api_key_required=spec.api_key_required,
        request_validator_id=validator.id,
        request_parameters={f"method.request.path.{name}": True for name in parameters} or None,
        request_models={"application/json": _body(node, api, id_, route).name}
        if route.required_fields
        else None,
    )
    return ApiGatewayIntegration(
        node,
        f"{id_}_function",
        rest_api_id=api.id,
        resource_id=resource_id,
        http_method=method.http_method,
        integration_http_method="POST",
        type="AWS_PROXY",
        uri=functions[route.function].invoke_arn,
        passthrough_behavior="WHEN_NO_MATCH",
        timeout_milliseconds=29_000,  # The most a REST API waits.
    )


def _body(node: Construct, api: ApiGatewayRestApi, id_: str, route: RouteSpec) -> ApiGatewayModel:
    schema = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": id_,
        "type": "object",
        "required": list(route.required_fields),
    }
    return ApiGatewayModel(
        node,
        f"{id_}_body",
        rest_api_id=api.id,
        name=id_.title().replace("_", ""),
        description=f"What {route.method} /{route.path} must be told",
        content_type="application/json",
        schema=json.dumps(schema),
    )


def _stage(
    node: Construct,
    api: ApiGatewayRestApi,
    deployment: ApiGatewayDeployment,
    site: Site,
    key: EncryptionKey,
) -> ApiGatewayStage:
    logs = log_group(node, "access", site=site, key=key, name=f"/api/{site.name('api')}/access")
    execution = log_group(
        node,
        "execution",
        site=site,
        key=key,
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


def _fingerprint(spec: ApiSpec) -> str:
    """Return what changes when the routes do, so that they are deployed again."""
    return hashlib.sha256(json.dumps(asdict(spec), sort_keys=True).encode()).hexdigest()


def _identifier(path: str) -> str:
    return path.replace("/", "_").replace("-", "_").replace("{", "").replace("}", "")
