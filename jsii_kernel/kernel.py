"""The kernel that the bindings talk to: jsii's seven methods, answered in this process."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final

from jsii_kernel.constructs import Construct, Node
from jsii_kernel.counting import Count
from jsii_kernel.declarations import Backend, Local, Output, RemoteState, Variable
from jsii_kernel.elements import Element, stack_of
from jsii_kernel.errors import outside
from jsii_kernel.expressions import Intrinsic
from jsii_kernel.functions import call_function, operate
from jsii_kernel.guises import (
    any_map_of,
    boolean_map_of,
    itself,
    number_map_of,
    string_map_of,
)
from jsii_kernel.javascript import NULL
from jsii_kernel.names import resource_type
from jsii_kernel.provider import PREFIX, VERSION
from jsii_kernel.resources import BareResource, DataResource, DataSource, Provider, Resource
from jsii_kernel.stacks import App, Stack
from jsii_kernel.tokens import (
    Resolvable,
    has_tokens,
    list_of,
    number_list_of,
    number_of,
    string_of,
)
from jsii_kernel.values import plain, untyped

_BACKENDS: Final = {"cdktf.S3Backend": "s3", "cdktf.LocalBackend": "local"}
_STATES: Final = {
    "cdktf.DataTerraformRemoteStateS3": "s3",
    "cdktf.DataTerraformRemoteStateLocal": "local",
}
_BUILT_IN: Final = "terraform_data"
_GUISES: Final = {
    "asAny": itself,
    "asAnyMap": any_map_of,
    "asBooleanMap": boolean_map_of,
    "asList": list_of,
    "asNumber": number_of,
    "asNumberList": number_list_of,
    "asNumberMap": number_map_of,
    "asString": string_of,
    "asStringMap": string_map_of,
}


class Kernel:
    """Stands where jsii has its own kernel, under the same name."""

    def __init__(self) -> None:
        self._version = ""

    def load(self, name: str, version: str, tarball: str) -> None:
        """Note the version of an assembly; its JavaScript stays unread.

        Raises:
            OutsideOfKernelError: It is a provider that we know nothing about.
        """
        if name == "cdktf":
            self._version = version
        elif name not in {"constructs", "@cdktf/provider-aws"}:
            outside(f"the package {name}")
        elif name != "constructs" and version != VERSION:
            outside(f"version {version} of {name}")

    def create(self, klass: Any, obj: Any, args: Sequence[Any] = ()) -> object:
        """Make what stands behind the new object *obj* of the bindings."""
        if member := _overridden(klass):
            outside(f"{klass.__name__}, which overrides {member}")
        obj.__jsii_ref__ = self._created(klass, obj, [plain(argument) for argument in args])
        return obj.__jsii_ref__

    def get(self, obj: Any, member: str) -> object:
        """Return a property of an object."""
        return _bound(obj.__jsii_ref__.get(member))

    def set(self, obj: Any, member: str, value: object) -> None:
        """Set a property of an object."""
        obj.__jsii_ref__.set(member, plain(value))

    def invoke(self, obj: Any, member: str, args: Sequence[Any] = ()) -> object:
        """Call a method of an object."""
        return _bound(obj.__jsii_ref__.invoke(member, [plain(argument) for argument in args]))

    def sget(self, klass: Any, member: str) -> object:
        """Return a property of a class."""
        if member == "tfResourceType" and klass.__jsii_type__.startswith(PREFIX):
            return resource_type(klass.__module__)
        return outside(f"{klass.__name__}.{member}")

    def sinvoke(self, klass: Any, member: str, args: Sequence[Any] = ()) -> object:
        """Call a function of a class."""
        arguments = [untyped(plain(argument)) for argument in args]
        match klass.__jsii_type__:
            case "cdktf.Fn" | "cdktf.FnGenerated":
                if member.startswith("lookup"):
                    arguments[0] = _addressed(arguments[0])
                return call_function(member, arguments)
            case "cdktf.Op":
                return operate(member, arguments)
            case "cdktf.Token":
                return _token(member, arguments)
            case "cdktf.TerraformStack" if member == "of":
                return _bound(stack_of(arguments[0]))
            case "cdktf.TerraformCount" if member == "of":
                count = klass.__new__(klass)
                count.__jsii_ref__ = Count(arguments[0])
                return count
        return outside(f"{klass.__name__}.{member}()")

    def sset(self, klass: Any, member: str, value: object) -> None:
        """Refuse."""
        outside(f"{klass.__name__}.{member} =")

    def delete(self, *_: object) -> None:
        """Refuse, like what follows: cdktf has no need of them."""
        outside("a rare method of the kernel")

    ainvoke = sainvoke = stats = getBinScriptCommand = delete  # noqa: N815  jsii's names

    def _created(self, klass: Any, obj: Any, args: list[Any]) -> object:
        type_ = klass.__jsii_type__
        if type_.startswith(PREFIX):
            return _of_provider(klass, obj, args)
        if type_ in _BACKENDS:
            return Backend(obj, args[0], _BACKENDS[type_], args[1])
        if type_ in _STATES:
            scope, id_, config = args
            return RemoteState(obj, scope, id_, backend=_STATES[type_], config=config)
        match type_:
            case "cdktf.App":
                return App(obj, args[0] if args else None, version=self._version)
            case "cdktf.TerraformResource":
                type_name = args[2].fields["terraformResourceType"]
                return BareResource(obj, args[0], args[1], type_=type_name, config=args[2])
            case "cdktf.DataResource":
                return DataResource(obj, args[0], args[1], type_=_BUILT_IN, config=args[2])
        if type_ not in _CREATED:
            outside(f"{klass.__name__}()")
        return _CREATED[type_](obj, *args)


_CREATED: Final[dict[str, Callable[..., Construct]]] = {
    "constructs.Construct": Construct,
    "cdktf.TerraformStack": Stack,
    "cdktf.TerraformLocal": Local,
    "cdktf.TerraformOutput": Output,
    "cdktf.TerraformVariable": Variable,
}


def _of_provider(klass: Any, obj: Any, args: list[Any]) -> object:
    bases = {vars(base).get("__jsii_type__") for base in klass.__mro__}
    scope, id_, config = args
    if "cdktf.TerraformProvider" in bases:
        return Provider(obj, scope, id_, config)
    made: type[Resource] | None = None
    if "cdktf.TerraformResource" in bases:
        made = Resource
    elif "cdktf.TerraformDataSource" in bases:
        made = DataSource
    else:
        outside(f"{klass.__name__}()")
    declared = next(base for base in klass.__mro__ if "__jsii_type__" in vars(base))
    return made(obj, scope, id_, type_=resource_type(declared.__module__), config=config)


def _token(member: str, args: list[Any]) -> object:
    match member, args:
        case "asString", [str(text), *_]:
            return text
        case "asNumber", [int() | float() as number] if not isinstance(number, bool):
            return number
        case "asList", [list(items), *_] if all(isinstance(item, str) for item in items):
            return items
        case "isUnresolved", [value]:
            return has_tokens(value)
        case "nullValue", []:
            return Intrinsic(NULL)
        case _, [value, *options] if member in _GUISES and not any(options):
            return _GUISES[member](_resolvable(value))
    return outside(f"Token.{member}()")


def _resolvable(value: object) -> Resolvable:
    if value is None:
        outside("a token of nothing")
    return value if isinstance(value, Resolvable) else Intrinsic(value)


def _addressed(value: object) -> object:
    return value.fqn if isinstance(value, Element) else value


def _bound(value: Any) -> object:
    """Return *value* as the bindings hand it out: constructs are their objects."""
    match value:
        case Construct():
            return value.holder
        case Node():
            return _node(value)
        case list():
            return [_bound(item) for item in value]
    return value


def _node(node: Node) -> object:
    class_ = import_module("constructs").Node
    bound = class_.__new__(class_)
    bound.__jsii_ref__ = node
    return bound


@cache
def _overridden(klass: Any) -> str | None:
    """Return a member of the bindings that *klass*, a class of this project, overrides."""
    declared = next(base for base in klass.__mro__ if vars(base).get("__jsii_declared_type__"))
    own = klass.__mro__[: klass.__mro__.index(declared)]
    for name in (name for base in own for name in vars(base) if not name.startswith("__")):
        member = getattr(declared, name, None)
        if any(hasattr(one, "__jsii_name__") for one in (member, getattr(member, "fget", None))):
            return str(name)
    return None
