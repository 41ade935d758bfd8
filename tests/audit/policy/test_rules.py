"""Every rule passes the sample and catches the defects planted for it."""

import datetime as dt
import json

import pytest

from audit.policy import RULES
from audit.policy.evaluate import evaluate
from audit.policy.pci_dss import REQUIREMENTS
from audit.policy.rule import Rule
from audit.synthesized import Stack
from tests.audit.policy.planted import PLANTED as SINGLE
from tests.audit.policy.planted_effects import EFFECTS
from tests.audit.policy.planted_relations import RELATIONS
from tests.audit.policy.planting import Planted
from tests.audit.sample import Platform, synthesized

PLANTED = (*SINGLE, *RELATIONS, *EFFECTS)
TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_sample_obeys(rule: Rule, platform: Platform) -> None:
    """The sample breaks no rule."""
    assert evaluate(platform.stacks, today=TODAY, rules=[rule]) == ()


@pytest.mark.parametrize("planted", PLANTED, ids=lambda p: f"{p.rule}-{p.where}-{p.path}")
def test_planted_defect(planted: Planted) -> None:
    """A planted defect is found by its rule, where it is."""
    document = synthesized("dev")
    planted.spoil(document)
    stack = Stack.from_json("payments-dev", document)
    found = {
        (f.rule, f.where, f.path)
        for f in evaluate({"payments-dev": stack}, today=TODAY)
        if f.rule == planted.rule
    }
    assert (planted.rule, planted.where, planted.path) in found
    assert not any(rule == "rule-crashed" for rule, _, _ in found)


def test_every_rule_has_a_planted_defect() -> None:
    """No rule is without proof that it finds something."""
    assert {rule.id for rule in RULES} == {planted.rule for planted in PLANTED}


def test_rules_say_who_they_are() -> None:
    """Every rule has an id of its own, a reason and a source."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.title
        assert rule.why
        assert rule.source_url.startswith("https://")


def test_requirements_of_pci_dss() -> None:
    """Every number is one that was looked up, and none was looked up in vain."""
    assert {number for rule in RULES for number in rule.pci_dss} == REQUIREMENTS.keys()


def test_rules_without_exceptions() -> None:
    """Encryption, TLS, public access and the boundary cannot be suppressed."""
    locked = {rule.id for rule in RULES if not rule.suppressible}
    assert {"encryption", "tls", "public-access", "boundary"} <= locked


def test_stack_of_no_environment() -> None:
    """A pipeline, which is of no environment, obeys with literals of its own."""
    document = synthesized("dev")
    text = json.dumps(document).replace("${local.deployment_name}", "delivery")
    text = text.replace("${local.identity_region}", "us-east-1")
    document = json.loads(text.replace("${local.identity_account_id}", "456789012345"))
    for name in ("deployment_name", "identity_account_id", "identity_name", "identity_region"):
        del document["locals"][name]
    stack = Stack.from_json("payments-pipeline", document)
    assert evaluate({"payments-pipeline": stack}, today=TODAY) == ()


def test_hash_of_code() -> None:
    """The hash of a function's code is no secret, wherever it is handed on."""
    document = synthesized("dev")
    function = next(iter(document["resource"]["aws_lambda_function"].values()))
    function["environment"]["variables"]["CODE"] = function["source_code_hash"]
    assert evaluate({"s": Stack.from_json("s", document)}, today=TODAY) == ()
