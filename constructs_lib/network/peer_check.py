"""Compares this environment's network with what the others have deployed, at plan time [N1]."""

from typing import Final

from cdktf import TerraformOutput

from constructs_lib.site import Site

_OUTPUT: Final = "vpc_cidr"
_EARLIER: Final = "local.deployment_earlier_state"
_CIDR: Final = "local.network_cidr"


def peer_check(site: Site) -> None:
    """Read the networks of the environments before this one from their state; refuse an overlap.

    Only of those before it in the order of promotion: the first environment reads nothing, and
    whoever is deployed later finds the state of the earlier ones.
    """
    if not site.platform.network.peer_check:
        return
    stack = site.stack
    for path in ("buckets", "keys", "regions"):
        site.local(f"deployment.earlier_state_{path}")
    stack.add_override(
        "data.terraform_remote_state.earlier",
        {
            "count": f"${{length({_EARLIER}_buckets)}}",
            "backend": "s3",
            "config": {
                "bucket": f"${{{_EARLIER}_buckets[count.index]}}",
                "key": f"${{{_EARLIER}_keys[count.index]}}",
                "region": f"${{{_EARLIER}_regions[count.index]}}",
            },
        },
    )
    theirs = f"peer.outputs.{_OUTPUT}"
    differ = f"try({apart(_CIDR, theirs)}, true)"
    peers = "data.terraform_remote_state.earlier"
    output = TerraformOutput(stack, _OUTPUT, static_id=True, value=site.environment.network.cidr)
    output.add_override(
        "precondition",
        [
            {
                "condition": f"${{alltrue([for peer in {peers} : {differ}])}}",
                "error_message": (
                    f"The network of ${{local.identity_name}} (${{{_CIDR}}}) overlaps with one of "
                    f'${{join(", ", [for peer in {peers} : try({theirs}, "none")])}}.'
                ),
            }
        ],
    )


def apart(one: str, other: str) -> str:
    """Return the condition that two CIDRs, cut to the shorter prefix, differ."""
    prefix = f'min(split("/", {one})[1], split("/", {other})[1])'
    ends = (f'cidrhost("${{split("/", {cidr})[0]}}/${{{prefix}}}", 0)' for cidr in (one, other))
    return " != ".join(ends)
