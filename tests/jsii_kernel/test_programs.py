"""Programs that nobody thought of: what this kernel writes for them, the stock one writes too."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from jsii_kernel.functions import FORMS
from jsii_kernel.names import snake_case
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

TOKENS = {
    "string": ("string", "variable", "fqn", "attribute", "block", "timeout"),
    "number": ("number", "number_attribute"),
    "list": ("list", "set_attribute", "data_attribute"),
    "value": ("boolean", "any", "truth_attribute", "list_of_blocks", "null"),
    "map": ("map", "map_attribute"),
}
PIECES = ("a", "-", "${local.a_local}", "}", '\\"', "\n", " $ ", "ü", "1e5", "#{x}", "'")
OPERATORS = (
    "add",
    "and_",
    "div",
    "eq",
    "gt",
    "gte",
    "lt",
    "lte",
    "mod",
    "mul",
    "neq",
    "or_",
    "sub",
)
PYTHON_NAMES = {"try": "try_"}
PYTHON_PARAMETERS = {
    "bcrypt": ("string", "number"),
    "join": ("string", "list"),
    "lookup": ("any", "string", "any"),
    "range": ("number", "number", "number"),
}
DEPTH = 3


def token(kind: str) -> st.SearchStrategy[Any]:
    """Return references of one kind."""
    return st.sampled_from(TOKENS[kind]).map(lambda name: {"token": name})


def literal(kind: str) -> st.SearchStrategy[Any]:
    """Return literals of one kind."""
    numbers = st.one_of(st.integers(-5, 10**6), st.sampled_from([0.5, 1e21, 1e-7, 123456.789]))
    values: dict[str, st.SearchStrategy[Any]] = {
        "string": st.lists(st.sampled_from(PIECES), max_size=3).map("".join),
        "number": numbers,
        "value": st.booleans(),
    }
    return values[kind].map(lambda value: {"literal": value})


def of(kind: str, depth: int = DEPTH) -> st.SearchStrategy[Any]:
    """Return expressions of one kind; *any* is every kind."""
    if kind == "any":
        return st.one_of([of(one, depth) for one in ("string", "number", "list", "value", "map")])
    simple = [token(kind)]
    if kind in {"string", "number", "value"}:
        simple.append(literal(kind))
    if depth == 0:
        return st.one_of(simple)
    return st.one_of([*simple, calls(kind, depth - 1), *COMPOSED[kind](depth - 1)])


COMPOSED: dict[str, Any] = {
    "string": lambda depth: [
        st.lists(st.one_of(of("string", depth), token("number")), min_size=2, max_size=3).map(
            lambda parts: {"text": parts}
        ),
        of("any", depth).map(lambda value: {"string_of": value}),
        st.lists(of("any", depth), min_size=3, max_size=3).map(
            lambda parts: {"call": ["Fn", "lookup_nested", [parts[0], {"list": parts[1:]}]]}
        ),
    ],
    "number": lambda depth: [
        st.tuples(st.sampled_from(OPERATORS), of("number", depth), of("number", depth)).map(
            lambda found: {"number_of": {"call": ["Op", found[0], list(found[1:])]}}
        ),
    ],
    "list": lambda depth: [
        st.lists(of("string", depth), max_size=3).map(lambda items: {"list": items})
    ],
    "value": lambda depth: [
        st.lists(of("any", depth), min_size=3, max_size=3).map(
            lambda parts: {"call": ["Fn", "conditional", parts]}
        ),
    ],
    "map": lambda depth: [
        st.dictionaries(
            st.sampled_from(["a", "B c", "10", "9", "${local.a_local}"]),
            of("any", depth),
            max_size=3,
        ).map(lambda entries: {"map": entries}),
    ],
}


@st.composite
def calls(draw: st.DrawFn, kind: str, depth: int) -> Any:
    """Return a call of one of Terraform's functions."""
    names = [name for name, (_, result) in FORMS.items() if result == kind]
    if not names:
        return draw(token(kind))
    name = draw(st.sampled_from(names))
    arguments = []
    for parameter in PYTHON_PARAMETERS.get(name) or FORMS[name][0]:
        if parameter.startswith("*"):
            items = st.lists(of(parameter[1:], depth), min_size=1, max_size=3)
            arguments.append(draw(items.map(lambda found: {"list": found})))
        else:
            arguments.append(draw(of(parameter, depth)))
    return {"call": ["Fn", PYTHON_NAMES.get(name, snake_case(name)), arguments]}


PROGRAMS = st.fixed_dictionaries(
    {
        "values": st.lists(of("any"), min_size=1, max_size=3),
        "overrides": st.lists(
            st.tuples(
                st.sampled_from(["a.b", "tags", "tags.x", "list", "a", "provisioner.0.x"]),
                of("any", 1),
            ),
            max_size=3,
        ),
        "name": of("string"),
        "tags": st.lists(st.sampled_from(PIECES), max_size=2),
        "count": of("number", 1),
    }
)


class Kernel:
    """A process that runs programs on one kernel."""

    def __init__(self, name: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.jsii_kernel.programs"],
            cwd=ROOT,
            env={**os.environ, "PAYMENTS_KERNEL": name},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run(self, program: Any) -> dict[str, str]:
        """Return what the program wrote, or why it could not."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(program) + "\n")
        self.process.stdin.flush()
        answer: dict[str, str] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def kernels() -> Iterator[tuple[Kernel, Kernel]]:
    """Start both kernels."""
    both = Kernel("python"), Kernel("jsii")
    yield both
    for kernel in both:
        kernel.process.stdin.close()  # type: ignore[union-attr]
        kernel.process.stdout.close()  # type: ignore[union-attr]
        kernel.process.wait(timeout=30)


@settings(
    max_examples=int(os.environ.get("KERNEL_EXAMPLES", "150")),
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(program=PROGRAMS)
def test_same_bytes(program: Any, kernels: tuple[Kernel, Kernel]) -> None:
    """What this kernel writes, the stock one writes to the byte; it may leave things to it."""
    ours, stock = (kernel.run(program) for kernel in kernels)
    event("written" if "written" in ours else f"left: {ours['error'][:60]}")
    if "written" in ours:
        assert stock.get("written") == ours["written"], stock.get("error")
    else:
        assert ours["error"].startswith("OutsideOfKernelError"), ours
