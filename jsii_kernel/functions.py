"""cdktf's `Fn` and `Op`: which functions there are, and what each takes and returns."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from jsii_kernel.errors import outside
from jsii_kernel.expressions import Access, Call, Condition, Operation, RawString
from jsii_kernel.tokens import (
    Resolvable,
    fragments,
    has_tokens,
    is_list_guise,
    list_of,
    number_of,
    string_of,
)

SIGNATURES: Final = """
= string: plantimestamp timestamp uuid
*any = string: coalesce coalescelist concat merge setproduct try
*number = list: range
*number = number: max min
any = list: tolist toset
any = number: lengthOf tonumber
any = string: flatten jsonencode keys nonsensitive one reverse sensitive sum tomap tostring
any = string: transpose values yamlencode
any = value: can tobool
list = list: compact distinct sort
list = value: alltrue anytrue
number = number: abs ceil floor signum
string = string: abspath base64decode base64encode base64gzip base64sha256 base64sha512 basename
string = string: chomp cidrnetmask csvdecode dirname file filebase64 filebase64sha256
string = string: filebase64sha512 filemd5 filesha1 filesha256 filesha512 jsondecode lower md5
string = string: pathexpand sha1 sha256 sha512 strrev title trimspace upper urlencode yamldecode
string = value: fileexists
any any = string: contains index
any number = string: element parseint
list *list = list: setintersection setunion
list any = string: zipmap
list list = list: setsubtract
list number = list: chunklist
number number = number: log pow
number string = string: indent
string *any = string: format formatlist
string *list = string: join
string *number = list: cidrsubnets
string *number = string: bcrypt
string any = string: templatefile
string number = string: cidrhost
string string = list: fileset regexall split
string string = number: timecmp
string string = string: formatdate regex rsadecrypt textdecodebase64 textencodebase64 timeadd
string string = string: trim trimprefix trimsuffix uuidv5
string string = value: endswith startswith strcontains
any number number = string: slice
any string *any = string: lookup
list list list = list: matchkeys
string number number = string: cidrsubnet substr
string string string = string: replace
"""
"""Parameters, result and names; a star is a list whose items become arguments of their own."""

_NAMES: Final = {"lengthOf": "length"}
_OPERATORS: Final = {
    "add": "+",
    "and": "&&",
    "div": "/",
    "eq": "==",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "mod": "%",
    "mul": "*",
    "negate": "-",
    "neq": "!=",
    "not": "!",
    "or": "||",
    "sub": "-",
}
_WITH_NUMBERS: Final = frozenset({"add", "div", "mod", "mul", "negate", "sub"})
_UNESCAPED_QUOTE: Final = re.compile(r'(^|[^\\])([\\]{2})*"')
_RESULTS: Final[dict[str, Callable[[Resolvable], object]]] = {
    "list": list_of,
    "number": number_of,
    "string": string_of,
    "value": lambda token: token,
}


def _forms() -> dict[str, tuple[tuple[str, ...], str]]:
    """Read `SIGNATURES`: parameters and result, by the function's name."""
    forms = {}
    for line in SIGNATURES.strip().splitlines():
        form, _, names = line.partition(":")
        parameters, _, result = form.partition("=")
        for name in names.split():
            forms[name] = (tuple(parameters.split()), result.strip())
    return forms


FORMS: Final = _forms()


def call_function(name: str, arguments: Sequence[Any]) -> object:
    """Return what `Fn.<name>` returns.

    Raises:
        OutsideOfKernelError: There is no such function, or it does not take that.
    """
    match name, arguments:
        case "conditional", [condition, this, that]:
            return Condition(condition, this, that)
        case "rawString", [str(text)]:
            return string_of(RawString(text))
        case "lookupNested", [target, list(path)]:
            return string_of(Access(target, path))
        case "lookup", [target, key, default] if not default:
            return string_of(Access(target, [key]))
        case "lookup", [target, key, default]:
            return _called(name, [target, key, [default]])
        case "bcrypt", [text, cost]:
            return _called(name, [text, [cost] if cost else []])
        case "join", [separator, joined]:
            return _called(name, [separator, [joined]])
        case "range", [start, limit, step]:
            return _called(name, [[start, limit, 1 if step is None else step]])
    return _called(name, arguments)


def operate(name: str, operands: Sequence[Any]) -> object:
    """Return what `Op.<name>` returns.

    Raises:
        OutsideOfKernelError: There is no such operator.
    """
    if name not in _OPERATORS:
        outside(f"Op.{name}")
    operation = Operation(_OPERATORS[name], *operands)
    return number_of(operation) if name in _WITH_NUMBERS else operation


def _called(name: str, arguments: Sequence[Any]) -> object:
    parameters, result = FORMS.get(name) or outside(f"Fn.{name}")
    if len(parameters) != len(arguments):
        outside(f"Fn.{name} with {len(arguments)} arguments")
    given: list[Any] = []
    for kind, argument in zip(parameters, arguments, strict=True):
        if kind.startswith("*") and isinstance(argument, list):
            given.extend(_items(kind[1:], argument))
        else:
            given.append(_checked(kind, argument))
    return _RESULTS[result](Call(_NAMES.get(name, name), given))


def _checked(kind: str, argument: object) -> object:
    match kind:
        case "string" if not isinstance(argument, str | Resolvable):
            outside(f"{type(argument).__name__} for a string of a function")
        case "string" if isinstance(argument, str) and _UNESCAPED_QUOTE.search(argument):
            outside("a quote in a string of a function")
        case "number" if isinstance(argument, bool) or not isinstance(
            argument, int | float | Resolvable
        ):
            outside(f"{type(argument).__name__} for a number of a function")
        case "list" if isinstance(argument, list):
            return _items("any", argument)
        case _ if argument is None or kind.startswith("*"):
            outside(f"{type(argument).__name__} for a {kind} of a function")
    return argument


def _items(kind: str, items: Sequence[Any]) -> list[Any]:
    return [_item(kind, item) for item in items if item is not None]


def _item(kind: str, item: object) -> object:
    """Return an item of a list: a plain string gets its quotes here, as in cdktf."""
    inside = item[0] if isinstance(item, list) and len(item) == 1 else item
    if isinstance(item, Resolvable) or is_list_guise(inside):
        return item
    if isinstance(item, str) and has_tokens(item) and len(fragments(item)) == 1:
        return item
    checked = _checked(kind, item)
    return f'"{item}"' if isinstance(item, str) else checked
