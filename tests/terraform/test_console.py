"""What we work out is what Terraform works out: generated expressions, asked in one process."""

import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.expression import UnresolvedError, evaluate
from audit.language.function import FUNCTIONS

COUNT = 1500
LOCALS = {
    "name": "prod",
    "empty": "",
    "odd": 'a"b$c%d<e>&',
    "number": 3,
    "share": 0.05,
    "large": 345678901234,
    "text_number": "16",
    "on": True,
    "off": False,
    "nothing": None,
    "zones": ["us-east-1a", "us-east-1b", "us-east-1c"],
    "none": [],
    "numbers": [5, 1, 3],
    "cidr": "10.30.0.0/16",
    "tags": {"Team": "payments", "Cost": "x"},
}
BINARY = ("+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "&&", "||")


class Generator:
    """Writes expressions that are often, not always, well typed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret

    def expression(self, depth: int = 0) -> str:
        """Return an expression."""
        makers: list[Callable[[int], str]] = [self.literal, self.local] if depth else []
        if depth < 3:
            makers += [self.binary, self.conditional, self.template, self.call, self.index]
            makers += [self.unary, self.collection, self.for_, self.splat, self.directive]
            makers += [self.call, self.call]
        return self.random.choice(makers)(depth + 1)

    def literal(self, _: int) -> str:
        """Return a number, text, a bool or null."""
        some = ("0", "1", "7", "0.1", "1.5", "2e3", '"a-b"', '""', '"12"', "true", "false", "null")
        return self.random.choice((*some, '"\\u00e9\\n\\t\\"x"', '"$${no}"', '"true"', "-4"))

    def local(self, _: int) -> str:
        """Return a reference."""
        return f"local.{self.random.choice([*LOCALS])}"

    def binary(self, depth: int) -> str:
        """Return an operation on two."""
        left, right = self.expression(depth), self.expression(depth)
        return f"({left} {self.random.choice(BINARY)} {right})"

    def unary(self, depth: int) -> str:
        """Return an operation on one."""
        return f"({self.random.choice('!-')}{self.expression(depth)})"

    def conditional(self, depth: int) -> str:
        """Return a choice."""
        parts = [self.expression(depth) for _ in range(3)]
        return "({} ? {} : {})".format(*parts)

    def template(self, depth: int) -> str:
        """Return text with an expression in it, with and without trimming."""
        opening, closing = self.random.choice((("${", "}"), ("${~ ", " ~}"), ("${ ", " }")))
        return f'"x  {opening}{self.expression(depth)}{closing}  y"'

    def directive(self, depth: int) -> str:
        """Return text with a directive."""
        if self.random.random() < 0.5:
            return f'"%{{ if {self.expression(depth)} }}yes%{{ else }}no%{{ endif }}"'
        return '"%{ for z in local.zones ~} ${z} %{~ endfor }"'

    def collection(self, depth: int) -> str:
        """Return a list or an object."""
        one, other = self.expression(depth), self.expression(depth)
        return self.random.choice((f"[{one}, {other}]", f'{{a = {one}, "b" : {other}}}', "[]"))

    def index(self, depth: int) -> str:
        """Return an item."""
        key = self.random.choice(("0", "1", '"a"', "local.number - 2", "9", '"Team"'))
        of = self.random.choice(("local.zones", "local.tags", f"[{self.expression(depth)}, 2]"))
        return self.random.choice((f"{of}[{key}]", "local.zones.1", "local.tags.Cost"))

    def for_(self, depth: int) -> str:
        """Return a list or an object made from another."""
        inner = self.expression(depth)
        return self.random.choice(
            (
                f"[for z in local.zones : {inner}]",
                '[for i, z in local.zones : "${i}${z}" if i != 1]',
                "{for k, v in local.tags : v => k}",
                "{for z in local.zones : substr => z...}".replace("substr", '"k"'),
                "[for n in local.numbers : n * 2 if n > 1]",
            )
        )

    def splat(self, depth: int) -> str:
        """Return attributes of all items."""
        one = self.expression(depth)
        return self.random.choice((f"[{{a = {one}}}, {{a = 1}}][*].a", "[{a = 1}].*.a"))

    def call(self, depth: int) -> str:
        """Return a call of a function that we work out."""
        some = self.expression
        known: dict[str, Callable[[], str]] = {
            "cidrsubnet": lambda: f"local.cidr, 4, {self.random.randrange(17)}",
            "concat": lambda: f"local.zones, [{some(depth)}]",
            "contains": lambda: f"local.zones, {some(depth)}",
            "element": lambda: f"local.zones, {self.random.randrange(7)}",
            "join": lambda: f'"-", [{some(depth)}, local.name]',
            "split": lambda: f'"-", {some(depth)}',
        }
        name = self.random.choice(sorted(n for n, f in FUNCTIONS.items() if f.work))
        return f"{name}({known.get(name, lambda: some(depth))()})"


def asked(expressions: list[str], folder: Path) -> list[object]:
    """Return what `terraform console` says of each expression, "error" where it has one."""
    (folder / "locals.tf.json").write_text(json.dumps({"locals": LOCALS}))
    wrapped = ", ".join(f'try(jsonencode({one}), "error")' for one in expressions)
    done = subprocess.run(
        ["terraform", "console"],
        input=f"jsonencode([{wrapped}])\n",
        capture_output=True,
        text=True,
        cwd=folder,
        check=True,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith('"')]
    answers: list[object] = json.loads(json.loads(lines[-1]))
    return answers


def ours(expression: str) -> object:
    """Return what we say of an expression; UnresolvedError itself where we do not know."""
    try:
        return evaluate(expression, LOCALS)
    except UnresolvedError:
        return UnresolvedError


@pytest.mark.parametrize("seed", [1, 2])
def test_we_agree_with_terraform(seed: int, tmp_path: Path, terraform: None) -> None:
    """Whatever we work out, Terraform works out too, to the type; the rest is unresolved."""
    del terraform
    generator = Generator(seed)
    expressions = [generator.expression() for _ in range(COUNT)]
    mine = [ours(one) for one in expressions]
    resolved = [(e, m) for e, m in zip(expressions, mine, strict=True) if m is not UnresolvedError]
    assert len(resolved) > COUNT / 4
    theirs = asked([expression for expression, _ in resolved], tmp_path)
    wrong = [
        (expression, found, said)
        for (expression, found), said in zip(resolved, theirs, strict=True)
        if said == "error"
        or json.loads(str(said)) != found
        or type(json.loads(str(said))) is bool is not type(found) is bool
    ]
    assert wrong == []


def test_every_function_is_asked() -> None:
    """No function that we work out is left out of the comparison."""
    generator = Generator(1)
    text = " ".join(generator.expression() for _ in range(COUNT))
    assert {name for name, f in FUNCTIONS.items() if f.work and f"{name}(" not in text} == set()
