"""A network that another stack made, found through that stack's state."""

from typing import Final

from cdktf import TerraformStack

from constructs_lib.network.network import Network
from constructs_lib.site import Site

OUTPUTS: Final = (
    "vpc_id",
    "private_subnet_ids",
    "public_subnet_ids",
    "private_route_table_ids",
)
"""What the network's stack tells others, by the names of `Network`."""


def shared_network(stack: TerraformStack, id_: str, *, site: Site) -> Network:
    """Return the network of this environment, made by its own stack.

    The data source is written out instead of left to cdktf's references between stacks: those
    make sensitive outputs with generated names, and would put the place of the state, which is
    not the same everywhere, into the body of the stack.
    """
    state = site.environment.state
    place = {
        "bucket": state.bucket,
        "key": site.environment.deployment.network_state_key,
        "region": state.region,
    }
    stack.add_override(f"data.terraform_remote_state.{id_}", {"backend": "s3", "config": place})
    outputs = f"data.terraform_remote_state.{id_}.outputs"
    zones = range(site.platform.network.zone_count)
    return Network(
        vpc_id=f"${{{outputs}.vpc_id}}",
        private_subnet_ids=[f"${{{outputs}.private_subnet_ids[{zone}]}}" for zone in zones],
        public_subnet_ids=[f"${{{outputs}.public_subnet_ids[{zone}]}}" for zone in zones],
        private_route_table_ids=[
            f"${{{outputs}.private_route_table_ids[{zone}]}}" for zone in zones
        ],
    )
