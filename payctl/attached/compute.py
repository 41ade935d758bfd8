"""What can be attached to functions, layers and APIs."""

from collections.abc import Iterator
from typing import Any, Final

from payctl.attached.attachment import Attachment, Attributes, attachment

_FUNCTION: Final = "aws_lambda_function"
_API: Final = "aws_api_gateway_rest_api"
_STAGE: Final = "aws_api_gateway_stage"


def _function(attributes: Attributes) -> dict[str, Any]:
    return {"FunctionName": attributes["function_name"]}


def _api(attributes: Attributes) -> dict[str, Any]:
    return {"restApiId": attributes["id"]}


def _methods(client: Any, attributes: Attributes) -> Iterator[str]:
    """Yield the methods as the provider calls them: `agm-<api>-<resource>-<method>`."""
    api = attributes["id"]
    pages = client.get_paginator("get_resources").paginate(restApiId=api, embed=["methods"])
    for page in pages:
        for item in page["items"]:
            for method in item.get("resourceMethods", {}):
                yield f"agm-{api}-{item['id']}-{method}"


def _mappings(client: Any, attributes: Attributes) -> Iterator[str]:
    """Yield the paths of custom domains that lead to the API, as `<domain>/<path>`."""
    for page in client.get_paginator("get_domain_names").paginate():
        for domain in page["items"]:
            name = domain["domainName"]
            mappings = client.get_paginator("get_base_path_mappings").paginate(domainName=name)
            for mapping in (one for below in mappings for one in below.get("items", ())):
                if mapping["restApiId"] == attributes["id"]:
                    path = mapping["basePath"]
                    # The provider's id of a mapping without a path ends with the slash.
                    yield f"{name}/{'' if path == '(none)' else path}"


def _usage_plans(client: Any, attributes: Attributes) -> Iterator[str]:
    for page in client.get_paginator("get_usage_plans").paginate():
        for plan in page["items"]:
            if any(stage.get("apiId") == attributes["id"] for stage in plan.get("apiStages", ())):
                yield plan["id"]


ATTACHMENTS: Final = (
    attachment(
        _FUNCTION,
        "function URL",
        "lambda.list_function_url_configs",
        _function,
        "FunctionUrlConfigs[].FunctionUrl",
        "aws_lambda_function_url",
    ),
    attachment(
        _FUNCTION,
        "permission",
        "lambda.get_policy",
        _function,
        "Policy.Statement[].Sid",
        "aws_lambda_permission",
        document="Policy",
    ),
    attachment(
        _FUNCTION,
        "alias",
        "lambda.list_aliases",
        _function,
        "Aliases[].Name",
        "aws_lambda_alias",
    ),
    attachment(
        _FUNCTION,
        "version",
        "lambda.list_versions_by_function",
        _function,
        "Versions[?Version != '$LATEST'].Version",
        _FUNCTION,
        made_by_aws="the version $LATEST",
    ),
    attachment(
        _FUNCTION,
        "event source mapping",
        "lambda.list_event_source_mappings",
        _function,
        "EventSourceMappings[].UUID",
        "aws_lambda_event_source_mapping",
    ),
    attachment(
        _FUNCTION,
        "provisioned concurrency",
        "lambda.list_provisioned_concurrency_configs",
        _function,
        "ProvisionedConcurrencyConfigs[].FunctionArn",
        "aws_lambda_provisioned_concurrency_config",
    ),
    attachment(
        _FUNCTION,
        "destination of asynchronous invocations",
        "lambda.list_function_event_invoke_configs",
        _function,
        "FunctionEventInvokeConfigs[].DestinationConfig.[OnSuccess.Destination, "
        "OnFailure.Destination][]",
        "aws_lambda_function_event_invoke_config",
    ),
    attachment(
        _FUNCTION,
        "code signing configuration",
        "lambda.get_function_code_signing_config",
        _function,
        "[CodeSigningConfigArn]",
        _FUNCTION,
    ),
    attachment(
        "aws_lambda_layer_version",
        "permission of a layer",
        "lambda.get_layer_version_policy",
        lambda a: {"LayerName": a["layer_arn"], "VersionNumber": int(a["version"])},
        "Policy.Statement[].Sid",
        "aws_lambda_layer_version_permission",
        document="Policy",
    ),
    attachment(
        _API,
        "API resource",
        "apigateway.get_resources",
        _api,
        "items[?path != '/'].id",
        "aws_api_gateway_resource",
        made_by_aws="the root resource",
    ),
    Attachment(
        parent=_API,
        name="API method",
        service="apigateway",
        operation="get_resources",
        read=_methods,
        managed=("aws_api_gateway_method",),
    ),
    attachment(
        _API,
        "API stage",
        "apigateway.get_stages",
        _api,
        "item[].stageName",
        _STAGE,
    ),
    attachment(
        _API,
        "API deployment",
        "apigateway.get_deployments",
        _api,
        "items[].id",
        "aws_api_gateway_deployment",
    ),
    attachment(
        _API,
        "authorizer",
        "apigateway.get_authorizers",
        _api,
        "items[].id",
        "aws_api_gateway_authorizer",
    ),
    attachment(
        _API,
        "API model",
        "apigateway.get_models",
        _api,
        "items[?name != 'Empty' && name != 'Error'].name",
        "aws_api_gateway_model",
        made_by_aws="the models Empty and Error",
    ),
    attachment(
        _API,
        "request validator",
        "apigateway.get_request_validators",
        _api,
        "items[].id",
        "aws_api_gateway_request_validator",
    ),
    attachment(
        _API,
        "gateway response",
        "apigateway.get_gateway_responses",
        _api,
        "items[?defaultResponse != `true`].responseType",
        "aws_api_gateway_gateway_response",
        made_by_aws="the default responses",
    ),
    Attachment(
        parent=_API,
        name="custom domain",
        service="apigateway",
        operation="get_base_path_mappings",
        read=_mappings,
        managed=("aws_api_gateway_base_path_mapping",),
    ),
    Attachment(
        parent=_API,
        name="usage plan",
        service="apigateway",
        operation="get_usage_plans",
        read=_usage_plans,
        managed=("aws_api_gateway_usage_plan",),
    ),
    attachment(
        _STAGE,
        "settings of a method, such as its throttle",
        "apigateway.get_stage",
        lambda a: {"restApiId": a["rest_api_id"], "stageName": a["stage_name"]},
        "keys(methodSettings || `{}`)",
        "aws_api_gateway_method_settings",
    ),
    attachment(
        "aws_api_gateway_usage_plan",
        "API key of a usage plan",
        "apigateway.get_usage_plan_keys",
        lambda a: {"usagePlanId": a["id"]},
        "items[].id",
        "aws_api_gateway_usage_plan_key",
    ),
)
"""Functions, layers and REST APIs."""
