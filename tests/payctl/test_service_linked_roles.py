"""Roles of services are made where they are missing, and nowhere else."""

from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws

from audit.synthesized import Stack
from payctl.aws.service_linked_roles import make_missing, needed_by

CONFIG = "config.amazonaws.com"


def stack(*types: str) -> dict[str, Stack]:
    """Return a stack with one resource of each of *types*."""
    document: dict[str, object] = {"resource": {type_: {"one": {}} for type_ in types}}
    return {"s": Stack.from_json("s", document)}


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return a fresh account, and what is asked of it."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    return SimpleNamespace(
        client=lambda service: boto3.client(service, region_name="eu-west-1"),
        endpoint=SimpleNamespace(unanswered=frozenset()),
    )


def test_needed() -> None:
    """A database, a load balancer and a recorder need a role each; a queue needs none."""
    both = "elasticloadbalancing.amazonaws.com", "rds.amazonaws.com"
    assert needed_by(stack("aws_lb", "aws_rds_cluster")) == both
    assert needed_by(stack("aws_rds_cluster", "aws_db_instance")) == ("rds.amazonaws.com",)
    assert needed_by(stack("aws_sqs_queue")) == ()


def test_made_once(account: SimpleNamespace) -> None:
    """A missing role is made; one that is there is left alone."""
    recorder = stack("aws_config_configuration_recorder")
    with mock_aws():
        assert make_missing(account, recorder) == (CONFIG,)  # type: ignore[arg-type]  # as used
        assert make_missing(account, recorder) == ()  # type: ignore[arg-type]
        roles = boto3.client("iam").list_roles(PathPrefix=f"/aws-service-role/{CONFIG}/")["Roles"]
    assert len(roles) == 1
