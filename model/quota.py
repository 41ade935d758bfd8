"""What an account may have of each thing, and what a platform takes of it.

A sum that exceeds its quota fails half-way through an apply, in the one environment that is large
enough. Quotas are declared, so that the sum is judged before anything is deployed; that the
account really has them is asked of Service Quotas when a plan is made.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from model import order
from model.constraint import whole
from model.variation import Kind, variation

_CHECK: Final = "data.aws_servicequotas_service_quota.lifecycle.postcondition.*"

UNRESERVED_EXECUTIONS: Final = 100
"""What Lambda keeps for functions without a reservation; it refuses to go below.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
"""


@frozen(kw_only=True)
class AccountSettings:
    """What AWS has granted an account: its quotas, as far as a platform comes near to them."""

    concurrent_executions: int = variation(
        Kind.IDENTITY,
        whole(10, 1_000_000),
        order.NONE,
        decides=(_CHECK,),
        reason="AWS grants each account its own number; all functions together stay below it.",
    )
    elastic_ips: int = variation(
        Kind.IDENTITY,
        whole(1, 1000),
        order.NONE,
        decides=(_CHECK,),
        reason="AWS grants each account its own number; NAT gateways and copies use them up.",
    )


@frozen(kw_only=True)
class Quota:
    """A quota of AWS.

    Attributes:
        setting: Where an environment declares what its account has.

        service_code, quota_code: What Service Quotas calls it.

        default: What an account has unless somebody asked for more.
    """

    setting: str
    service_code: str
    quota_code: str
    default: int


QUOTAS: Final = (
    Quota(
        setting="account.concurrent_executions",
        service_code="lambda",
        quota_code="L-B99A9384",
        default=1000,
    ),
    Quota(
        setting="account.elastic_ips",
        service_code="ec2",
        quota_code="L-0263D0A3",
        default=5,
    ),
)
"""Sources: `aws service-quotas list-aws-default-service-quotas`, and the quotas pages of Lambda
and of the VPC, read 2026-11-25. A new account has 10 executions until AWS raises it."""
