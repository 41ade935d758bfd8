"""Everything in transit is encrypted [K2]."""

from collections.abc import Iterator, Mapping
from typing import Final

from audit.policy.block import companions
from audit.policy.document import statements
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack

POLICIES: Final[Mapping[str, tuple[str, str]]] = {
    "aws_s3_bucket": ("aws_s3_bucket_policy", "bucket"),
    "aws_sns_topic": ("aws_sns_topic_policy", "arn"),
    "aws_sqs_queue": ("aws_sqs_queue_policy", "queue_url"),
}
"""Where the policy of a resource is, and which of its attributes names the resource."""


def _check(stack: Stack) -> Iterator[Violation]:
    resolved = stack.resolved
    for resource in resolved.resources(*POLICIES):
        if not any(_denies_plain_http(policy) for policy in _policies(resolved, resource)):
            message = "must have a policy that denies everybody requests without TLS, has none"
            yield violation(resource, "policy", message)
    for listener in resolved.resources("aws_lb_listener"):
        yield from _listener(listener)
    for domain in resolved.resources("aws_api_gateway_domain_name"):
        if domain.config.get("security_policy") != "TLS_1_2":
            yield violation(domain, "security_policy", "must be TLS_1_2")
    for integration in resolved.resources("aws_api_gateway_integration"):
        if _may_be_plain(integration):
            yield violation(integration, "uri", "must be AWS's own or begin with https://")
    for group in resolved.resources("aws_db_parameter_group", "aws_rds_cluster_parameter_group"):
        parameters = group.config.get("parameter") or []
        forced = {p.get("name"): str(p.get("value")) for p in parameters if isinstance(p, dict)}
        if "postgres" in str(group.config.get("family")) and forced.get("rds.force_ssl") != "1":
            yield violation(group, "parameter", "must set rds.force_ssl to 1")


def _policies(stack: Stack, resource: Resource) -> Iterator[object]:
    yield resource.config.get("policy")
    type_, attribute = POLICIES[resource.type]
    for policy in companions(stack, type_, attribute, resource):
        yield policy.config.get("policy")


def _denies_plain_http(policy: object) -> bool:
    return any(statement.denies_plain_http() for statement in statements(policy) or ())


def _listener(listener: Resource) -> Iterator[Violation]:
    config = listener.config
    protocol, policy = config.get("protocol"), str(config.get("ssl_policy"))
    if protocol in ("HTTPS", "TLS"):
        if not policy.startswith("ELBSecurityPolicy-TLS13-1-"):
            yield violation(listener, "ssl_policy", f"must be of TLS 1.3 or 1.2, got {policy}")
        return
    actions = config.get("default_action") or []
    actions = actions if isinstance(actions, list) else [actions]
    if protocol != "HTTP" or [action.get("type") for action in actions] != ["redirect"]:
        message = f"must be HTTPS or a redirect to it, got {protocol}"
        yield violation(listener, "protocol", message)


def _may_be_plain(integration: Resource) -> bool:
    is_http = str(integration.config.get("type")).startswith("HTTP")
    return is_http and not str(integration.config.get("uri")).startswith("https://")


def _stages_of_aws_alone(stack: Stack) -> Iterator[Resource]:
    """Yield the stages of APIs behind which is AWS alone: it takes no certificate, it signs."""
    integrations = list(stack.resources("aws_api_gateway_integration"))
    if not any(str(one.config.get("type")).startswith("HTTP") for one in integrations):
        yield from stack.resources("aws_api_gateway_stage")


RULE: Final = Rule(
    id="tls",
    title="Nothing answers without TLS",
    why="Card data in clear text on a wire is a breach, also inside a network.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    pci_dss=("4.2.1",),
    suppressible=False,
    answers={"CKV2_AWS_51": _stages_of_aws_alone},
    check=_check,
)
