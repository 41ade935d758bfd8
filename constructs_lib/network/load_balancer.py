"""The load balancer: one listener, the same rules everywhere, functions behind it.

An environment with a certificate has HTTPS [L1]. Port, protocol and TLS policy of the one listener
are conditions on the certificate's local; a second listener would need every rule twice.
"""

from typing import Self

from attrs import frozen
from cdktf import Fn, Op, Token
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.lb import Lb, LbAccessLogs
from cdktf_cdktf_provider_aws.lb_listener import (
    LbListener,
    LbListenerDefaultAction,
    LbListenerDefaultActionFixedResponse,
)
from cdktf_cdktf_provider_aws.lb_listener_rule import (
    LbListenerRule,
    LbListenerRuleAction,
    LbListenerRuleCondition,
    LbListenerRuleConditionPathPattern,
)
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from cdktf_cdktf_provider_aws.lb_target_group_attachment import LbTargetGroupAttachment
from constructs import Construct

from constructs_lib.compute.function import Function
from constructs_lib.compute.functions import Functions
from constructs_lib.data.access_log_bucket import AccessLogBucket
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.site import Site
from model.parts import LoadBalancerSpec

HTTP, HTTPS = 80, 443
_TLS = "ELBSecurityPolicy-TLS13-1-2-2021-06"
_NOT_FOUND = '{"title":"Not found","status":404}'


@frozen(kw_only=True, eq=False)
class LoadBalancer:
    """An internal application load balancer; HTTPS where there is a certificate [L1].

    Attributes:
        url: Where callers in the network reach it, such as `https://….elb.amazonaws.com`.
    """

    url: str

    @classmethod
    def of_platform(
        cls, scope: Construct, id_: str, *, site: Site, functions: Functions
    ) -> Self | None:
        """Create the load balancer of the platform, where it has one."""
        spec = site.platform.load_balancer
        return cls.create(scope, id_, site=site, spec=spec, functions=functions) if spec else None

    @classmethod
    def create(
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        spec: LoadBalancerSpec,
        functions: Functions,
    ) -> Self:
        """Create the load balancer in private subnets, open to the network only."""
        node = Construct(scope, id_)
        port = _by_certificate(site, HTTPS, HTTP)
        group = SecurityGroup.create(node, "group", site=site, kind="load-balancer")
        group.accepts_network(port=Token.as_number(port))
        logs = AccessLogBucket.create(node, "logs", site=site)
        balancer = Lb(
            node,
            "balancer",
            name=site.name("alb"),
            load_balancer_type="application",
            internal=True,
            ip_address_type="ipv4",
            subnets=site.network.private_subnet_ids,
            security_groups=[group.id],
            access_logs=LbAccessLogs(enabled=True, bucket=logs.name, prefix=logs.prefix),
            drop_invalid_header_fields=True,
            desync_mitigation_mode="defensive",
            enable_http2=True,
            enable_deletion_protection=False,
            idle_timeout=60,
            tags=site.tags,
            depends_on=[logs.policy],
        )
        listener = _listener(node, site, balancer, port)
        targets = {
            name: _target(node, site, functions[name]) for name in site.platform.balanced_functions
        }
        for index, rule in enumerate(spec.rules):
            LbListenerRule(
                node,
                f"rule_{index}",
                listener_arn=listener.arn,
                priority=(index + 1) * 10,
                condition=[
                    LbListenerRuleCondition(
                        path_pattern=LbListenerRuleConditionPathPattern(values=[rule.path])
                    )
                ],
                action=[
                    LbListenerRuleAction(
                        type="forward", target_group_arn=targets[rule.function].arn
                    )
                ],
                tags=site.tags,
            )
        return cls(url=f"{_by_certificate(site, 'https', 'http')}://{balancer.dns_name}")

    @property
    def outputs(self) -> dict[str, str]:
        """Its address, by the name of its output."""
        return {"load_balancer_url": self.url}


def _by_certificate(site: Site, with_: object, without: object) -> str:
    """Return one value where the environment has a certificate, and another where it has none."""
    none = Op.lt(
        Fn.length_of(site.environment.identity.certificate_arn), 1
    )  # cdktf loses 0 and "".
    return Token.as_string(Fn.conditional(none, without, with_))


def _listener(node: Construct, site: Site, balancer: Lb, port: str) -> LbListener:
    """Create the one listener, so that there is one set of rules; unknown paths get a 404."""
    nothing = Token.null_value()
    return LbListener(
        node,
        "listener",
        load_balancer_arn=balancer.arn,
        port=Token.as_number(port),
        protocol=_by_certificate(site, "HTTPS", "HTTP"),
        certificate_arn=_by_certificate(site, site.environment.identity.certificate_arn, nothing),
        ssl_policy=_by_certificate(site, _TLS, nothing),
        default_action=[
            LbListenerDefaultAction(
                type="fixed-response",
                fixed_response=LbListenerDefaultActionFixedResponse(
                    content_type="application/json", message_body=_NOT_FOUND, status_code="404"
                ),
            )
        ],
        tags=site.tags,
    )


def _target(node: Construct, site: Site, function: Function) -> LbTargetGroup:
    name = function.spec.name
    group = LbTargetGroup(
        node,
        f"{name}_target",
        name=site.name(name),
        target_type="lambda",
        lambda_multi_value_headers_enabled=False,
        tags=site.tags,
    )
    permission = LambdaPermission(
        node,
        f"may_start_{name}",
        statement_id="load-balancer",
        action="lambda:InvokeFunction",
        function_name=function.name,
        principal="elasticloadbalancing.amazonaws.com",
        source_arn=group.arn,
    )
    LbTargetGroupAttachment(
        node,
        f"{name}_attachment",
        target_group_arn=group.arn,
        target_id=function.arn,
        depends_on=[permission],
    )
    return group
