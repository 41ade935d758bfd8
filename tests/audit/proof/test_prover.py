"""No environment lets another in: proved, or a request that goes through is printed."""

import sys
from collections.abc import Callable

import pytest

from audit.errors import CouldNotCheckError
from audit.proof.prover import prove
from audit.proof.request import Verdict
from audit.proof.side import sides
from audit.synthesized import Stack
from tests.audit.sample import ACCOUNTS, REGIONS, synthesized
from tests.audit.sample_policies import Document, allow, policy, tls_only

pytest.importorskip("z3")
DEV, STAGING, PROD = ACCOUNTS.values()
PAIRS = [(here, there) for here in ACCOUNTS for there in ACCOUNTS if here != there]
Spoil = Callable[[dict[str, Document]], None]


def verdicts(documents: dict[str, Document]) -> dict[tuple[str, str], Verdict]:
    """Return what is proved of each ordered pair of environments."""
    stacks = [Stack.from_json(f"payments-{name}", d) for name, d in documents.items()]
    return {(one.here, one.there): one for one in prove(sides(stacks))}


def platform() -> dict[str, Document]:
    """Return three environments that are apart."""
    return {name: synthesized(name) for name in ACCOUNTS}


def config(document: Document, type_: str) -> Document:
    """Return the first resource of a type."""
    found: Document = next(iter(document["resource"][type_].values()))
    return found


def role_allows(document: Document, *statements: Document, bounded: bool = True) -> None:
    """Give the role of an environment a policy, within its boundary or without."""
    config(document, "aws_iam_role_policy")["policy"] = policy(*statements)
    if not bounded:
        del config(document, "aws_iam_role")["permissions_boundary"]


def test_apart() -> None:
    """Nothing goes from any environment to any other, and it is proved."""
    found = verdicts(platform())
    assert list(found) == PAIRS
    assert {one.word for one in found.values()} == {"unsat"}
    assert all(one.principals > 1 and one.resources > 5 for one in found.values())


def arn_of_a_peer(documents: dict[str, Document]) -> None:
    """A role's policy names a queue of production, and the role has no boundary."""
    queue = f"arn:aws:sqs:{REGIONS['prod']}:{PROD}:payment-payments-prod"
    role_allows(documents["dev"], allow("sqs:SendMessage", queue), bounded=False)


def bucket_for_a_peer(documents: dict[str, Document]) -> None:
    """A bucket of production lets everybody in the account of development read."""
    arn = "${aws_s3_bucket.audit_bucket.arn}"
    root = {"AWS": f"arn:aws:iam::{DEV}:root"}
    config(documents["prod"], "aws_s3_bucket_policy")["policy"] = policy(
        tls_only("s3", arn), allow("s3:GetObject", f"{arn}/*", Principal=root)
    )


def grant_for_a_peer(documents: dict[str, Document]) -> None:
    """A grant, which is no policy, lets a role of development decrypt with production's key."""
    documents["prod"]["resource"]["aws_kms_grant"] = {
        "g": {
            "key_id": "${aws_kms_key.key.key_id}",
            "grantee_principal": f"arn:aws:iam::{DEV}:role/payment-process-dev",
            "operations": ["Decrypt"],
        }
    }


def wildcard(documents: dict[str, Document]) -> None:
    """The role and the boundary of development allow all buckets whose names begin alike."""
    statement = allow("s3:PutObject", "arn:aws:s3:::payment-*")
    role_allows(documents["dev"], statement)
    config(documents["dev"], "aws_iam_policy")["policy"] = policy(statement)


def trust_in_a_peer(documents: dict[str, Document]) -> None:
    """A role of production trusts a role of development."""
    config(documents["prod"], "aws_iam_role")["assume_role_policy"] = policy(
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{DEV}:role/payment-process-dev"},
            "Action": "sts:AssumeRole",
        }
    )


def topic_for_any_alarm(documents: dict[str, Document]) -> None:
    """The topic of production takes what CloudWatch sends, for whatever account."""
    arn = "${aws_sns_topic.alerts_topic.arn}"
    config(documents["prod"], "aws_sns_topic_policy")["policy"] = policy(
        allow("sns:Publish", arn, Principal={"Service": "cloudwatch.amazonaws.com"})
    )


def function_for_a_peer(documents: dict[str, Document]) -> None:
    """The function of production may be called by anything of the account of development."""
    documents["prod"]["resource"]["aws_lambda_permission"] = {
        "p": {
            "function_name": "${aws_lambda_function.process_function.function_name}",
            "action": "lambda:InvokeFunction",
            "principal": "events.amazonaws.com",
            "source_arn": f"arn:aws:events:{REGIONS['dev']}:{DEV}:rule/*",
        }
    }


