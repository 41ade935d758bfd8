"""Expressions are worked out as Terraform does it, or left alone."""

import pytest

from audit.expression import UnresolvedError, evaluate, rendered
from audit.reference import Reference, references
from audit.template import Expression, parts

LOCALS = {"name": "prod", "on": True, "zones": ["a", "b"], "cidr": "10.0.0.0/16", "n": 3, "e": ""}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("local.n", 3),
        ("local.n + 1", 4),
        ("(local.n * 300) - 1", 899),
        ("local.n / 2", 1.5),
        ("-local.n", -3),
        ("local.zones[1]", "b"),
        ("local.on ? 1 : 0", 1),
        ("!local.on", False),
        ('local.name == "prod" && local.n >= 3 ? local.zones : []', ["a", "b"]),
        ("local.on ? local.name : aws_vpc.v.id", "prod"),
        ("[for z in local.zones : upper(z)]", ["A", "B"]),
        ('local.on ? 1 : "a"', "1"),
        ("0.1 + 0.2", 0.3),
        ("57 * 0.01", 0.57),
        ("1 / 4", 0.25),
        ("local.zones.0", "a"),
        ("[{a = 1}, {a = 2}].*.a", [1, 2]),
        ("<<EOT\nx ${local.n}\nEOT\n", "x 3\n"),
        ('"%{ if local.on }yes%{ else }no%{ endif }"', "yes"),
        ('"%{ for z in local.zones }<${z}>%{ endfor }"', "<a><b>"),
        ('local.n == "3"', False),
        ("true == 1", False),
        ("length(local.zones)", 2),
        ("element(local.zones, 3)", "b"),
        ('join(",", local.zones)', "a,b"),
        ("cidrsubnet(local.cidr, 4, 2)", "10.0.32.0/20"),
        ('jsonencode({"a" = local.zones, b : "<"})', '{"a":["a","b"],"b":"\\u003c"}'),
        ('"x-${local.name}-${upper("y")}"', "x-prod-Y"),
        ("null", None),
    ],
)
def test_evaluate(source: str, value: object) -> None:
    """What needs only locals has a value of the right type."""
    result = evaluate(source, LOCALS)
    assert (type(value), value) == (type(result), result)


@pytest.mark.parametrize(
    "source",
    [
        "aws_vpc.v.id",
        "var.x",
        "count.index",
        "local.gone",
        "unknown(1)",
        "local.on ? local.n : aws_vpc.v.id",
        "[1] == [1]",
        "1 / 0",
        "provider::aws::arn_parse(local.name)",
        "toset(local.zones)",
        "local.zones[9]",
        "local.n local.n",
        "1 +",
        "",
    ],
)
def test_unresolved(source: str) -> None:
    """What needs more, or is not understood, is never guessed."""
    with pytest.raises(UnresolvedError):
        evaluate(source, LOCALS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${local.zones}", ["a", "b"]),
        ("payment-${local.name}-${local.n}", "payment-prod-3"),
        ("${local.name}-${aws_vpc.v.id}", "prod-${aws_vpc.v.id}"),
        ("$${local.name}", "${local.name}"),
        ("no expression", "no expression"),
        ("a ${jsonencode(local.zones)} b", 'a ["a","b"] b'),
    ],
)
def test_rendered(text: str, value: object) -> None:
    """A string that is one expression takes its type, others become text."""
    assert value == rendered(text, LOCALS)


def test_parts() -> None:
    """Braces and quotes inside an expression do not end it."""
    assert parts('a${f({x = "}"})}b${"${c}"}') == (
        "a",
        Expression('f({x = "}"})'),
        "b",
        Expression('"${c}"'),
    )


def test_references() -> None:
    """References are found in every depth, in strings inside expressions too; text is none."""
    value = {
        "a": ["${local.x} and local.text"],
        "b": '${join("aws_sqs_queue.text", [aws_sqs_queue.q[0].arn, "${data.aws_vpc.v.id}"])}',
        "c": "${aws_iam_role.r[count.index].name == var.v ? 1.5 : path.module}",
    }
    assert list(references(value)) == [
        Reference("local.x"),
        Reference("aws_sqs_queue.q", ("arn",)),
        Reference("data.aws_vpc.v", ("id",)),
        Reference("aws_iam_role.r", ("name",)),
        Reference("var.v"),
    ]
