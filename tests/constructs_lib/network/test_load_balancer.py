"""The listener follows from the certificate; everything behind it does not."""

from attrs import evolve

from audit.synthesized import Stack
from tests.conftest import Synthesis


def _with_certificate(stack: Stack, arn: str) -> Stack:
    return evolve(stack, locals={**stack.locals, "identity_certificate_arn": arn}).resolved


def test_https_with_a_certificate(payments: Synthesis) -> None:
    """With a certificate the listener speaks TLS 1.2 or later on port 443."""
    stack = _with_certificate(payments.stack("dev"), "arn:aws:acm:x:1:certificate/y")
    (listener,) = stack.resources("aws_lb_listener")
    assert (listener.config["port"], listener.config["protocol"]) == (443, "HTTPS")
    assert listener.config["certificate_arn"] == "arn:aws:acm:x:1:certificate/y"
    assert "TLS13-1-2" in listener.config["ssl_policy"]


def test_http_without_one(payments: Synthesis) -> None:
    """Without one it is plain HTTP on port 80, and the security group opens that port instead."""
    stack = _with_certificate(payments.stack("dev"), "")
    (listener,) = stack.resources("aws_lb_listener")
    assert (listener.config["port"], listener.config["protocol"]) == (80, "HTTP")
    assert listener.config["certificate_arn"] is None
    assert listener.config["ssl_policy"] is None
    ports = {
        rule.config["from_port"]
        for rule in stack.resources("aws_vpc_security_group_ingress_rule")
        if "cidr_ipv4" in rule.config
    }
    assert ports == {80}


def test_rules_do_not_know_of_it(payments: Synthesis) -> None:
    """Rules and target groups are the same with a certificate and without one."""
    with_, without = (
        [r.config for r in stack.resources("aws_lb_listener_rule", "aws_lb_target_group")]
        for stack in (
            _with_certificate(payments.stack("dev"), "arn:aws:acm:x:1:certificate/y"),
            _with_certificate(payments.stack("dev"), ""),
        )
    )
    assert with_ == without
