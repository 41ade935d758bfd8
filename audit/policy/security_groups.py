"""Only the traffic that a part needs gets through [N4]."""

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from audit.block import blocks
from audit.policy.companion import belonging
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack
from audit.template import has_expression

MOST_PUBLIC_ADDRESSES: Final = 2**16
"""How many public addresses a group may let in together; of IPv6 count the networks of /64."""
_CIDRS: Final = ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks")
_PREFIX_LISTS: Final = ("prefix_list_id", "prefix_list_ids")
_RULES: Final = (
    "aws_security_group_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_vpc_security_group_ingress_rule",
)
_GROUPS: Final = ("aws_security_group", "aws_default_security_group")
_EVERY_PROTOCOL: Final = ("-1", "all")
_WITHOUT_PORTS: Final = ("icmp", "icmpv6", "1", "58")
_LISTED: Final = "aws_ec2_managed_prefix_list"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Traffic = tuple[Resource, str, Mapping[str, Any]]


def _check(stack: Stack) -> Iterator[Violation]:
    resolved = stack.resolved
    together: dict[str, list[Network]] = {}
    yield from _unreadable(resolved)
    for resource, path, rule in _ingress(resolved):
        for message in _too_open(rule):
            yield violation(resource, path, message)
        try:
            networks = list(_networks(resolved, rule))
        except ValueError as error:
            message = f"must name who may come in as networks that are known: {error}"
            yield violation(resource, path, message)
            continue
        group = str(rule.get("security_group_id", resource.address))
        together.setdefault(group, []).extend(networks)
        if _public_addresses(networks) > MOST_PUBLIC_ADDRESSES:
            yield violation(resource, path, "must name who may come in, lets in everybody")
        elif _public_addresses(together[group]) > MOST_PUBLIC_ADDRESSES:
            message = "must name who may come in, lets in everybody together with other rules"
            yield violation(resource, path, message)
    for resource, path, rule in _egress(resolved):
        if _protocol(rule) in _EVERY_PROTOCOL and _is_wide(resolved, rule):
            message = "must name protocol and port, lets everything out to everywhere"
            yield violation(resource, path or "ip_protocol", message)
    yield from _default_groups(resolved)


def _unreadable(stack: Stack) -> Iterator[Violation]:
    for group in stack.resources(*_GROUPS):
        for attribute in ("ingress", "egress"):
            if isinstance(group.config.get(attribute), str):
                message = "must be written out as blocks, cannot be read and hence not be audited"
                yield violation(group, attribute, message)


def _ingress(stack: Stack) -> Iterator[Traffic]:
    for rule in stack.resources(*_RULES):
        if "egress" not in (rule.type.split("_")[-2], rule.config.get("type")):
            yield rule, "", rule.config
    for group in stack.resources(*_GROUPS):
        for ingress in blocks(group.config, "ingress"):
            yield group, "ingress", ingress


def _egress(stack: Stack) -> Iterator[Traffic]:
    for rule in stack.resources(*_RULES):
        if "egress" in (rule.type.split("_")[-2], rule.config.get("type")):
            yield rule, "", rule.config
    for group in stack.resources(*_GROUPS):
        for egress in blocks(group.config, "egress"):
            yield group, "egress", egress


def _default_groups(stack: Stack) -> Iterator[Violation]:
    for vpc in stack.resources("aws_vpc"):
        defaults = list(belonging(stack, "aws_default_security_group", "vpc_id", vpc))
        if not defaults:
            yield violation(vpc, "", "must have an emptied default security group, has none")
        for default in defaults:
            for attribute in ("ingress", "egress"):
                if default.config.get(attribute):
                    yield violation(default, attribute, "must be empty in the default group")


def _too_open(rule: Mapping[str, Any]) -> Iterator[str]:
    protocol = _protocol(rule)
    if protocol in _EVERY_PROTOCOL:
        yield "must name protocol and port, lets in every kind of traffic"
    elif protocol not in _WITHOUT_PORTS and rule.get("from_port") != rule.get("to_port"):
        yield (
            "must name one port for each rule, lets in "
            f"{rule.get('from_port')} to {rule.get('to_port')}"
        )


def _protocol(rule: Mapping[str, Any]) -> str:
    return str(rule.get("ip_protocol", rule.get("protocol", "-1"))).lower()


def _networks(stack: Stack, rule: Mapping[str, Any]) -> Iterator[Network]:
    """Yield the networks of *rule*, those of prefix lists included.

    Raises:
        ValueError: When one cannot be told.
    """
    for text in _texts(rule, _CIDRS):
        yield ipaddress.ip_network(text, strict=False)
    for listed in _texts(rule, _PREFIX_LISTS):
        name = listed.removeprefix(f"${{{_LISTED}.").removesuffix(".id}")
        found = stack.body.get("resource", {}).get(_LISTED, {}).get(name)
        if found is None:
            raise ValueError(f"{listed} is no {_LISTED} of this stack")
        for entry in blocks(found, "entry"):
            yield ipaddress.ip_network(str(entry.get("cidr")), strict=False)


def _texts(rule: Mapping[str, Any], attributes: Iterable[str]) -> Iterator[str]:
    for attribute in attributes:
        found = rule.get(attribute)
        for item in found if isinstance(found, list) else [found]:
            if item is not None:
                yield str(item)


def _public_addresses(networks: Iterable[Network]) -> int:
    """Return how many addresses of *networks* are public."""
    four = [one for one in networks if isinstance(one, ipaddress.IPv4Network)]
    six = [one for one in networks if isinstance(one, ipaddress.IPv6Network)]
    public = [one for one in ipaddress.collapse_addresses(four) if not one.is_private]
    sixes = [one for one in ipaddress.collapse_addresses(six) if not one.is_private]
    return sum(one.num_addresses for one in public) + sum(
        max(1, one.num_addresses >> 64) for one in sixes
    )


def _is_wide(stack: Stack, rule: Mapping[str, Any]) -> bool:
    """Tell whether a rule leads to everybody, or to what cannot be told."""
    if any(has_expression(text) for text in _texts(rule, _CIDRS)):
        return True
    try:
        return _public_addresses(_networks(stack, rule)) > MOST_PUBLIC_ADDRESSES
    except ValueError:
        return True


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
