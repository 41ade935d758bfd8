"""Scanners' checks on encryption, TLS, public access and boundaries cannot be suppressed."""

import datetime as dt
import json
import subprocess
from pathlib import Path
from typing import Final

import pytest

from audit.policy import RULES
from audit.policy.outside import SUPPRESSIBLE, forbidden
from audit.suppression import Suppression
from payctl.checkov import is_installed, program
from tests.audit.sample import Platform
from tests.audit.sample_policies import policy
from tests.audit.sample_resources import ROOT

BUCKET: Final = "aws_s3_bucket.audit_bucket"
ENCRYPTION: Final = "aws_s3_bucket_server_side_encryption_configuration"
LISTED: Final = """
import json, logging
logging.disable(logging.CRITICAL)
from checkov.common.checks_infra.registry import get_graph_checks_registry
from checkov.terraform.checks.resource.registry import resource_registry
import checkov.terraform.checks.resource
graph = get_graph_checks_registry("terraform")
graph.load_checks()
found = {check.id: [check.name, check.category.upper()] for check in graph.checks}
registry = resource_registry
for check in sum([*registry.checks.values(), *registry.wildcard_checks.values()], []):
    found[check.id] = [check.name, " ".join(category.name for category in check.categories)]
print(json.dumps(found))
"""
LOCKED_CATEGORIES: Final = ("ENCRYPTION", "NETWORKING", "IAM", "SECRETS")
MISPLACED: Final = {
    "CKV_AWS_226": "minor versions of databases; checkov files it under encryption",
    "CKV2_AWS_29": "a firewall in front of an interface that is public on purpose",
}
"""What may be suppressed although checkov files it under a subject that may not."""


def suppression_of(rule: str, where: str) -> Suppression:
    """Return a suppression."""
    return Suppression(where=where, rule=rule, reason="It is too late now.", expires=dt.date.max)


def take_logs(platform: Platform, algorithm: str = "AES256") -> None:
    """Let the bucket take the logs of a load balancer, encrypted as AWS can or not."""
    logs = {"bucket": "${aws_s3_bucket.audit_bucket.id}"}
    rule = [{"apply_server_side_encryption_by_default": {"sse_algorithm": algorithm}}]
    for document in platform.documents.values():
        document["resource"]["aws_lb"] = {"balancer": {"access_logs": logs, "tags": {}}}
        document["resource"][ENCRYPTION]["audit_encryption"]["rule"] = rule


@pytest.mark.parametrize(
    "check",
    [
        "CKV_AWS_145",
        "CKV_AWS_24",
        "authorization-resource-star",
        "E3510",
        "pf-iam-inline-policy-size",
    ],
)
def test_no_excuse(check: str, platform: Platform) -> None:
    """What is not named as suppressible cannot be suppressed, known to us or not."""
    suppression = suppression_of(check, BUCKET)
    assert forbidden([suppression], platform.stacks) == (suppression,)


def test_excusable(platform: Platform) -> None:
    """What is about something else can be suppressed; our own rules see to their own."""
    harmless = [suppression_of("CKV_AWS_144", BUCKET), suppression_of("encryption", BUCKET)]
    assert forbidden(harmless, platform.stacks) == ()


def test_answered(platform: Platform) -> None:
    """A check is answered where a rule of ours judges the very resource, and passes."""
    take_logs(platform)
    here = suppression_of("CKV_AWS_145", BUCKET)
    elsewhere = suppression_of("CKV_AWS_145", "aws_s3_bucket.other")
    assert forbidden([here, elsewhere], platform.stacks) == (elsewhere,)


def test_answered_by_a_failure(platform: Platform) -> None:
    """A rule that finds something answers nothing."""
    take_logs(platform, algorithm="none")
    suppression = suppression_of("CKV_AWS_145", BUCKET)
    assert forbidden([suppression], platform.stacks) == (suppression,)


def test_answered_in_one_stack_of_two(platform: Platform) -> None:
    """The same address of a stack where the rule judges otherwise stays unexcused."""
    take_logs(platform)
    del platform.documents["prod"]["resource"]["aws_lb"]
    platform.documents["prod"]["resource"][ENCRYPTION] = json.loads(
        json.dumps(platform.documents["prod"]["resource"][ENCRYPTION]).replace(
            '"AES256"', '"aws:kms", "kms_master_key_id": "${aws_kms_key.key.arn}"'
        )
    )
    suppression = suppression_of("CKV_AWS_145", BUCKET)
    assert forbidden([suppression], platform.stacks) == (suppression,)


def test_named_roles_answer_for_an_account(platform: Platform) -> None:
    """A trusted account is in order where a condition names its roles."""
    condition = {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/operator"}}
    statement = {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "sts:AssumeRole"}
    for config in platform.everywhere("aws_iam_role"):
        config["assume_role_policy"] = policy({**statement, "Condition": condition})
    role = "aws_iam_role.process_role"
    assert forbidden([suppression_of("CKV_AWS_61", role)], platform.stacks) == ()


def test_only_rules_without_exceptions_answer() -> None:
    """A rule that may be suppressed itself would be a way around."""
    assert all(not rule.suppressible for rule in RULES if rule.answers)
    assert not SUPPRESSIBLE & {check for rule in RULES for check in rule.answers}


@pytest.fixture(scope="module")
def installed() -> dict[str, tuple[str, str]]:
    """Return name and categories of each check of the checkov that is installed."""
    if not is_installed():
        pytest.skip("checkov is not installed")
    python = Path(program()).with_name("python")
    done = subprocess.run([python, "-c", LISTED], check=True, capture_output=True, text=True)
    return {check: (name, category) for check, (name, category) in json.loads(done.stdout).items()}


def test_excusable_is_what_checkov_says(installed: dict[str, tuple[str, str]]) -> None:
    """Every suppressible check exists, and is of no category that cannot be suppressed."""
    checks = {check for check in SUPPRESSIBLE if check.startswith("CKV")}
    assert installed.keys() >= checks
    found = {
        check
        for check in checks
        if any(category in installed[check][1] for category in LOCKED_CATEGORIES)
    }
    assert found == MISPLACED.keys()
