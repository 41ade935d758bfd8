"""The roles that AWS makes for its services: once per account, before the first deployment.

AWS makes some of them itself when a service is first used, too late for the first call: the first
apply in a fresh account fails. Config's must be there before its recorder.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from audit.synthesized import Stack
from payctl.access import Access
from payctl.aws.refusal import asking

NEEDED: Final[Mapping[str, str]] = {
    "aws_appautoscaling_target": "dynamodb.application-autoscaling.amazonaws.com",
    "aws_config_configuration_recorder": "config.amazonaws.com",
    "aws_db_instance": "rds.amazonaws.com",
    "aws_lb": "elasticloadbalancing.amazonaws.com",
    "aws_rds_cluster": "rds.amazonaws.com",
}
"""By Terraform's type: the service that wants a role of its own."""
CALL: Final = "iam.create_service_linked_role"


def needed_by(stacks: Mapping[str, Stack]) -> tuple[str, ...]:
    """Return the services that need a role for what is in *stacks*."""
    types = {one.type for stack in stacks.values() for one in stack.resources(*NEEDED)}
    return tuple(sorted({NEEDED[type_] for type_ in types}))


def make_missing(access: Access, stacks: Mapping[str, Stack]) -> tuple[str, ...]:
    """Make the roles that *stacks* need and the account lacks; return their services.

    Raises:
        AccessError: When AWS refuses or does not answer.
    """
    if CALL in access.endpoint.unanswered:
        return ()
    return tuple(_made(access.client("iam"), needed_by(stacks)))


def _made(iam: Any, services: Iterable[str]) -> Iterator[str]:
    for service in services:
        with asking(f"make the role of {service} where it is missing"):
            if not iam.list_roles(PathPrefix=f"/aws-service-role/{service}/")["Roles"]:
                iam.create_service_linked_role(AWSServiceName=service)
                yield service
