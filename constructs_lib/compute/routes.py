"""The routes of the REST API: paths, methods, checks of requests, and the functions behind them."""

import json

from attrs import field, frozen
from cdktf_cdktf_provider_aws.api_gateway_integration import ApiGatewayIntegration
from cdktf_cdktf_provider_aws.api_gateway_method import ApiGatewayMethod
from cdktf_cdktf_provider_aws.api_gateway_model import ApiGatewayModel
from cdktf_cdktf_provider_aws.api_gateway_request_validator import ApiGatewayRequestValidator
from cdktf_cdktf_provider_aws.api_gateway_resource import ApiGatewayResource
from cdktf_cdktf_provider_aws.api_gateway_rest_api import ApiGatewayRestApi
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from constructs import Construct

from constructs_lib.compute.functions import Functions
from model.parts import ApiSpec, RouteSpec

STAGE = "v1"


@frozen(kw_only=True, eq=False)
class Routes:
    """The routes of one API.

    Attributes:
        resource_ids: The resource of each path, by the path.

        integrations: What must be there before the API is deployed.
    """

    node: Construct
    api: ApiGatewayRestApi
    spec: ApiSpec
    functions: Functions
    resource_ids: dict[str, str]
    integrations: list[ApiGatewayIntegration] = field(factory=list)

    @classmethod
    def create(
        cls, node: Construct, *, api: ApiGatewayRestApi, spec: ApiSpec, functions: Functions
    ) -> "Routes":
        """Create the resources, methods and integrations of all routes directly below *node*."""
        routes = cls(
            node=node,
            api=api,
            spec=spec,
            functions=functions,
            resource_ids={"": api.root_resource_id},
        )
        validator = ApiGatewayRequestValidator(
            node,
            "validator",
            rest_api_id=api.id,
            name="body-and-parameters",
            validate_request_body=True,
            validate_request_parameters=True,
        )
        for route in spec.routes:
            routes.integrations.append(routes._add(route, validator))
        for name in dict.fromkeys(route.function for route in spec.routes):
            routes._let_in(name)
        return routes

    def _add(
        self, route: RouteSpec, validator: ApiGatewayRequestValidator
    ) -> ApiGatewayIntegration:
        id_ = f"{route.method.lower()}_{_identifier(route.path)}"
        resource_id = self._resource_id(route.path)
        parameters = [part.strip("{}") for part in route.path.split("/") if part.startswith("{")]
        method = ApiGatewayMethod(
            self.node,
            id_,
            rest_api_id=self.api.id,
            resource_id=resource_id,
            http_method=route.method,
            authorization=self.spec.authorization,
            api_key_required=self.spec.api_key_required,
            request_validator_id=validator.id,
            request_parameters={f"method.request.path.{name}": True for name in parameters} or None,
            request_models={"application/json": self._body(id_, route).name}
            if route.required_fields
            else None,
        )
        return ApiGatewayIntegration(
            self.node,
            f"{id_}_function",
            rest_api_id=self.api.id,
            resource_id=resource_id,
            http_method=method.http_method,
            integration_http_method="POST",
            type="AWS_PROXY",
            uri=self.functions[route.function].invoke_arn,
            passthrough_behavior="WHEN_NO_MATCH",
            timeout_milliseconds=29_000,  # The most a REST API waits.
        )

    def _resource_id(self, path: str) -> str:
        """Return the resource of *path*; each piece of it is one, made once."""
        parent = ""
        for part in path.split("/"):
            here = f"{parent}/{part}".strip("/")
            if here not in self.resource_ids:
                self.resource_ids[here] = ApiGatewayResource(
                    self.node,
                    f"path_{_identifier(here)}",
                    rest_api_id=self.api.id,
                    parent_id=self.resource_ids[parent],
                    path_part=part,
                ).id
            parent = here
        return self.resource_ids[parent]

    def _body(self, id_: str, route: RouteSpec) -> ApiGatewayModel:
        schema = {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "title": id_,
            "type": "object",
            "required": list(route.required_fields),
        }
        return ApiGatewayModel(
            self.node,
            f"{id_}_body",
            rest_api_id=self.api.id,
            name=id_.title().replace("_", ""),
            description=f"What {route.method} /{route.path} must be told",
            content_type="application/json",
            schema=json.dumps(schema),
        )

    def _let_in(self, function: str) -> None:
        """Let the API start *function*."""
        LambdaPermission(
            self.node,
            f"may_start_{function}",
            statement_id="api",
            action="lambda:InvokeFunction",
            function_name=self.functions[function].name,
            principal="apigateway.amazonaws.com",
            source_arn=f"{self.api.execution_arn}/{STAGE}/*",
        )


def _identifier(path: str) -> str:
    return path.replace("/", "_").replace("-", "_").replace("{", "").replace("}", "")
