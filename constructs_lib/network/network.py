"""The network: zones, subnets, ways in and out."""

from collections.abc import Sequence
from typing import Self

from attrs import frozen
from cdktf import Fn, ITerraformDependable
from cdktf_cdktf_provider_aws.default_security_group import DefaultSecurityGroup
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.subnet import Subnet, SubnetTimeouts
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct

from constructs_lib.context import Context

EVERYWHERE = "0.0.0.0/0"
LAMBDA_LETS_GO = "60m"
"""How long Lambda may hold subnets and groups after its functions are gone: 20–60 minutes.

Source: https://github.com/hashicorp/terraform-provider-aws/issues/32130
"""

_SUBNET_BITS = 4  # Sixteen subnets; a /16 gives 4,091 addresses each.


@frozen(kw_only=True, eq=False)
class Network:
    """A VPC with a public and a private subnet in each zone [N1, N2].

    Attributes:
        vpc_id: The VPC.

        private_subnet_ids: Where functions and databases live.

        public_subnet_ids: Where only gateways live.

        private_route_table_ids: Where gateway endpoints are entered.

        ways_out: What must exist before private subnets reach the internet.
    """

    vpc_id: str
    private_subnet_ids: list[str]
    public_subnet_ids: list[str]
    private_route_table_ids: list[str]
    ways_out: Sequence[ITerraformDependable] = ()

    @classmethod
    def create(cls, context: Context) -> Self:
        """Create the VPC, its subnets, and its routes to the internet."""
        node = Construct(context.stack, "network")
        vpc = Vpc(
            node,
            "vpc",
            cidr_block=context.environment.network.cidr,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            instance_tenancy="default",
            tags=context.tags_with_name("vpc"),
        )
        vpc_id = vpc.id
        DefaultSecurityGroup(  # Emptied: whatever forgets its group gets no traffic [N4].
            node, "default_group", vpc_id=vpc_id, ingress=[], egress=[], tags=context.tags
        )
        zones = range(context.platform.network.zone_count)
        public = [_subnet(node, vpc_id, context, "public", zone) for zone in zones]
        private = [_subnet(node, vpc_id, context, "private", zone) for zone in zones]
        public_ids, private_ids = [one.id for one in public], [one.id for one in private]
        gateway = InternetGateway(
            node, "internet", vpc_id=vpc_id, tags=context.tags_with_name("internet")
        )
        to_internet = _route_table(node, vpc_id, context, "public", public_ids)
        ways_out = [
            Route(
                node,
                "to_internet",
                route_table_id=to_internet,
                destination_cidr_block=EVERYWHERE,
                gateway_id=gateway.id,
            )
        ]
        nat = _nat(node, context, public, gateway)
        tables = []
        for zone in zones:
            subnet_ids = private_ids[zone : zone + 1]
            table_id = _route_table(node, vpc_id, context, f"private_{zone}", subnet_ids)
            ways_out.append(
                Route(
                    node,
                    f"to_nat_{zone}",
                    route_table_id=table_id,
                    destination_cidr_block=EVERYWHERE,
                    nat_gateway_id=f"${{element({nat.fqn}[*].id, {zone})}}",
                )
            )
            tables.append(table_id)
        return cls(
            vpc_id=vpc_id,
            private_subnet_ids=private_ids,
            public_subnet_ids=public_ids,
            private_route_table_ids=tables,
            ways_out=ways_out,
        )

    @property
    def outputs(self) -> dict[str, object]:
        """What the network's own stack tells others; see `shared_network`."""
        return {
            "vpc_id": self.vpc_id,
            "private_subnet_ids": self.private_subnet_ids,
            "public_subnet_ids": self.public_subnet_ids,
            "private_route_table_ids": self.private_route_table_ids,
        }


def _subnet(node: Construct, vpc_id: str, context: Context, kind: str, zone: int) -> Subnet:
    """Create the subnet of *kind* in a zone; private ones lie in the upper half of the VPC."""
    network = context.environment.network
    position = zone + (2 ** (_SUBNET_BITS - 1) if kind == "private" else 0)
    return Subnet(
        node,
        f"{kind}_{zone}",
        vpc_id=vpc_id,
        cidr_block=Fn.cidrsubnet(network.cidr, _SUBNET_BITS, position),
        availability_zone_id=Fn.element(network.availability_zone_ids, zone),
        map_public_ip_on_launch=False,
        timeouts=SubnetTimeouts(delete=LAMBDA_LETS_GO),
        tags=context.tags_with_name(f"{kind}-{zone}"),
    )


def _route_table(
    node: Construct, vpc_id: str, context: Context, id_: str, subnet_ids: Sequence[str]
) -> str:
    table_id = RouteTable(
        node, f"{id_}_routes", vpc_id=vpc_id, tags=context.tags_with_name(id_.replace("_", "-"))
    ).id
    for index, subnet_id in enumerate(subnet_ids):
        RouteTableAssociation(
            node, f"{id_}_routes_{index}", route_table_id=table_id, subnet_id=subnet_id
        )
    return table_id


def _nat(
    node: Construct, context: Context, public: list[Subnet], gateway: InternetGateway
) -> NatGateway:
    """Create one NAT gateway, or one per zone: as many as the environment says [N3]."""
    count = context.environment.network.nat_gateway_count
    address = Eip(
        node, "nat_address", count=count, domain="vpc", tags=context.tags_with_name("nat")
    )
    subnet_ids = ", ".join(f"{subnet.fqn}.id" for subnet in public)
    return NatGateway(
        node,
        "nat",
        count=count,
        allocation_id=f"${{{address.fqn}[count.index].id}}",
        subnet_id=f"${{element([{subnet_ids}], count.index)}}",
        connectivity_type="public",
        depends_on=[gateway],
        tags=context.tags_with_name("nat"),
    )
