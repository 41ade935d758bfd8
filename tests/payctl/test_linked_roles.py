"""A fresh account gets the roles that its first database and load balancer need."""

from typing import Any, cast

import pytest
from botocore.exceptions import ClientError

from model.blueprint import Blueprint
from payctl.access import Access
from payctl.aws.linked_roles import make_linked_roles, services
from payctl.errors import AccessError
from tests.conftest import ROOT

PAYMENTS = Blueprint.load(ROOT / "envs" / "payments").platform


class Account:
    """An account with roles of some services, as IAM answers for it."""

    def __init__(self, *there: str, refuses: str = "") -> None:
        self.there = [*there]
        self.refuses = refuses

    def client(self, _: str) -> "Account":
        """Return itself: it is its own client."""
        return self

    def create_service_linked_role(self, **arguments: str) -> None:
        """Make a role, or refuse as IAM does."""
        service = arguments["AWSServiceName"]
        code = self.refuses or ("InvalidInput" if service in self.there else "")
        if code:
            message = "Service role name AWSServiceRoleForRDS has been taken in this account"
            error: Any = {"Error": {"Code": code, "Message": "" if self.refuses else message}}
            raise ClientError(error, "CreateServiceLinkedRole")
        self.there.append(service)


def test_a_fresh_account() -> None:
    """Both roles are made."""
    account = Account()
    made = make_linked_roles(PAYMENTS, cast("Access", account))
    assert made == tuple(services(PAYMENTS)) == tuple(account.there)


def test_an_account_in_use() -> None:
    """A role that is there is left as it is."""
    account = Account("rds.amazonaws.com")
    made = make_linked_roles(PAYMENTS, cast("Access", account))
    assert made == ("elasticloadbalancing.amazonaws.com",)


def test_a_refusal_is_told() -> None:
    """Who may not make roles hears of it before the database does."""
    account = cast("Access", Account(refuses="AccessDenied"))
    with pytest.raises(AccessError, match="service-linked role of rds"):
        make_linked_roles(PAYMENTS, account)


def test_a_platform_without_them() -> None:
    """What a platform does not use is not asked for."""
    dynamo = Blueprint.load(ROOT / "envs" / "dynamo").platform
    assert "rds.amazonaws.com" not in tuple(services(dynamo))
