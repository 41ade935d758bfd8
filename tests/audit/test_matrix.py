"""The matrix says what each approved variation drives."""

from audit.matrix import effects, local_closure, matrix
from audit.place import Place
from tests.audit.sample import Approved, Platform


def test_row(platform: Platform, approved: Approved) -> None:
    """A row has the approval, everyone's value, and the attributes the local reaches."""
    rows = {row.local: row for row in matrix(platform.stacks, approved)}
    row = rows["functions_memory_mebibytes"]
    assert row.values == {"dev": 512, "staging": 1024, "prod": 2048}
    assert (row.kind, row.reason[:6]) == ("capacity", "Memory")
    assert row.drives == (Place("aws_lambda_function.process_function", "memory_size"),)
    assert str(row.drives[0]) == "aws_lambda_function.process_function.memory_size"


def test_through_another_local(platform: Platform, approved: Approved) -> None:
    """What a local reaches through another local counts."""
    for document in platform.documents.values():
        document["locals"]["functions_memory_mebibytes"] = "${local.half * 2}"
        document["locals"]["half"] = 256
    rows = {row.local: row for row in matrix(platform.stacks, approved)}
    assert rows["half"].drives == rows["functions_memory_mebibytes"].drives
    assert rows["half"].kind == ""


def test_locals_in_a_circle() -> None:
    """Locals that need each other, which Terraform refuses, end the search all the same."""
    assert local_closure({"a": "${local.b}", "b": "${local.a}"})["a"] == {"a", "b"}


def test_effects_are_what_attributes_evaluate_to(platform: Platform, approved: Approved) -> None:
    """Not the local is shown, but what the attribute becomes in each environment."""
    rows = {row.local: row for row in matrix(platform.stacks, approved)}
    shown = effects(platform.stacks, rows["alarms_enabled"].drives)
    place = Place("aws_cloudwatch_metric_alarm.alarms_errors", "count")
    assert shown[place] == {"dev": 0, "staging": 1, "prod": 1}
