"""A stage serves the API as it is written: its deployment is made anew whenever a part changes.

API Gateway copies an API into a deployment; what changes afterwards is not served. Terraform makes
a deployment anew only for its `triggers`, which must hold every part as a whole, in an expression
that Terraform works out: a number worked out before leaves out whatever its maker forgot.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from audit.block import blocks
from audit.policy.rule import Rule, Violation, violation
from audit.reference import Reference, references
from audit.synthesized import Resource, Stack
from audit.template import Expression, parts

_REST: Final = (
    "aws_api_gateway_authorizer",
    "aws_api_gateway_gateway_response",
    "aws_api_gateway_integration",
    "aws_api_gateway_integration_response",
    "aws_api_gateway_method",
    "aws_api_gateway_method_response",
    "aws_api_gateway_model",
    "aws_api_gateway_request_validator",
    "aws_api_gateway_resource",
    "aws_api_gateway_rest_api",
    "aws_api_gateway_rest_api_policy",
)
_HTTP: Final = (
    "aws_apigatewayv2_authorizer",
    "aws_apigatewayv2_integration",
    "aws_apigatewayv2_integration_response",
    "aws_apigatewayv2_model",
    "aws_apigatewayv2_route",
    "aws_apigatewayv2_route_response",
)
PARTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "aws_api_gateway_deployment": ("rest_api_id", _REST),
    "aws_apigatewayv2_deployment": ("api_id", _HTTP),
}
"""What a deployment copies, and the attribute that says of which API a part is."""
_NOT_COPIED: Final = frozenset({"depends_on", "lifecycle", "provider", "tags"})


_KEEPS_ALL: Final = frozenset(
    {"base64sha256", "base64sha512", "jsonencode", "md5", "sha1", "sha256", "sha512"}
)
"""The functions whose result differs whenever anything in their argument does."""
_FUNCTION: Final = re.compile(r"\b([a-z_0-9]+)\(")
_CHOICE: Final = re.compile(r"[?!%*/]|\bfor\b|\]\s*\[|\)\s*[\[.]")
"""What lets an expression be the same for different parts."""


def _check(stack: Stack) -> Iterator[Violation]:
    for type_, (of_api, copied) in PARTS.items():
        for deployment in stack.resources(type_):
            api = deployment.config.get(of_api)
            held = tuple(_held(deployment.config.get("triggers")))
            missing = [
                part.address
                for part in stack.resources(*copied)
                if part.config.get(of_api, f"${{{part.address}.id}}") == api
                and not _is_held(part, held)
            ]
            if missing:
                message = "must hold every part of the API as a whole, `sha256(jsonencode([...]))`"
                yield violation(deployment, "triggers", f"{message}, lacks {', '.join(missing)}")
            yield from _ignored(deployment, "triggers")
    for stage in stack.resources("aws_api_gateway_stage", "aws_apigatewayv2_stage"):
        yield from _ignored(stage, "deployment_id")


def _held(triggers: object) -> Iterator[Reference]:
    """Yield what triggers refer to in expressions that differ whenever it does."""
    values = triggers.values() if isinstance(triggers, dict) else ()
    for text in (value for value in values if isinstance(value, str)):
        for part in parts(text):
            if isinstance(part, Expression):
                functions = set(_FUNCTION.findall(part.source))
                if functions <= _KEEPS_ALL and not _CHOICE.search(part.source):
                    yield from references(str(part))


def _is_held(part: Resource, held: Iterable[Reference]) -> bool:
    """Tell whether the whole part is referred to, or every attribute that it has."""
    paths = {one.path for one in held if one.address == part.address}
    return () in paths or all((name,) in paths for name in part.config.keys() - _NOT_COPIED)


def _ignored(resource: Resource, attribute: str) -> Iterator[Violation]:
    for lifecycle in blocks(resource.config, "lifecycle"):
        ignored = lifecycle.get("ignore_changes") or ()
        if ignored == "all" or attribute in ignored:
            yield violation(resource, "lifecycle.ignore_changes", f"must not have {attribute}")


RULE: Final = Rule(
    id="api-deployments",
    title="The stage of an API serves the API as it is written",
    why="An environment that exists keeps the old API; one made now has the new one.",
    source_url="https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html",
    suppressible=False,
    check=_check,
)
