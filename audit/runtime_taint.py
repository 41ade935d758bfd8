"""Follows what says who or where an environment is through Python code."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import Final, Self

from attrs import define, field

_DECLARES: Final = frozenset({"variable", "optional_variable"})
_OF_CONTEXT: Final = frozenset(
    {"function_name", "invoked_function_arn", "log_group_name", "log_stream_name", "region_name"}
    | {"memory_limit_in_mb"}
)
_OF_EVENTS: Final = frozenset(
    {"accountId", "apiId", "awsRegion", "domainName", "domainPrefix", "eventSourceARN", "stage"}
)
_OF_LAMBDA: Final = frozenset(
    {
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
    }
)
_KEEPS: Final = frozenset(
    {"str", "repr", "format", "list", "tuple", "set", "sorted", "reversed", "next", "iter", "min"}
    | {"max", "dict", "enumerate", "zip", "any", "all", "cast", "json.dumps", "json.loads"}
    | {"copy.copy", "copy.deepcopy", "urlparse", "urlsplit", "quote", "unquote"}
)
"""Functions whose result still tells what their arguments tell."""

_PASSES_ON: Final = (
    ast.Assign,
    ast.AnnAssign,
    ast.NamedExpr,
    ast.AugAssign,
    ast.For,
    ast.comprehension,
    ast.Return,
    ast.Call,
)
_MADE_OF_PARTS: Final = (
    ast.Await,
    ast.BinOp,
    ast.BoolOp,
    ast.Compare,
    ast.Dict,
    ast.FormattedValue,
    ast.IfExp,
    ast.JoinedStr,
    ast.List,
    ast.NamedExpr,
    ast.Set,
    ast.Starred,
    ast.Tuple,
    ast.UnaryOp,
)
_WITHOUT_CONTENT: Final = (ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop)

Functions = ast.FunctionDef | ast.AsyncFunctionDef


@define
class Taint:
    """What tells who or where an environment is.

    Attributes:
        variables: Environment variables that do.

        fields: Attributes of objects that do, by name, whatever the object.

        chains: Endings of `a.b.c` that do, such as ".identity.name".

        names: Variables that do, by scope and name; the scope of a module is "".

        results: Functions whose results do, by name.
    """

    variables: frozenset[str]
    fields: set[str] = field(factory=lambda: set(_OF_CONTEXT))
    chains: tuple[str, ...] = ()
    names: set[tuple[str, str]] = field(factory=set)
    results: set[str] = field(factory=set)
    _functions: dict[str, list[Functions]] = field(factory=dict)
    _classes: dict[str, list[str]] = field(factory=dict)
    _enums: set[str] = field(factory=set)

    @classmethod
    def of(cls, modules: Iterable[ast.Module], variables: Collection[str]) -> Self:
        """Follow through the code of functions what their *variables* tell."""
        taint = cls(variables=frozenset(variables) | _OF_LAMBDA)
        return taint.followed(modules)

    @classmethod
    def of_chains(cls, modules: Iterable[ast.Module], chains: Iterable[str]) -> Self:
        """Follow, within each function, what attributes that end in *chains* tell."""
        taint = cls(variables=frozenset(), fields=set(), chains=tuple(chains))
        return taint.followed(modules)

    def followed(self, modules: Iterable[ast.Module]) -> Self:
        """Follow everything in *modules* until nothing more is found."""
        nodes = [pair for module in modules for pair in scopes(module)]
        for node, _ in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self._functions.setdefault(node.name, []).append(node)
            elif isinstance(node, ast.ClassDef):
                self._learn(node)
        passing = [(node, scope) for node, scope in nodes if isinstance(node, _PASSES_ON)]
        size = -1
        while size != self._size:
            size = self._size
            for node, scope in passing:
                self._follow(node, scope)
        return self

    def _learn(self, class_: ast.ClassDef) -> None:
        """Note the fields of a class in their order, and its constructor under its name."""
        declared = [n.target for n in class_.body if isinstance(n, ast.AnnAssign)]
        if any(dotted(base).endswith("Enum") for base in class_.bases):
            self._enums.add(class_.name)
        self._classes[class_.name] = [n.id for n in declared if isinstance(n, ast.Name)]
        for node in class_.body:
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                self._functions.setdefault(class_.name, []).append(node)

    @property
    def _size(self) -> int:
        return len(self.fields) + len(self.names) + len(self.results)

    def is_told(self, node: ast.AST, scope: str) -> bool:
        """Tell whether *node* itself, not something in it, says where the environment is."""
        match node:
            case ast.Name():
                told = (scope, node.id) in self.names or ("", node.id) in self.names
            case ast.Attribute():
                chained = f".{dotted(node)}".endswith(self.chains) if self.chains else False
                told = node.attr in self.fields or chained
            case ast.Subscript():
                told = self._reads(node.value, node.slice) or self.is_told(node.value, scope)
            case ast.Call():
                told = self._result(node, scope)
            case _ if isinstance(node, _MADE_OF_PARTS):
                told = any(self.is_told(part, scope) for part in ast.iter_child_nodes(node))
            case _:
                told = False
        return told

    def decides(self, test: ast.AST, scope: str) -> bool:
        """Tell whether *test* asks more than whether something is there."""
        if isinstance(test, ast.UnaryOp):
            return self.decides(test.operand, scope)
        if isinstance(test, ast.BoolOp):
            return any(self.decides(value, scope) for value in test.values)
        presence = isinstance(test, ast.Attribute | ast.Subscript | ast.Compare)
        if isinstance(test, ast.Call):
            presence = self._is_environ_read(test)
        return not presence and self.is_told(test, scope) and not self._is_raw(test, scope)

    def _is_raw(self, node: ast.AST, scope: str) -> bool:
        """Tell whether *node* is a variable that holds a value as it was read or passed."""
        return isinstance(node, ast.Name) and (scope, f"{node.id}!") not in self.names

    def _result(self, node: ast.Call, scope: str) -> bool:
        name = dotted(node.func)
        last = name.rpartition(".")[2]
        of_event = last == "get" and node.args and _constant(node.args[0]) in _OF_EVENTS
        ours = last in self.results and last in self._functions
        if last in self._enums and any(self.is_told(argument, scope) for argument in node.args):
            return True
        if self._is_environ_read(node) or of_event or ours:
            return True
        if isinstance(node.func, ast.Attribute) and self.is_told(node.func.value, scope):
            return True
        told = any(self.is_told(argument, scope) for argument in node.args)
        joins = isinstance(node.func, ast.Attribute) and last in ("format", "join")
        return told and (name in _KEEPS or joins)

    def _is_environ_read(self, node: ast.Call) -> bool:
        name = dotted(node.func)
        if not name.endswith(("environ.get", "environ.pop", "getenv")) or not node.args:
            return False
        return self._is_variable(node.args[0])

    def _reads(self, of: ast.AST, key: ast.AST) -> bool:
        if dotted(of).endswith("environ"):
            return self._is_variable(key)
        return _constant(key) in _OF_EVENTS

    def _is_variable(self, name: ast.AST) -> bool:
        """Tell whether an environment variable tells; one whose name is worked out always does."""
        known = _constant(name)
        return known in self.variables if isinstance(known, str) else True

    def _follow(self, node: ast.AST, scope: str) -> None:
        match node:
            case ast.Assign():
                for target in node.targets:
                    self._assign(target, node.value, scope)
            case ast.AnnAssign() if node.value is not None:
                if self._declares(node.value):
                    self.fields.add(dotted(node.target))
                self._assign(node.target, node.value, scope)
            case ast.NamedExpr() | ast.AugAssign():
                self._assign(node.target, node.value, scope)
            case ast.For() | ast.comprehension():
                self._assign(node.target, node.iter, scope)
            case ast.Return() if node.value is not None and self.is_told(node.value, scope):
                self.results.add(scope.partition(":")[0])
            case ast.Call() if not self.chains:
                self._pass_on(node, scope)

    def _declares(self, value: ast.AST) -> bool:
        """Tell whether *value* declares a field that is read from a variable that tells."""
        if not isinstance(value, ast.Call) or dotted(value.func) not in _DECLARES:
            return False
        return bool(value.args) and self._is_variable(value.args[0])

    def _assign(self, target: ast.AST, value: ast.AST, scope: str) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, its_value in zip(target.elts, value.elts, strict=False):
                self._assign(one, its_value, scope)
            return
        if not self.is_told(value, scope):
            return
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                self.names.add((scope, node.id))
                if not isinstance(value, ast.Name | ast.Attribute | ast.Subscript | ast.Call) or (
                    isinstance(value, ast.Call) and not self._is_environ_read(value)
                ):
                    self.names.add((scope, f"{node.id}!"))
            elif isinstance(node, ast.Attribute) and not self.chains:
                self.fields.add(node.attr)

    def _pass_on(self, node: ast.Call, scope: str) -> None:
        """Note the parameters and fields that what tells is passed to."""
        last = dotted(node.func).rpartition(".")[2]
        known = self._functions.get(last, [])
        declared = self._classes.get(last, [])
        for keyword in node.keywords:
            if keyword.arg and self.is_told(keyword.value, scope):
                if last[:1].isupper() or last == "create":
                    self.fields.add(keyword.arg)
                self.names |= {(_scope_of(function), keyword.arg) for function in known}
        for index, argument in enumerate(node.args):
            if not self.is_told(argument, scope):
                continue
            self.fields |= set(declared[index : index + 1])
            for function in known:
                names = [a.arg for a in function.args.args if a.arg not in ("self", "cls")]
                self.names |= {(_scope_of(function), name) for name in names[index : index + 1]}


def scopes(node: ast.AST, scope: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Yield every node below *node* with the scope it stands in; that of a module is ""."""
    for below in ast.iter_child_nodes(node):
        if isinstance(below, _WITHOUT_CONTENT):
            continue
        yield below, scope
        is_function = isinstance(below, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from scopes(below, _scope_of(below) if is_function else scope)


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for names and attributes; what else is in front is left out."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""


def _constant(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _scope_of(function: ast.AST) -> str:
    return f"{getattr(function, 'name', '')}:{getattr(function, 'lineno', 0)}"
