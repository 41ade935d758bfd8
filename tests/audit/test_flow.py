"""What an expression does with each thing it refers to."""

import pytest

from audit.flow import flows
from audit.language.function import Use
from audit.language.scanner import SyntaxProblemError


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x-${local.a}", [("local.a", Use.VALUE)]),
        ('${local.a == "x" ? 1 : local.b}', [("local.a", Use.DECISION), ("local.b", Use.VALUE)]),
        ('${local.a == "" ? null : local.a}', [("local.a", Use.PRESENCE), ("local.a", Use.VALUE)]),
        ("${length(local.a) < 1 ? 1 : 2}", [("local.a", Use.PRESENCE)]),
        ("${length(local.a) == 4 ? 1 : 2}", [("local.a", Use.DECISION)]),
        ("${length(local.a)}", [("local.a", Use.COUNT)]),
        ("${local.a * 2}", [("local.a", Use.CHANGE)]),
        ("${local.a[count.index]}", [("local.a", Use.VALUE), ("count.index", Use.DECISION)]),
        ("${[1, 2][local.a]}", [("local.a", Use.DECISION)]),
        ('${{(local.a) = 1}["x"]}', [("local.a", Use.DECISION)]),
        ("${unknown(local.a)}", [("local.a", Use.DECISION)]),
        (
            "${jsonencode([local.a, upper(local.b)])}",
            [("local.a", Use.VALUE), ("local.b", Use.CHANGE)],
        ),
        ("%{ if local.a }x%{ endif }", [("local.a", Use.DECISION)]),
        ("%{ for z in local.a }${z}%{ endfor }", [("local.a", Use.VALUE)]),
        (
            '${[for z in local.a : z if z != "x"]}',
            [("local.a", Use.VALUE), ("local.a", Use.DECISION)],
        ),
        ("${aws_eip.n[*].id}", [("aws_eip.n.id", Use.VALUE)]),
        ("$${local.a}", []),
    ],
)
def test_flows(text: str, found: list[tuple[str, Use]]) -> None:
    """Each reference comes with what becomes of it, whatever is around."""
    assert [(str(flow), flow.use) for flow in flows(text)] == found


@pytest.mark.parametrize(
    "text", ["${", "${local.}", "${a b}", '${"x}', "%{ if x }", "$$${x}", "${1 +}"]
)
def test_what_nobody_can_read(text: str) -> None:
    """Text that Terraform could not read has no flows, and is never taken for a literal."""
    with pytest.raises(SyntaxProblemError):
        flows(text)
