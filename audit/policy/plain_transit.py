"""What is told, or left, to answer without TLS: listeners, endpoints, databases."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from audit.block import blocks, first
from audit.policy.rule import Violation, violation
from audit.synthesized import Resource, Stack

ENCRYPTED: Final[Mapping[str, tuple[tuple[str, ...], tuple[object, ...]]]] = {
    "aws_api_gateway_domain_name": (("security_policy",), ("TLS_1_2",)),
    "aws_apigatewayv2_domain_name": (
        ("domain_name_configuration", "security_policy"),
        ("TLS_1_2",),
    ),
    "aws_db_proxy": (("require_tls",), (True,)),
    "aws_dax_cluster": (("cluster_endpoint_encryption_type",), ("TLS",)),
    "aws_dms_endpoint": (("ssl_mode",), ("require", "verify-ca", "verify-full")),
    "aws_elasticache_replication_group": (("transit_encryption_enabled",), (True,)),
    "aws_elasticache_cluster": (("transit_encryption_enabled",), (True,)),
    "aws_memorydb_cluster": (("tls_enabled",), (True, None)),
    "aws_msk_cluster": (
        ("encryption_info", "encryption_in_transit", "client_broker"),
        ("TLS", None),
    ),
    "aws_opensearch_domain": (("domain_endpoint_options", "enforce_https"), (True,)),
}
"""Where a service is told to encrypt, and what it must be told; None: it does so unasked."""
_FORCED: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "postgres": ("rds.force_ssl", frozenset({"1"})),
    "mysql": ("require_secure_transport", frozenset({"1", "ON"})),
    "mariadb": ("require_secure_transport", frozenset({"1", "ON"})),
    "redshift": ("require_ssl", frozenset({"true"})),
    "docdb": ("tls", frozenset({"enabled"})),
}
"""The parameter with which a family of databases refuses connections without TLS."""
_GROUPS: Final = (
    "aws_db_parameter_group",
    "aws_docdb_cluster_parameter_group",
    "aws_rds_cluster_parameter_group",
    "aws_redshift_parameter_group",
)
_OLD: Final = ("ELBSecurityPolicy-TLS13-1-0", "ELBSecurityPolicy-TLS13-1-1")
"""Policies of TLS 1.3 that take 1.0 and 1.1 as well."""


def plain(stack: Stack) -> Iterator[Violation]:
    """Yield what of the resolved *stack* answers, or asks, without TLS."""
    for resource in stack.resources():
        if resource.type in ENCRYPTED:
            yield from _told(resource)
        elif resource.type in _JUDGES:
            yield from _JUDGES[resource.type](resource)


def _told(resource: Resource) -> Iterator[Violation]:
    path, accepted = ENCRYPTED[resource.type]
    found = first(resource.config, *path)
    if found not in accepted:
        expected = " or ".join(str(value) for value in accepted if value is not None)
        yield violation(resource, ".".join(path), f"must be {expected}, got {found}")


def _target(group: Resource) -> Iterator[Violation]:
    """Judge how a load balancer goes on; a function is called by AWS's own API."""
    config = group.config
    protocol = config.get("protocol")
    if config.get("target_type") != "lambda" and protocol not in ("HTTPS", "TLS"):
        yield violation(group, "protocol", f"must be HTTPS or TLS, got {protocol}")


def _distribution(distribution: Resource) -> Iterator[Violation]:
    for kind in ("default_cache_behavior", "ordered_cache_behavior"):
        for behavior in blocks(distribution.config, kind):
            policy = behavior.get("viewer_protocol_policy")
            if policy not in ("https-only", "redirect-to-https"):
                message = f"must be https-only or redirect-to-https, got {policy}"
                yield violation(distribution, f"{kind}.viewer_protocol_policy", message)


def _classic(balancer: Resource) -> Iterator[Violation]:
    for listener in blocks(balancer.config, "listener"):
        protocol = listener.get("lb_protocol")
        if str(protocol).upper() not in ("HTTPS", "SSL"):
            yield violation(balancer, "listener", f"must be HTTPS or SSL, got {protocol}")


def _listener(listener: Resource) -> Iterator[Violation]:
    config = listener.config
    protocol, policy = config.get("protocol"), str(config.get("ssl_policy"))
    if protocol in ("HTTPS", "TLS"):
        if not policy.startswith("ELBSecurityPolicy-TLS13-1-") or policy.startswith(_OLD):
            yield violation(listener, "ssl_policy", f"must be of TLS 1.3 or 1.2, got {policy}")
        return
    actions = list(blocks(config, "default_action"))
    if protocol != "HTTP" or not actions or not all(map(_leads_to_https, actions)):
        message = f"must be HTTPS or a redirect to it, got {protocol}"
        yield violation(listener, "protocol", message)


def _leads_to_https(action: Mapping[str, Any]) -> bool:
    redirect = first(action, "redirect", "protocol")
    return action.get("type") == "redirect" and redirect == "HTTPS"


def _may_be_plain(integration: Resource) -> bool:
    config = integration.config
    is_http = str(config.get("type", config.get("integration_type"))).startswith("HTTP")
    uri = str(config.get("uri", config.get("integration_uri")))
    private = uri.startswith("arn:") or config.get("connection_type") == "VPC_LINK"
    return is_http and not private and not uri.startswith("https://")


def _parameters(group: Resource) -> Iterator[Violation]:
    family = "redshift" if "redshift" in group.type else str(group.config.get("family"))
    parameters = {
        block.get("name"): str(block.get("value")) for block in blocks(group.config, "parameter")
    }
    for engine, (name, accepted) in _FORCED.items():
        if engine in family and parameters.get(name) not in accepted:
            yield violation(group, "parameter", f"must set {name} to {min(accepted)}")


def _integration(integration: Resource) -> Iterator[Violation]:
    if _may_be_plain(integration):
        attribute = "uri" if "uri" in integration.config else "integration_uri"
        yield violation(integration, attribute, "must be AWS's own or begin with https://")


def _subscription(subscription: Resource) -> Iterator[Violation]:
    if subscription.config.get("protocol") == "http":
        yield violation(subscription, "protocol", "must be https, got http")


_JUDGES: Final[Mapping[str, Callable[[Resource], Iterator[Violation]]]] = {
    **dict.fromkeys(_GROUPS, _parameters),
    "aws_alb_listener": _listener,
    "aws_alb_target_group": _target,
    "aws_api_gateway_integration": _integration,
    "aws_apigatewayv2_integration": _integration,
    "aws_cloudfront_distribution": _distribution,
    "aws_elb": _classic,
    "aws_lb_listener": _listener,
    "aws_lb_target_group": _target,
    "aws_sns_topic_subscription": _subscription,
}
"""Who judges which type."""
