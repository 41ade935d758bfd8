"""The routes of the REST API: paths, methods, checks of requests, and the functions behind them."""

import json

from attrs import field, frozen
from cdktf import TerraformResource
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
_ANY_CONTENT = "$default"
"""The content type that stands for all: a body of a type without a model is not checked."""


@frozen(kw_only=True, eq=False)
class Routes:
    """The routes of one API.

    Attributes:
        resource_ids: The resource of each path, by the path.

        parts: Everything that a deployment copies, the API first.
    """

    node: Construct
    api: ApiGatewayRestApi
    spec: ApiSpec
    functions: Functions
    resource_ids: dict[str, str]
    parts: list[TerraformResource]
    validator_ids: dict[str, str] = field(factory=dict)

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
            parts=[api],
        )
        for route in spec.routes:
            routes._add(route)
        for name in dict.fromkeys(route.function for route in spec.routes):
            routes._let_in(name)
        return routes

    @property
    def fingerprint(self) -> str:
        """An expression that differs whenever any part does, as Terraform sees it."""
        return f"${{sha256(jsonencode([{', '.join(part.fqn for part in self.parts)}]))}}"

    def _add(self, route: RouteSpec) -> None:
        id_ = f"{route.method.lower()}_{_identifier(route.path)}"
        resource_id = self._resource_id(route.path)
        parameters = {
            f"method.request.path.{part.strip('{}')}": True
            for part in route.path.split("/")
            if part.startswith("{")
        }
        body = self._body(id_, route) if route.body else None
        method = ApiGatewayMethod(
            self.node,
            id_,
            rest_api_id=self.api.id,
            resource_id=resource_id,
            http_method=route.method,
            authorization=self.spec.authorization,
            api_key_required=self.spec.api_key_required,
            request_validator_id=self._validator(body=bool(body), parameters=bool(parameters)),
            request_parameters=parameters or None,
            request_models={_ANY_CONTENT: body.name} if body else None,
        )
        integration = ApiGatewayIntegration(
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
        self.parts.extend([method, integration])

    def _validator(self, *, body: bool, parameters: bool) -> str | None:
        """Return the validator that checks what there is to check, made once; None for nothing."""
        checked = [name for name, is_checked in (("body", body), ("parameters", parameters))
                   if is_checked]  # fmt: skip
        if not checked:
            return None
        name = "-and-".join(checked)
        if name not in self.validator_ids:
            validator = ApiGatewayRequestValidator(
                self.node,
                f"{_identifier(name)}_validator",
                rest_api_id=self.api.id,
                name=name,
                validate_request_body=body,
                validate_request_parameters=parameters,
            )
            self.parts.append(validator)
            self.validator_ids[name] = validator.id
        return self.validator_ids[name]

    def _resource_id(self, path: str) -> str:
        """Return the resource of *path*; each piece of it is one, made once."""
        parent = ""
        for part in path.split("/"):
            here = f"{parent}/{part}".strip("/")
            if here not in self.resource_ids:
                resource = ApiGatewayResource(
                    self.node,
                    f"path_{_identifier(here)}",
                    rest_api_id=self.api.id,
                    parent_id=self.resource_ids[parent],
                    path_part=part,
                )
                self.parts.append(resource)
                self.resource_ids[here] = resource.id
            parent = here
        return self.resource_ids[parent]

    def _body(self, id_: str, route: RouteSpec) -> ApiGatewayModel:
        schema = {
            "$schema": "http://json-schema.org/draft-04/schema#",
            "title": id_,
            "type": "object",
            "properties": {one.name: {"type": one.type} for one in route.body},
            "required": [one.name for one in route.body],
        }
        model = ApiGatewayModel(
            self.node,
            f"{id_}_body",
            rest_api_id=self.api.id,
            name=id_.title().replace("_", ""),
            description=f"What {route.method} /{route.path} must be told",
            content_type="application/json",
            schema=json.dumps(schema),
        )
        self.parts.append(model)
        return model

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
