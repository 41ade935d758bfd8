"""Only the traffic that a part needs gets through [N4]."""

from collections.abc import Iterator
from typing import Any, Final

from audit.policy.block import blocks, companions
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

EVERYBODY: Final = frozenset({"0.0.0.0/0", "::/0"})


def _check(stack: Stack) -> Iterator[Violation]:
    yield from _rules(stack.resolved)
    yield from _default_groups(stack.resolved)


def _rules(stack: Stack) -> Iterator[Violation]:
    for rule in stack.resources("aws_vpc_security_group_ingress_rule", "aws_security_group_rule"):
        if rule.config.get("type", "ingress") == "ingress":
            for message in _too_open(rule.config):
                yield violation(rule, "", message)
    for group in stack.resources("aws_security_group"):
        for ingress in blocks(group.config, "ingress"):
            for message in _too_open(ingress):
                yield violation(group, "ingress", message)
    for rule in stack.resources("aws_vpc_security_group_egress_rule"):
        if str(rule.config.get("ip_protocol")) == "-1" and _ranges(rule.config) & EVERYBODY:
            message = "must name protocol and port, lets everything out to everywhere"
            yield violation(rule, "ip_protocol", message)


def _default_groups(stack: Stack) -> Iterator[Violation]:
    for vpc in stack.resources("aws_vpc"):
        defaults = list(companions(stack, "aws_default_security_group", "vpc_id", vpc))
        if not defaults:
            yield violation(vpc, "", "must have an emptied default security group, has none")
        for default in defaults:
            for attribute in ("ingress", "egress"):
                if default.config.get(attribute):
                    yield violation(default, attribute, "must be empty in the default group")


def _too_open(rule: Any) -> Iterator[str]:
    if _ranges(rule) & EVERYBODY:
        yield "must name who may come in, lets in everybody"
    if str(rule.get("ip_protocol", rule.get("protocol", "-1"))) == "-1":
        yield "must name protocol and port, lets in every kind of traffic"


def _ranges(rule: Any) -> set[str]:
    found = [rule.get(key) for key in ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks")]
    return {str(r) for item in found for r in (item if isinstance(item, list) else [item])}


RULE: Final = Rule(
    id="security-groups",
    title="Security groups let in only named peers on named ports",
    why="An open port is found within minutes; the default group lets its members talk to each "
    "other.",
    source_url="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    pci_dss=("1.3.1", "1.3.2"),
    suppressible=False,
    check=_check,
)
