"""A network that another stack made, found through that stack's state."""

from typing import Final

from constructs_lib.context import Context
from constructs_lib.network.network import Network

_ID: Final = "network_state"


def shared_network(context: Context) -> Network:
    """Return the network of this environment, made by its own stack.

    The data source is written out instead of left to cdktf's references between stacks: those
    make sensitive outputs with generated names, and would put the place of the state, which is
    not the same everywhere, into the body of the stack.
    """
    state = context.environment.state
    place = {
        "bucket": state.bucket,
        "key": context.environment.deployment.network_state_key,
        "region": state.region,
    }
    context.stack.add_override(
        f"data.terraform_remote_state.{_ID}", {"backend": "s3", "config": place}
    )
    outputs = f"data.terraform_remote_state.{_ID}.outputs"
    zones = range(context.platform.network.zone_count)
    return Network(
        vpc_id=f"${{{outputs}.vpc_id}}",
        private_subnet_ids=[f"${{{outputs}.private_subnet_ids[{zone}]}}" for zone in zones],
        public_subnet_ids=[f"${{{outputs}.public_subnet_ids[{zone}]}}" for zone in zones],
        private_route_table_ids=[
            f"${{{outputs}.private_route_table_ids[{zone}]}}" for zone in zones
        ],
    )
