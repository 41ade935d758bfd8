"""Security groups with one rule per resource, the same in every environment [N4, V2]."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.security_group import SecurityGroup as AwsSecurityGroup
from cdktf_cdktf_provider_aws.security_group import SecurityGroupTimeouts
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule
from constructs import Construct

from constructs_lib.network.network import EVERYWHERE, LAMBDA_LETS_GO
from constructs_lib.site import Site


@frozen(kw_only=True, eq=False)
class SecurityGroup:
    """The security group of one component; nothing may pass until a verb allows it."""

    id: str
    kind: str
    node: Construct
    site: Site

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site, kind: str) -> Self:
        """Create the group of the component *kind*."""
        node = Construct(scope, id_)
        group = AwsSecurityGroup(
            node,
            "group",
            name=site.name(kind),
            description=f"Traffic of {kind}",
            vpc_id=site.network.vpc_id,
            timeouts=SecurityGroupTimeouts(delete=LAMBDA_LETS_GO),
            tags=site.tags_with_name(kind),
        )
        return cls(id=group.id, kind=kind, node=node, site=site)

    def may_call_https(self) -> None:
        """Let the component call AWS and webhooks, over TLS only."""
        VpcSecurityGroupEgressRule(
            self.node,
            "https",
            security_group_id=self.id,
            description="HTTPS to AWS services and webhooks",
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            cidr_ipv4=EVERYWHERE,
            tags=self.site.tags,
        )

    def accepts_network(self, *, port: float) -> None:
        """Let everybody inside the network connect on a TCP port."""
        VpcSecurityGroupIngressRule(
            self.node,
            "from_network",
            security_group_id=self.id,
            description="From the network",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            cidr_ipv4=self.site.environment.network.cidr,
            tags=self.site.tags,
        )

    def accepts(self, *, caller: "SecurityGroup", port: int) -> None:
        """Let *caller* connect to this component on a TCP port, and nobody else."""
        VpcSecurityGroupIngressRule(
            self.node,
            f"from_{caller.kind}",
            security_group_id=self.id,
            description=f"From {caller.kind}",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            referenced_security_group_id=caller.id,
            tags=self.site.tags,
        )
        VpcSecurityGroupEgressRule(
            caller.node,
            f"to_{self.kind}",
            security_group_id=caller.id,
            description=f"To {self.kind}",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            referenced_security_group_id=self.id,
            tags=self.site.tags,
        )
