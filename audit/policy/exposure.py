"""Settings that open something to everybody, whatever its policies say."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.address import leaves
from audit.block import blocks
from audit.policy.rule import Violation, violation
from audit.synthesized import Resource, Stack

PRIVATE: Final[Mapping[str, Mapping[str, tuple[object, ...]]]] = {
    "aws_apigatewayv2_route": {"authorization_type": ("AWS_IAM", "JWT", "CUSTOM")},
    "aws_appsync_graphql_api": {
        "authentication_type": ("AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT")
    },
    "aws_ebs_snapshot_block_public_access": {"state": ("block-all-sharing",)},
    "aws_ec2_image_block_public_access": {"state": ("block-new-sharing",)},
    "aws_eks_cluster": {"vpc_config[0].endpoint_public_access": (False,)},
    "aws_emr_block_public_access_configuration": {"block_public_security_group_rules": (True,)},
    "aws_instance": {"associate_public_ip_address": (False, None)},
    "aws_lambda_function_url": {"authorization_type": ("AWS_IAM",)},
    "aws_ram_resource_share": {"allow_external_principals": (False,)},
    "aws_redshift_cluster": {"publicly_accessible": (False,)},
    "aws_sagemaker_notebook_instance": {"direct_internet_access": ("Disabled",)},
    "aws_subnet": {
        "map_public_ip_on_launch": (False, None),
        "assign_ipv6_address_on_creation": (False, None),
    },
}
"""What each attribute must be; what a type leaves to AWS stands as None where AWS is closed."""
_PUBLIC_TYPES: Final = ("aws_ecrpublic_repository", "aws_s3_bucket_website_configuration")
_SEARCH: Final = ("aws_elasticsearch_domain", "aws_opensearch_domain")
_ACL: Final = ("acl", "canned_acl", "predefined_acl")
_PRIVATE_ACLS: Final = (
    None,
    "private",
    "bucket-owner-read",
    "bucket-owner-full-control",
    "aws-exec-read",
    "log-delivery-write",
)
_GROUPS: Final = ("/AllUsers", "/AuthenticatedUsers")
_SHARED_WITH_ALL: Final = ("all", "*")
_SHARING: Final = (
    "account_id",
    "account_ids",
    "group",
    "shared_accounts",
    "user_ids",
    "allowed_principals",
)


def exposed(stack: Stack) -> Iterator[Violation]:
    """Yield the settings of the resolved *stack* that let everybody in."""
    for resource in stack.resources():
        yield from _told(resource)
        yield from _shared(resource)
        if resource.type in _PUBLIC_TYPES:
            yield violation(resource, "", "must not be there: it is made to be public")
        if resource.type == "aws_vpc_endpoint" and not resource.config.get("policy"):
            message = "must say what it leads to, leads to everybody's resources"
            yield violation(resource, "policy", message)
        if resource.type == "aws_api_gateway_method":
            yield from _method(resource)
        if resource.type in _SEARCH and not any(blocks(resource.config, "vpc_options")):
            yield violation(resource, "vpc_options", "must be in a network, is public")


def _told(resource: Resource) -> Iterator[Violation]:
    values = dict(leaves(resource.config))
    for path, value in values.items():
        name = path.rpartition(".")[2]
        if name == "publicly_accessible" and value not in (None, False):
            yield violation(resource, path, "must be false")
        elif resource.type.startswith("aws_s3_") and name in _ACL and value not in _PRIVATE_ACLS:
            yield violation(resource, path, f"must be a private ACL, got {value}")
        elif resource.type.startswith("aws_s3_") and str(value).endswith(_GROUPS):
            yield violation(resource, path, f"must grant nothing to everybody, grants to {value}")
        elif resource.type.startswith("aws_s3_") and _is_grantee(path) and value:
            yield violation(resource, path, "must grant by a policy, which names an ARN")
        elif "AllowFromPublic" in str(value) and "true" in str(value).lower():
            yield violation(resource, path, "must not allow access from everywhere")
        elif "public_access" in path and name == "type" and value not in (None, "DISABLED"):
            yield violation(resource, path, f"must be DISABLED, got {value}")
    for path, accepted in PRIVATE.get(resource.type, {}).items():
        value = values.get(path, values.get(path.replace("[0]", "")))
        if value not in accepted:
            expected = " or ".join(str(one) for one in accepted if one is not None)
            yield violation(resource, path, f"must be {expected}, got {value}")


def _is_grantee(path: str) -> bool:
    """Tell whether *path* names somebody by a canonical id or an e-mail address."""
    return "grant" in path and path.rpartition(".")[2] in ("id", "email_address", "email")


def _shared(resource: Resource) -> Iterator[Violation]:
    for attribute in _SHARING:
        given = resource.config.get(attribute)
        for value in given if isinstance(given, list) else [given]:
            if str(value).lower() in _SHARED_WITH_ALL:
                yield violation(resource, attribute, f"must not be shared with {value}")
    permissions: Any = resource.config.get("permissions")
    if isinstance(permissions, dict) and "all" in str(permissions.get("account_ids")).lower():
        yield violation(resource, "permissions", "must not be shared with all accounts")


def _method(method: Resource) -> Iterator[Violation]:
    """Yield it where it asks for no signature, token or key; `OPTIONS` tells nothing."""
    config = method.config
    asks = config.get("authorization") not in (None, "NONE") or config.get("api_key_required")
    if asks not in (True, "true") and config.get("http_method") != "OPTIONS":
        message = "must ask who calls (authorization or api_key_required), asks nobody"
        yield violation(method, "authorization", message)
