"""Refuses, at plan time, a network that overlaps with another one [N1].

Networks of earlier environments are approved values of this environment: nobody reads the state
of another account, whose bucket lets in nobody else. What is in this account and not ours is
asked of AWS.
"""

from typing import Final

from cdktf import TerraformOutput

from constructs_lib.site import Site

_OTHERS: Final = "data.aws_vpc.others"


def peer_check(site: Site) -> None:
    """Compare the network with those of environments before it, and with others in the account.

    Only with those before it in the order of promotion: whoever comes later gives way. Networks
    of our own in the account are this one and copies of it.
    """
    if not site.platform.network.peer_check:
        return
    stack, project = site.stack, site.platform.tag_keys.project
    cidr, earlier = site.local("network.cidr"), site.local("deployment.earlier_cidrs")
    stack.add_override("data.aws_vpcs.all", {})
    stack.add_override(
        _OTHERS,
        {
            "count": "${length(data.aws_vpcs.all.ids)}",
            "id": "${element(data.aws_vpcs.all.ids, count.index)}",
        },
    )
    foreign = f'try(vpc.tags["{project}"], "") != "{site.platform.name}"'
    taken = f"[for vpc in {_OTHERS} : vpc.cidr_block if {foreign}]"
    output = TerraformOutput(stack, "vpc_cidr", static_id=True, value=site.environment.network.cidr)
    output.add_override(
        "precondition",
        [
            _precondition(cidr, earlier, "an environment before it"),
            _precondition(cidr, taken, "another in its account"),
        ],
    )


def _precondition(cidr: str, others: str, whose: str) -> dict[str, str]:
    return {
        "condition": f"${{alltrue([for other in {others} : {apart(cidr, 'other')}])}}",
        "error_message": (
            f"The network of ${{local.identity_name}} (${{{cidr}}}) must not overlap with that of "
            f'{whose}: ${{join(", ", {others})}}.'
        ),
    }


def apart(one: str, other: str) -> str:
    """Return the condition that two CIDRs, cut to the shorter prefix, differ."""
    prefix = f'min(split("/", {one})[1], split("/", {other})[1])'
    ends = (f'cidrhost("${{split("/", {cidr})[0]}}/${{{prefix}}}", 0)' for cidr in (one, other))
    return " != ".join(ends)
