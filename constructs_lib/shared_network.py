"""A network that another stack made, found through that stack's state."""

from typing import Final

from cdktf import DataTerraformRemoteStateS3, TerraformStack, Token

from constructs_lib.network import Network
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
    remote = DataTerraformRemoteStateS3(
        stack,
        id_,
        bucket=state.bucket,
        key=site.environment.deployment.network_state_key,
        region=state.region,
    )
    lists = {name: Token.as_list(remote.get(name)) for name in OUTPUTS[1:]}
    return Network(vpc_id=remote.get_string(OUTPUTS[0]), **lists)
