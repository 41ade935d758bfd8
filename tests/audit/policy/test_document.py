"""Policies are read although Terraform will fill in parts of them."""

import pytest

from audit.policy.document import parsed, statements


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "x-${local.y}-z"}', {"a": "x-${local.y}-z"}),
        ('{"a": ${jsonencode(aws_x.y[*].arn)}}', {"a": "${jsonencode(aws_x.y[*].arn)}"}),
        ('{"a": "${f("b")}", "\\"c": 1}', {"a": '${f("b")}', '"c': 1}),
    ],
)
def test_parsed(text: str, value: object) -> None:
    """An expression stands for what it will be, in quotes or out of them."""
    assert parsed(text) == value


def test_statements() -> None:
    """What may be one or many is many."""
    [statement] = (
        statements('{"Statement": {"Effect": "Deny", "Action": "a", "Principal": "*"}}') or ()
    )
    assert (statement.allows, statement.actions, statement.principals) == (False, ("a",), ("*",))


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", "${aws_x.y.json}", 1, '{"Statement": [1]}'])
def test_unreadable(text: object) -> None:
    """What is no policy has no statements, which is not the same as none."""
    assert statements(text) is None
