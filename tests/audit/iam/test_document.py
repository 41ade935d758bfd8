"""Policies are read although Terraform will fill in parts of them."""

import pytest

from audit.iam.document import read
from audit.iam.template_json import parsed


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
    _, [statement] = read('{"Statement": {"Effect": "Deny", "Action": "a", "Principal": "*"}}')
    assert not statement.allows
    assert statement.actions == ("a",)
    assert statement.is_for_everybody


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "{",
        "${aws_x.y.json}",
        1,
        '{"Statement": [1]}',
        '{"Statement": [{"Effect": "allow", "Action": "a", "Resource": "*"}]}',
        '{"Statement": [{"Effect": "Allow", "Actions": "a", "Resource": "*"}]}',
        '{"Statement": [{"Effect": "Allow", "Action": {"a": 1}, "Resource": "*"}]}',
        '{"Statement": [{"Effect": "Allow", "Action": "a", "Principal": "me"}]}',
        '{"Statement": [{"Effect": "Allow", "Action": "a", "Action": "b"}]}',
        '{"Statement": [], "Extra": 1}',
    ],
)
def test_unreadable(text: object) -> None:
    """What is no policy, or none that IAM would take, is an error, and not an empty policy."""
    with pytest.raises(ValueError, match=r"must|Expecting"):
        read(text)
