"""The network as a stack of its own, which is deployed before the application's."""

from cdktf import TerraformStack
from constructs import Construct

from constructs_lib.network.endpoints import gateway_endpoints
from constructs_lib.network.flow_logs import flow_logs
from constructs_lib.outputs import declare_outputs
from constructs_lib.site import Site
from model.environment import Environment
from model.names import StackKind
from model.platform import Platform


class NetworkStack(TerraformStack):
    """VPC, endpoints and flow logs, with a key and a boundary of their own."""

    def __init__(
        self, scope: Construct, id_: str, *, platform: Platform, environment: Environment
    ) -> None:
        super().__init__(scope, id_)
        site = Site.create(self, kind=StackKind.NETWORK, platform=platform, environment=environment)

        gateway_endpoints(self, "endpoints", site=site)
        flow_logs(self, "flow_logs", site=site)

        declare_outputs(site, site.network)