def key_for_everybody(documents: dict[str, Document]) -> None:
    """The key of production is everybody's who is not of production."""
    config(documents["prod"], "aws_kms_key")["policy"] = policy(
        allow(
            "kms:Decrypt",
            "*",
            Principal="*",
            Condition={"StringNotEquals": {"aws:PrincipalAccount": PROD}},
        )
    )


def everything_but(documents: dict[str, Document]) -> None:
    """A role without boundary may do everything but what the boundary's author thought of."""
    statement = {"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::x"}
    role_allows(documents["dev"], statement, bounded=False)


def attached(documents: dict[str, Document]) -> None:
    """A policy of AWS is attached to a role without boundary: it may allow everything."""
    role_allows(documents["dev"], allow("xray:PutTraceSegments", "*"), bounded=False)
    documents["dev"]["resource"]["aws_iam_role_policy_attachment"] = {
        "a": {
            "role": "${aws_iam_role.process_role.name}",
            "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
        }
    }


def attached_to_several(documents: dict[str, Document]) -> None:
    """The same by the resource that attaches one policy to several roles."""
    role_allows(documents["dev"], allow("xray:PutTraceSegments", "*"), bounded=False)
    documents["dev"]["resource"]["aws_iam_policy_attachment"] = {
        "a": {
            "roles": ["${aws_iam_role.process_role.name}"],
            "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
        }
    }


@pytest.mark.parametrize(
    ("spoil", "action", "let_in_by"),
    [
        (arn_of_a_peer, "sqs:sendmessage", "aws_iam_role_policy.process_access"),
        (bucket_for_a_peer, "s3:getobject", "aws_s3_bucket_policy.audit_policy"),
        (grant_for_a_peer, "kms:decrypt", "aws_kms_grant.g"),
        (wildcard, "s3:putobject", "aws_iam_role_policy.process_access"),
        (trust_in_a_peer, "sts:assumerole", "aws_iam_role.process_role"),
        (topic_for_any_alarm, "sns:publish", "aws_sns_topic_policy.alerts_policy"),
        (function_for_a_peer, "lambda:invokefunction", "aws_lambda_permission.p"),
        (key_for_everybody, "kms:decrypt", "aws_kms_key.key"),
        (everything_but, "", "aws_iam_role_policy.process_access"),
        (attached, "", "aws_iam_role_policy_attachment.a"),
        (attached_to_several, "", "aws_iam_policy_attachment.a"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_planted(spoil: Spoil, action: str, let_in_by: str) -> None:
    """A grant to another environment is found as a request, from dev to prod."""
    documents = platform()
    spoil(documents)
    pair = {name: documents[name] for name in ("dev", "prod")}
    found = verdicts(pair)["dev", "prod"]
    assert found.word == "sat"
    request = found.request
    assert request is not None
    assert request.let_in_by == let_in_by
    assert DEV in request.principal
    if action:
        assert request.action == action
        assert f"may {action} on arn:aws:" in str(request)


class TestSameAccount:
    """Two environments in one account, which only their names keep apart."""

    @staticmethod
    def copy() -> dict[str, Document]:
        """Return dev and a copy of it in the same account."""
        second = synthesized("dev")
        second["locals"]["deployment_name"] = "dev-copy"
        return {"dev": synthesized("dev"), "copy": second}

    def test_apart(self) -> None:
        """They are apart."""
        assert {one.word for one in verdicts(self.copy()).values()} == {"unsat"}

    def test_wildcard(self) -> None:
        """A wildcard in a name reaches over."""
        documents = self.copy()
        tables = f"arn:aws:dynamodb:{REGIONS['dev']}:{DEV}:table/payment-transactions-dev*"
        statement = allow("dynamodb:PutItem", tables)
        role_allows(documents["dev"], statement, bounded=False)
        request = verdicts(documents)["dev", "dev-copy"].request
        assert request is not None
        assert request.resource.startswith(f"arn:aws:dynamodb:{REGIONS['dev']}:{DEV}:table/")
        assert verdicts(documents)["dev-copy", "dev"].request is None


def test_unreadable() -> None:
    """Nothing is proved of what nobody can read."""
    documents = platform()
    config(documents["dev"], "aws_iam_role_policy")["policy"] = "${data.x.y.json}"
    with pytest.raises(CouldNotCheckError, match=r"aws_iam_role_policy\.process_access"):
        verdicts(documents)


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the solver nothing is proved, and how to install it is said."""
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(CouldNotCheckError, match=r"pip install -e '\.\[proof\]'"):
        verdicts(platform())
