"""What a deployment left is the measure, and neither a refresh nor a secret gets into it."""

from typing import Any

from audit.baseline import baseline_of, changes_since, drift_entries, kept

FUNCTION = "aws_lambda_function.f"


def state(**resources: dict[str, Any]) -> dict[str, Any]:
    """Return what `terraform show -json` says of a state; `__` stands for the dot."""
    found = [
        {
            "address": name.replace("__", "."),
            "type": name.partition("__")[0],
            "mode": "managed",
            "values": {k: v for k, v in values.items() if k != "mask"},
            "sensitive_values": values.get("mask", {}),
        }
        for name, values in resources.items()
    ]
    return {"format_version": "1.0", "values": {"root_module": {"resources": found}}}


def test_reality_of_a_plan_is_its_refreshed_state() -> None:
    """A plan has it under `prior_state`; what Terraform itself has is left out."""
    shown = state(aws_lambda_function__f={"timeout": 30}, terraform_data__x={"input": 1})
    plan = {"format_version": "1.2", "prior_state": {"values": shown["values"]}}
    assert baseline_of(plan) == baseline_of(shown) == {FUNCTION: {"timeout": 30}}


def test_before_the_first_deployment_there_is_nothing() -> None:
    """A first plan has no state."""
    assert baseline_of({"format_version": "1.2"}) == {}


def test_a_secret_is_kept_as_a_hash() -> None:
    """That it changed is seen, what it is is not."""
    one = baseline_of(state(aws_x__y={"password": "a", "mask": {"password": True}}))
    other = baseline_of(state(aws_x__y={"password": "b", "mask": {"password": True}}))
    assert '"a"' not in str(one)
    assert [entry["address"] for entry in changes_since(one, other)] == ["aws_x.y"]


def test_changed_and_gone() -> None:
    """Only what differs is told; a resource that is not there any more is deleted."""
    before: dict[str, dict[str, Any]] = {
        FUNCTION: {"timeout": 30, "name": "f"},
        "aws_x.y": {"a": 1},
    }
    changed, gone = changes_since(before, {FUNCTION: {"timeout": 99, "name": "f"}})
    assert changed["change"] == {
        "actions": ["update"],
        "before": {"timeout": 30},
        "after": {"timeout": 99},
    }
    assert (gone["address"], gone["change"]["actions"]) == ("aws_x.y", ["delete"])


def test_another_version_of_the_provider_is_no_drift() -> None:
    """An attribute that only one side knows was changed by nobody."""
    assert list(changes_since({FUNCTION: {"a": 1, "old": 1}}, {FUNCTION: {"a": 1, "new": 2}})) == []


def test_without_a_baseline_the_state_is_the_measure_and_secrets_are_hidden() -> None:
    """What Terraform says it found, with its own masks."""
    change = {
        "actions": ["update"],
        "before": {"password": "a"},
        "after": {"password": "b"},
        "before_sensitive": {"password": True},
        "after_sensitive": {"password": True},
    }
    [entry] = drift_entries({"resource_drift": [{"address": "aws_x.y", "change": change}]}, None)
    assert entry["change"]["before"]["password"].startswith("(sensitive")
    assert entry["change"]["before"] != entry["change"]["after"]


def test_what_is_not_taken_over_stays_as_it_was() -> None:
    """An accepted drift, or one that came in between, is drift the next time too."""
    left = {FUNCTION: {"code_sha256": "stranger", "timeout": 30}}
    before: dict[str, dict[str, Any]] = {FUNCTION: {"code_sha256": "ours"}, "aws_x.gone": {"a": 1}}
    baseline = kept(left, [(FUNCTION, "code_sha256"), ("aws_x.gone", "")], before)
    assert baseline == {
        FUNCTION: {"code_sha256": "ours", "timeout": 30},
        "aws_x.gone": {"a": 1},
    }
