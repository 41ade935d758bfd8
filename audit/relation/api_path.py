"""The ARNs under which API Gateway calls what stands behind a method."""

import re
from collections.abc import Iterator
from typing import Final

from audit.relation.deployed import Deployed
from audit.synthesized import Resource

_PARAMETER: Final = re.compile(r"\{[^/]*\}")


def execution_arns(world: Deployed, integration: Resource) -> Iterator[str]:
    """Yield the ARN that each stage of the API sends for the method of *integration*.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
    """
    api = integration.config.get("rest_api_id")
    stages = [
        str(stage.config.get("stage_name"))
        for stage in world.resources("aws_api_gateway_stage")
        if stage.config.get("rest_api_id") == api
    ]
    method = str(integration.config.get("http_method")).replace("ANY", "*")
    method = _method(world, method)
    path = _path(world, integration.config.get("resource_id"))
    home = world.home
    for stage in stages or ["*"]:
        place = f"{api}/{stage}/{method}/{path}"
        yield f"arn:aws:execute-api:{home.region}:{home.account}:{place}"


def _method(world: Deployed, method: str) -> str:
    """Return the verb; one that refers to a method is that method's."""
    found = re.fullmatch(r"\$\{(aws_api_gateway_method\.[\w-]+)\.http_method\}", method)
    if not found:
        return method
    for one in world.resources("aws_api_gateway_method"):
        if one.address == found.group(1):
            return str(one.config.get("http_method")).replace("ANY", "*")
    return method


def _path(world: Deployed, resource_id: object) -> str:
    """Return the path of a resource; a parameter may be anything."""
    parts: list[str] = []
    for _ in range(1 + len(world.all)):
        here = world.at(resource_id, "aws_api_gateway_resource")
        if here is None:
            break
        parts.append(str(here.config.get("path_part")))
        resource_id = here.config.get("parent_id")
    return _PARAMETER.sub("*", "/".join(reversed(parts)))
