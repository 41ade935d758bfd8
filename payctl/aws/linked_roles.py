"""Roles that AWS services take in an account, made where the account never used the service.

They exist once per account and outlive every environment in it, so that no stack owns them: an
account that has one refuses another, and a fresh one refuses the first database.
"""

from collections.abc import Iterator
from typing import Any, Final

from botocore.exceptions import ClientError

from model.platform import Platform
from payctl.access import Access
from payctl.aws.refusal import asking

_THERE: Final = "has been taken"
"""How IAM says that the role exists; it has no other code for that."""


def services(platform: Platform) -> Iterator[str]:
    """Yield the services of *platform* whose first resource in an account needs their role."""
    if platform.database:
        yield "rds.amazonaws.com"
    if platform.load_balancer:
        yield "elasticloadbalancing.amazonaws.com"


def make_linked_roles(platform: Platform, access: Access) -> tuple[str, ...]:
    """Make the roles that are missing; return their services.

    Raises:
        AccessError: When AWS refuses for another reason than that a role is there.
    """
    client = access.client("iam")
    return tuple(service for service in services(platform) if _make(client, service))


def _make(client: Any, service: str) -> bool:
    with asking(f"make the service-linked role of {service}"):
        try:
            client.create_service_linked_role(AWSServiceName=service)
        except ClientError as error:
            if _THERE in str(error):
                return False
            raise
    return True
