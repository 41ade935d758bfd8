"""The network: part of the application's stack, or a stack of its own that is deployed first."""

from typing import Final

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.network.endpoints import gateway_endpoints
from constructs_lib.network.flow_logs import flow_logs
from constructs_lib.network.network import Network
from constructs_lib.network.shared_network import OUTPUTS
from constructs_lib.provider import provide_aws
from constructs_lib.site import Site
from model.environment import Environment
from model.platform import Platform
from model.variation import replaced

STATE_PATHS: Final = ("state.bucket", "state.region")
"""The settings with which the application finds the state of the network."""

_PARTS: Final = ("network.", "identity.", "deployment.", "logs.")


class NetworkStack(TerraformStack):
    """VPC, endpoints and flow logs, with a key and a boundary of their own."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        platform: Platform,
        environment: Environment,
        paths: tuple[str, ...],
    ) -> None:
        super().__init__(scope, id_)
        own = tuple(path for path in paths if path.startswith(_PARTS))
        site = Site.create(self, platform=platform, environment=environment, paths=own)
        state_key = environment.deployment.network_state_key
        provide_aws(self, site=site, state=replaced(environment.state, "key", state_key))

        network = create_network(
            self,
            site=site,
            key=EncryptionKey.create(self, "key", site=site, kind="network-key"),
            boundary=PermissionBoundary.create(
                self, "boundary", site=site, kind="network-boundary"
            ),
        )

        for name in OUTPUTS:
            TerraformOutput(self, name, static_id=True, value=getattr(network, name))


def create_network(
    stack: TerraformStack, *, site: Site, key: EncryptionKey, boundary: PermissionBoundary
) -> Network:
    """Create the network in *stack*, with endpoints and flow logs."""
    network = Network.create(stack, "network", site=site)
    gateway_endpoints(stack, "endpoints", site=site, network=network)
    flow_logs(stack, "flow_logs", site=site, network=network, key=key, boundary=boundary)
    return network
