"""How a defect is planted in the sample, and where its rule must find it."""

from collections.abc import Callable

from attrs import frozen

from tests.audit.sample_policies import Document, policy
from tests.audit.sample_resources import ROOT

Spoil = Callable[[Document], object]
FUNCTION = "aws_lambda_function.process_function"
BUCKET = "aws_s3_bucket.audit_bucket"
ROLE = "aws_iam_role.process_role"
ACCESS = "aws_iam_role_policy.process_access"
PEER = "234567890123"


@frozen
class Planted:
    """A change to the sample, and where its rule must find it."""

    rule: str
    where: str
    path: str
    spoil: Spoil


def resource(document: Document, address: str) -> Document:
    """Return the configuration of a resource."""
    type_, name = address.split(".")
    config: Document = document["resource"][type_][name]
    return config


def put(rule: str, where: str, path: str, value: object) -> Planted:
    """Plant a value at an attribute where the rule must find it."""
    return Planted(rule, where, path, lambda d: resource(d, where).update({path: value}))


def drop(rule: str, where: str, path: str) -> Planted:
    """Take an attribute away where the rule must find it missing."""
    return Planted(rule, where, path, lambda d: resource(d, where).pop(path))


def add(rule: str, where: str, path: str, config: Document) -> Planted:
    """Add a resource that the rule must find fault with at *path*."""
    type_, name = where.split(".")

    def spoil(document: Document) -> None:
        document["resource"].setdefault(type_, {})[name] = config

    return Planted(rule, where, path, spoil)


def put_output(document: Document, value: str) -> None:
    """Make *value* what the first output says."""
    document["output"]["queue_url"]["value"] = value


def lose(rule: str, where: str, path: str, gone: str) -> Planted:
    """Remove every resource of a type that the one at *where* needs."""
    return Planted(rule, where, path, lambda d: d["resource"].pop(gone))


def access(rule: str, *statements: Document) -> Planted:
    """Give the role a policy that the rule must find fault with."""
    return put(rule, ACCESS, "policy", policy(*statements))


def at(rule: str, where: str, path: str, spoil: Spoil) -> Planted:
    """Spoil something that is no resource."""
    return Planted(rule, where, path, spoil)


def provider(document: Document) -> Document:
    """Return the provider's block."""
    block: Document = document["provider"]["aws"][0]
    return block


def confirmation(document: Document) -> Document:
    """Return the variable that guards production."""
    variable: Document = document["variable"]["confirmation"]
    return variable


def trusted(condition: Document) -> Planted:
    """Trust the whole account under *condition*, which names no role."""
    trust = {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "sts:AssumeRole"}
    text = policy({**trust, "Condition": condition})
    return put("public-access", ROLE, "assume_role_policy", text)


def second_runtime(document: Document) -> None:
    """Add a function of another runtime."""
    functions = document["resource"]["aws_lambda_function"]
    functions["second"] = {**functions["process_function"], "runtime": "python3.12"}


def second_hash(document: Document) -> None:
    """Add a function of other code."""
    functions = document["resource"]["aws_lambda_function"]
    functions["second"] = {**functions["process_function"], "source_code_hash": "b" * 43 + "="}


def second_boundary(document: Document) -> None:
    """Add a role with another boundary."""
    roles = document["resource"]["aws_iam_role"]
    document["resource"]["aws_iam_policy"]["other"] = {"policy": policy()}
    roles["second"] = {
        **roles["process_role"],
        "permissions_boundary": "${aws_iam_policy.other.arn}",
    }


def of_no_environment(document: Document) -> None:
    """Take away what says whose account it is."""
    del document["locals"]["identity_account_id"]
    provider(document)["allowed_account_ids"] = []


def logs_of_a_load_balancer(document: Document) -> None:
    """Let a bucket take the logs of a load balancer."""
    logs = {"bucket": "${aws_s3_bucket.audit_bucket.id}"}
    document["resource"]["aws_lb"] = {"balancer": {"access_logs": logs}}
