"""What an API says it checks of a request, it checks: bodies by a model, parameters by name.

A validator without a model, or with one that is not asked for, lets everything through.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from audit.policy.rule import Rule, Violation, violation
from audit.relation.deployed import Deployed, deployed
from audit.synthesized import Resource, Stack

_BODILESS: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
ANY_CONTENT: Final = "$default"
"""The content type of a model that stands for all that have none of their own."""
_CONSTRAINTS: Final = frozenset(
    {"$ref", "allOf", "anyOf", "enum", "items", "oneOf", "properties", "required"}
)
"""What a schema must say at least one of to refuse anything of the right type."""


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    for method in world.resources("aws_api_gateway_method"):
        validator = world.at(
            method.config.get("request_validator_id"), "aws_api_gateway_request_validator"
        )
        if validator is None and method.config.get("request_validator_id"):
            yield violation(method, "request_validator_id", "must be a validator of this stack")
        yield from _bodies(world, method, validator)
        yield from _parameters(method, validator)


def _bodies(world: Deployed, method: Resource, validator: Resource | None) -> Iterator[Violation]:
    checks = bool(validator and validator.config.get("validate_request_body"))
    models: dict[str, Any] = method.config.get("request_models") or {}
    verb = str(method.config.get("http_method"))
    path = "request_models"
    if models and not checks:
        yield violation(method, path, "must be checked by a validator of bodies, are by none")
    if not checks:
        return
    if verb in _BODILESS:
        yield violation(method, "request_validator_id", f"must not check bodies, {verb} has none")
    elif ANY_CONTENT not in models:
        got = ", ".join(sorted(models)) or "none"
        message = f"must have a model for {ANY_CONTENT}: content of other types is not checked"
        yield violation(method, path, f"{message}, got {got}")
    for name in models.values():
        if not _refuses_something(world, str(name)):
            message = f"must be models here whose schema asks for something, {name} does not"
            yield violation(method, path, message)


def _refuses_something(world: Deployed, name: str) -> bool:
    for model in world.resources("aws_api_gateway_model"):
        if name in (model.config.get("name"), f"${{{model.address}.name}}"):
            try:
                schema = json.loads(str(model.config.get("schema")))
            except ValueError:
                return False
            return isinstance(schema, dict) and any(schema.get(one) for one in _CONSTRAINTS)
    return False


def _parameters(method: Resource, validator: Resource | None) -> Iterator[Violation]:
    checks = bool(validator and validator.config.get("validate_request_parameters"))
    asked = method.config.get("request_parameters") or {}
    required = any(value is True or value == "true" for value in asked.values())
    if checks and not required:
        message = "must not check parameters, for the method requires none"
        yield violation(method, "request_validator_id", message)
    if required and not checks:
        message = "must be checked by a validator of parameters, are by none"
        yield violation(method, "request_parameters", message)


RULE: Final = Rule(
    id="request-models",
    title="What an API says it checks of requests, it checks",
    why="A validator without a model looks on and lets everything through to the functions.",
    source_url="https://docs.aws.amazon.com/apigateway/latest/developerguide/"
    "api-gateway-method-request-validation.html",
    suppressible=False,
    check=_check,
)
