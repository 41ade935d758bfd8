"""The proof agrees with two that we did not base it on, on policies that nobody wrote.

One tries every request of a small world, one after the other; the other is iamprover, a prover of
its own (https://github.com/UTKARSH698/iamprover).
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.iam.document import read
from audit.proof.prover import prove
from audit.proof.request import Request
from audit.proof.side import Asking, Side
from tests.conformance import policy_evaluator

pytest.importorskip("z3")
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/payment-x-dev"
THERE = ("arn:aws:s3:::ab", "arn:aws:s3:::a")
BELOW = ("", "/x")
ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:Get*", "s3:?utObject", "s3:*", "*")
CONCRETE = ("s3:GetObject", "s3:PutObject", "s3:GetBucket", "s3:List", "sqs:SendMessage")
_NAMES = ("a", "a*", "*b", "?b/*", "c*", "a/x", "*")
RESOURCES = (*(f"arn:aws:s3:::{name}" for name in _NAMES), "*")
CONDITIONS: tuple[dict[str, Any], ...] = (
    {},
    {"StringEquals": {"aws:ResourceAccount": ACCOUNT}},
    {"StringEquals": {"aws:ResourceAccount": "999999999999"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/payment-*"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/*"}},
)


def statements() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return a strategy for the statements of a policy."""
    some_actions = st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2)
    some_resources = st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2)
    one = st.builds(
        lambda effect, actions, resources, condition: {
            "Effect": effect,
            "Action": actions,
            "Resource": resources,
            **({"Condition": condition} if condition else {}),
        },
        st.sampled_from(("Allow", "Allow", "Deny")),
        some_actions,
        some_resources,
        st.sampled_from(CONDITIONS),
    )
    return st.lists(one, min_size=1, max_size=3)


def document(found: list[dict[str, Any]]) -> str:
    """Return a policy's JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": found})


def proved(identity: str, boundary: str) -> Request | None:
    """Return a request of the role to what is there, None where it is proved that none exists."""
    asking = Asking(
        address="aws_iam_role.r",
        arn=ROLE,
        allowed={"aws_iam_role_policy.p": read(identity)[1]},
        boundary=read(boundary)[1],
    )
    here = Side(name="dev", account=ACCOUNT, asking=(asking,), resources=(), lets=())
    there = Side(name="copy", account=ACCOUNT, asking=(), resources=THERE, lets=())
    found = {(one.here, one.there): one for one in prove({"dev": here, "copy": there})}
    return found["dev", "copy"].request


def tried(action: str, resource: str, identity: str, boundary: str) -> bool:
    """Tell whether one request goes through, as the evaluator of the conformance tests says."""
    context = {"aws:ResourceAccount": ACCOUNT, "aws:PrincipalArn": ROLE}
    request = policy_evaluator.Request(action=action, resource=resource, context=context)
    return policy_evaluator.permits(
        request,
        identity=[policy_evaluator.read(identity)],
        boundary=policy_evaluator.read(boundary),
    )


@settings(max_examples=30, deadline=None, derandomize=True)
@given(statements(), statements())
def test_brute_force(role: list[dict[str, Any]], bounds: list[dict[str, Any]]) -> None:
    """Where a request is found it goes through, and where none exists none of the world does."""
    identity, boundary = document(role), document(bounds)
    found = proved(identity, boundary)
    if found is not None:
        assert tried(found.action, found.resource, identity, boundary)
        return
    world = [(a, f"{arn}{below}") for a in CONCRETE for arn in THERE for below in BELOW]
    assert not any(tried(action, arn, identity, boundary) for action, arn in world)


def _one(**elements: object) -> list[dict[str, Any]]:
    return [{"Effect": "Allow", "Action": "*", "Resource": "*", **elements}]


def _not(element: str, value: str, **elements: object) -> list[dict[str, Any]]:
    other = {"NotAction": "Resource", "NotResource": "Action"}[element]
    return [{"Effect": "Allow", other: "*", element: value, **elements}]


_DENY = {"Effect": "Deny"}
_ALL = _one()


@pytest.mark.parametrize(
    ("role", "bounds", "apart"),
    [
        (_ALL, _ALL, False),
        (_one(Action="s3:Get*"), _one(Action="s3:Put*"), True),
        (_one(Action="s3:?utObject"), _one(Action="s3:Put*"), False),
        (_one(Resource="arn:aws:s3:::c*"), _ALL, True),
        (_one(Resource="arn:aws:s3:::a*"), _one(Resource="arn:aws:s3:::ab"), False),
        (_one(Resource="arn:aws:s3:::?"), _one(Resource="arn:aws:s3:::ab"), True),
        (_not("NotAction", "s3:*"), _one(Action="s3:*"), True),
        (_not("NotAction", "s3:Get*"), _one(Action="s3:*"), False),
        (_not("NotResource", "arn:aws:s3:::a*"), _ALL, True),
        (_not("NotResource", "arn:aws:s3:::ab*"), _ALL, False),
        ([*_ALL, *_one(**_DENY, Resource="arn:aws:s3:::a*")], _ALL, True),
        ([*_ALL, *_not("NotAction", "s3:Get*", **_DENY)], _one(Action="s3:Put*"), True),
        ([*_ALL, *_not("NotResource", "arn:aws:s3:::a", **_DENY)], _ALL, False),
        (_ALL, [*_ALL, *_one(**_DENY, Action="s3:*")], False),
        (_one(Action="s3:*"), [*_ALL, *_one(**_DENY, Action="s3:*")], True),
        (_one(Condition=CONDITIONS[1]), _one(Condition=CONDITIONS[3]), False),
        (_one(Condition=CONDITIONS[2]), _ALL, True),
        (_one(Condition=CONDITIONS[4]), _ALL, True),
    ],
)
def test_iamprover(
    role: list[dict[str, Any]], bounds: list[dict[str, Any]], *, apart: bool
) -> None:
    """The other prover comes to the same verdict, also on what policies are not about."""
    model = pytest.importorskip("iamprover.model")
    parser = pytest.importorskip("iamprover.parsers.iam")
    solver = pytest.importorskip("iamprover.engine.solver")
    invariants = pytest.importorskip("iamprover.invariants")
    parsed = [
        model.Policy("p", [parser.parse_statement(one) for one in found])
        for found in (role, bounds)
    ]
    principal = model.Principal(ROLE, [parsed[0]], permission_boundary=parsed[1])
    forbidden = invariants.Invariant(
        id="apart",
        description="",
        actions=["*"],
        resources=[f"{arn}{below}" for arn in THERE for below in ("", "/*", ":*")],
        where={"aws:ResourceAccount": ACCOUNT, "aws:PrincipalArn": ROLE},
    )
    theirs = solver.check_invariant(model.Account([principal]), forbidden).passed
    assert theirs is apart
    assert (proved(document(role), document(bounds)) is None) is apart
