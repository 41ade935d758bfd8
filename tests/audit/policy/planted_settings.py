"""The planted siblings of narrow denials, of keys of AWS and of open groups."""

from tests.audit.policy.planting import (
    Planted,
    add,
    resource,
)
from tests.audit.policy.planting_policies import (
    QUEUE_POLICY,
    ingress,
    key,
    no_tls,
)
from tests.audit.sample_resources import ROOT

NARROW_TLS: tuple[Planted, ...] = (
    no_tls(Action="sqs:SendMessage"),
    no_tls(Action=None, NotAction="sqs:SendMessage"),
    no_tls(Principal={"AWS": ROOT}),
    no_tls(Resource="arn:aws:sqs:${local.identity_region}:${local.identity_account_id}:other"),
    no_tls(Condition={"Bool": {"aws:SecureTransport": "true"}}),
    no_tls(Condition={"StringEquals": {"aws:SecureTransport": "false"}}),
    no_tls(
        Condition={
            "Bool": {"aws:SecureTransport": "false"},
            "StringNotEquals": {"aws:PrincipalArn": ROOT},
        }
    ),
    no_tls(Effect="Allow"),
    Planted(
        "tls",
        "aws_sqs_queue.payments_queue",
        "policy",
        lambda d: resource(d, QUEUE_POLICY).update(count=0),
    ),
    add("tls", "aws_sns_topic_subscription.s", "protocol", {"protocol": "http"}),
    add("tls", "aws_elb.b", "listener", {"listener": [{"lb_protocol": "http"}]}),
    add(
        "tls",
        "aws_lb_listener.l",
        "protocol",
        {
            "protocol": "HTTP",
            "default_action": [{"type": "redirect", "redirect": {"protocol": "HTTP"}}],
        },
    ),
    add("tls", "aws_lb_listener.l", "protocol", {"protocol": "TCP"}),
    add("tls", "aws_lb_target_group.g", "protocol", {"protocol": "HTTP", "target_type": "ip"}),
    add(
        "tls",
        "aws_cloudfront_distribution.d",
        "ordered_cache_behavior.viewer_protocol_policy",
        {
            "default_cache_behavior": {"viewer_protocol_policy": "https-only"},
            "ordered_cache_behavior": [{"viewer_protocol_policy": "allow-all"}],
        },
    ),
    add(
        "tls",
        "aws_lb_listener.l",
        "ssl_policy",
        {"protocol": "HTTPS", "ssl_policy": "ELBSecurityPolicy-TLS13-1-0-2021-06"},
    ),
    add("tls", "aws_elasticache_replication_group.g", "transit_encryption_enabled", {}),
    add("tls", "aws_rds_cluster_parameter_group.g", "parameter", {"family": "aurora-mysql8.0"}),
)
"""Siblings of: a Deny that is too narrow."""

FOREIGN_KEYS: tuple[Planted, ...] = (
    key("aws_sns_topic", "kms_master_key_id", "alias/aws/sns"),
    key("aws_cloudwatch_log_group", "kms_key_id", "${data.aws_kms_key.k.arn}"),
    key("aws_cloudwatch_log_group", "kms_key_id", "${var.key}"),
    key("aws_s3_object", "kms_key_id", "alias/aws/s3"),
    key("aws_s3_object", "server_side_encryption", "AES256"),
    key("aws_sqs_queue", "kms_master_key_id", '${local.x == 1 ? aws_kms_key.key.arn : ""}'),
    key("aws_sqs_queue", "kms_master_key_id", "${aws_kms_key.other_that_is_not.arn}"),
    key("aws_lambda_function", "kms_key_arn", "${aws_kms_alias.k.target_key_arn}"),
    add(
        "encryption",
        "aws_ssm_parameter.p",
        "key_id",
        {"type": "SecureString", "key_id": "alias/aws/ssm"},
    ),
)
"""Siblings of: a key of AWS."""

GROUPS: tuple[Planted, ...] = (
    ingress(cidr_ipv4="0.0.0.0/1"),
    add("security-groups", "aws_security_group.s", "ingress", {"ingress": "${var.rules}"}),
    ingress(cidr_ipv6="0::0/0"),
    ingress(cidr_ipv6="2000::/3"),
    ingress(cidr_ipv4="${var.who}"),
    ingress(prefix_list_id="pl-12345678"),
    ingress(cidr_ipv4="10.0.0.0/8", from_port=0, to_port=65535),
    ingress(cidr_ipv4="64.0.0.0/4"),
    add(
        "security-groups",
        "aws_security_group_rule.r",
        "",
        {"type": "ingress", "cidr_blocks": ["0.0.0.0/1", "128.0.0.0/1"], "protocol": "tcp"},
    ),
    add(
        "security-groups",
        "aws_security_group_rule.r",
        "ip_protocol",
        {"type": "egress", "cidr_blocks": ["0.0.0.0/0"], "protocol": "-1"},
    ),
)
"""Siblings of: everybody may come in."""
