"""Ways to AWS services that do not leave the network."""

from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from constructs import Construct

from constructs_lib.identity.policy import Statement, document
from constructs_lib.site import Site


def gateway_endpoints(scope: Construct, id_: str, *, site: Site) -> None:
    """Create the gateway endpoints of S3 and DynamoDB, which cost nothing [N3].

    They lead to this account's buckets and tables only. Without a policy they would lead to
    everybody's, and be a way for data to leave without passing NAT and its logs.
    """
    if not site.has_own_network:
        return  # The stack of the network has them.
    node = Construct(scope, id_)
    for service in ("s3", "dynamodb"):
        VpcEndpoint(
            node,
            service,
            vpc_id=site.network.vpc_id,
            service_name=f"com.amazonaws.{site.environment.identity.region}.{service}",
            vpc_endpoint_type="Gateway",
            route_table_ids=site.network.private_route_table_ids,
            policy=document(
                Statement(
                    sid="OwnAccount",
                    actions=[f"{service}:*"],
                    resources=["*"],
                    principals="*",
                    condition={
                        "StringEquals": {
                            "aws:ResourceAccount": site.environment.identity.account_id,
                            "aws:PrincipalAccount": site.environment.identity.account_id,
                        }
                    },
                )
            ),
            tags=site.tags_with_name(service),
        )
