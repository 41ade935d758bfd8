"""How a defect is planted in a policy of the sample."""

from typing import Any

from tests.audit.policy.planting import ROLE, Planted, add, put, resource
from tests.audit.sample_policies import Document, allow, policy

STRANGER = "999999999999"
OWN = "arn:aws:dynamodb:${local.identity_region}:${local.identity_account_id}:table/payment-x-dev"
QUEUE_POLICY = "aws_sqs_queue_policy.payments_policy"
QUEUE_ARN = "${aws_sqs_queue.payments_queue.arn}"
_TLS: dict[str, Any] = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sqs:*",
    "Resource": QUEUE_ARN,
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def queue(rule: str, statement: Document) -> Planted:
    """Give the queue's policy another statement, in which the rule must find fault."""
    return put(rule, QUEUE_POLICY, "policy", policy(_TLS, statement))


def everybody(condition: Document) -> Planted:
    """Let everybody send to the queue under a condition that narrows nothing."""
    allowed = allow("sqs:SendMessage", QUEUE_ARN, Principal={"AWS": ["*"]}, Condition=condition)
    return queue("public-access", allowed)


def no_tls(**changed: object) -> Planted:
    """Narrow the statement that denies requests without TLS."""

    def spoil(document: Document) -> None:
        resource(document, QUEUE_POLICY)["policy"] = policy(
            {key: value for key, value in {**_TLS, **changed}.items() if value is not None}
        )

    return Planted("tls", "aws_sqs_queue.payments_queue", "policy", spoil)


def trust(principal: Document, condition: Document | None = None, action: str = "") -> Planted:
    """Trust somebody under a condition."""
    statement: Document = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": action or "sts:AssumeRoleWithWebIdentity",
        **({"Condition": condition} if condition else {}),
    }
    return put("public-access", ROLE, "assume_role_policy", policy(statement))


def ingress(path: str = "", **rule: object) -> Planted:
    """Add a rule that lets in too much."""
    where = "aws_vpc_security_group_ingress_rule.more"
    config = {"from_port": 443, "to_port": 443, "ip_protocol": "tcp", **rule}
    return add("security-groups", where, path, config)


def key(type_: str, attribute: str, value: str) -> Planted:
    """Add a resource encrypted with somebody else's key."""
    return add("encryption", f"{type_}.other", attribute, {attribute: value})


GITHUB = (
    "arn:aws:iam::${local.identity_account_id}:oidc-provider/token.actions.githubusercontent.com"
)
SAML = "arn:aws:iam::${local.identity_account_id}:saml-provider/office"
