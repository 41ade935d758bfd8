"""Compares this environment's network with what the others have deployed, at plan time [N1]."""

from cdktf import TerraformOutput, TerraformStack

from constructs_lib.site import Site

_OUTPUT = "vpc_cidr"


def peer_check(stack: TerraformStack, *, site: Site) -> None:
    """Read the network of each other environment from its state, and warn where they overlap.

    The data source stands inside the check: Terraform turns what goes wrong with it into a
    warning, so that the first environment can be deployed before the others have a state.
    """
    cidr = site.environment.network.cidr
    TerraformOutput(stack, _OUTPUT, static_id=True, value=cidr)
    for index in range(len(site.platform.environments) - 1):
        name = f"peer_{index}"
        theirs = f"data.terraform_remote_state.{name}.outputs.{_OUTPUT}"
        place = {
            argument: f"${{local.deployment_peer_state_{plural}[{index}]}}"
            for argument, plural in (("bucket", "buckets"), ("key", "keys"), ("region", "regions"))
        }
        stack.add_override(
            f"check.{name}_network",
            {
                "data": {"terraform_remote_state": {name: {"backend": "s3", "config": place}}},
                "assert": [
                    {
                        "condition": f"${{{apart('local.network_cidr', theirs)}}}",
                        "error_message": (
                            "The networks of ${local.identity_name} (${local.network_cidr}) and "
                            f"${{local.deployment_peer_names[{index}]}} (${{{theirs}}}) overlap."
                        ),
                    }
                ],
            },
        )


def apart(one: str, other: str) -> str:
    """Return the condition that two CIDRs, cut to the shorter prefix, differ."""
    prefix = f'min(split("/", {one})[1], split("/", {other})[1])'
    ends = (f'cidrhost("${{split("/", {cidr})[0]}}/${{{prefix}}}", 0)' for cidr in (one, other))
    return " != ".join(ends)
