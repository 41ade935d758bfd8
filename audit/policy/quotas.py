"""What a stack takes of an account fits what AWS grants it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack
from model.quota import UNRESERVED_EXECUTIONS


@frozen(kw_only=True)
class _Sum:
    """What is added up.

    Attributes:
        type: The resources that take of the quota.

        attribute: How much each takes; empty where each takes one.

        declared: The local that says what the account has.

        default: What an account has where nothing is said.

        kept: What AWS keeps for itself.
    """

    type: str
    attribute: str
    declared: str
    default: int
    kept: int = 0


_SUMS: Final = (
    _Sum(
        type="aws_lambda_function",
        attribute="reserved_concurrent_executions",
        declared="account_concurrent_executions",
        default=1000,
        kept=UNRESERVED_EXECUTIONS,
    ),
    _Sum(type="aws_eip", attribute="", declared="account_elastic_ips", default=5),
)


def _check_together(stacks: Mapping[str, Stack]) -> Iterator[Violation]:
    """Add up over all stacks of one account and region."""
    accounts: dict[tuple[Any, Any], list[Stack]] = {}
    for stack in stacks.values():
        place = stack.locals.get("identity_account_id"), stack.locals.get("identity_region")
        accounts.setdefault(place, []).append(stack)
    for together in accounts.values():
        for one in _SUMS:
            yield from _too_much(together, one)


def _too_much(stacks: list[Stack], one: _Sum) -> Iterator[Violation]:
    takers = [taker for stack in stacks for taker in stack.resolved.resources(one.type)]
    declared = [stack.locals[one.declared] for stack in stacks if one.declared in stack.locals]
    quota = declared[0] if declared else one.default
    amounts = [_amount(taker, one.attribute) for taker in takers]
    for taker, amount in zip(takers, amounts, strict=True):
        if amount is None:
            path = one.attribute or "count"
            yield violation(
                taker, path, f"must be a number, so that it can be added up for {quota}"
            )
    known = [amount for amount in amounts if amount]
    if sum(known) > quota - one.kept:
        message = f"must leave {one.kept} of {quota}: {' + '.join(map(str, known))} is {sum(known)}"
        yield violation(takers[0], one.attribute or "count", message)


def _amount(taker: Resource, attribute: str) -> int | None:
    """Return how much *taker* takes, None where it cannot be worked out."""
    count = taker.config.get("count", 1)
    each = taker.config.get(attribute, 0) if attribute else 1
    if isinstance(each, int) and isinstance(count, int):
        return max(each, 0) * count  # -1 reserves nothing.
    return None


def _alone(_: Stack) -> Iterator[Violation]:
    yield from ()


RULE: Final = Rule(
    id="quotas",
    title="The sum of what is taken fits the account's quotas",
    why="Lambda refuses the reservation that leaves less than 100 executions, and EC2 the sixth "
    "address: half-way through the first apply of the environment that is large enough.",
    source_url="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    check=_alone,
    check_together=_check_together,
)
