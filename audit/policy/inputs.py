"""A body draws only on literals, approved locals, its own resources and listed inputs [I5]."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from audit import inputs
from audit.language.function import FUNCTIONS
from audit.language.node import Call, Literal, Node, children
from audit.language.parser import parse_template
from audit.language.scanner import SyntaxProblemError
from audit.place import Place, texts
from audit.policy.rule import Rule, Violation
from audit.reference import chain, references
from audit.synthesized import Stack

_OF_RESOURCES: Final = ("dynamic", "connection")
_TYPED: Final = frozenset({"resource", "data", "ephemeral"})
_MOVES: Final = {"moved": {"from", "to"}, "removed": {"from", "lifecycle"}}
_LITERAL_OF_VARIABLES: Final = frozenset(
    {"default", "description", "ephemeral", "nullable", "sensitive", "type", "validation"}
)


def _check(stack: Stack) -> Iterator[Violation]:
    yield from _sections(stack.body)
    yield from _types(stack.body)
    yield from _variables(stack.body.get("variable", {}))
    yield from _versions(stack.body.get("terraform", {}))
    for type_, resource in _typed(stack.body.get("resource", {})):
        yield from _resource(type_, *resource)
    yield from _expressions(stack)
    for name, value in stack.locals.items():
        for place, text, _ in texts({f"local.{name}": value}):
            if not _is_literal(text):
                message = "must be a literal: what a local says is what its setting says"
                yield Violation(where=place.address, path=place.path, message=message)


def _sections(body: Mapping[str, Any]) -> Iterator[Violation]:
    for section, content in body.items():
        if section not in inputs.SECTIONS:
            yield Violation(
                where=section,
                message=f"must be written out as {', '.join(inputs.SECTIONS)}: a {section} cannot "
                "be audited",
            )
        elif section in _MOVES:
            yield from _moves(section, content)
        elif not isinstance(content, dict) or not (content or section == "resource"):
            yield Violation(where=section, message="must be an object with something in it")
        elif section in _TYPED:
            yield from (
                Violation(where=f"{section}.{type_}", message="must name something")
                for type_, named in content.items()
                if not (isinstance(named, dict) and named)
            )


def _types(body: Mapping[str, Any]) -> Iterator[Violation]:
    for kind, known in (("data", inputs.DATA), ("ephemeral", inputs.EPHEMERAL)):
        for type_, (name, _) in _typed(body.get(kind, {})):
            if type_ not in known:
                message = f"must be one of {', '.join(known)}: what it reads is not in the code"
                yield Violation(where=f"{kind}.{type_}.{name}", message=message)
    for name, blocks in body.get("provider", {}).items():
        if name not in inputs.PROVIDERS:
            message = f"must be one of {', '.join(inputs.PROVIDERS)}"
            yield Violation(where=f"provider.{name}", message=message)
        for attribute in sorted({key for block in _blocks(blocks) for key in block}):
            if attribute not in inputs.PROVIDER_ATTRIBUTES:
                message = f"must be one of {', '.join(inputs.PROVIDER_ATTRIBUTES)}"
                yield Violation(where=f"provider.{name}", path=attribute, message=message)


def _blocks(value: object) -> list[dict[str, Any]]:
    """Return the blocks of a section that JSON writes as one object or as a list."""
    return [
        block
        for block in (value if isinstance(value, list) else [value])
        if isinstance(block, dict)
    ]


def _moves(section: str, content: object) -> Iterator[Violation]:
    for block in content if isinstance(content, list) else [content]:
        known = isinstance(block, dict) and set(block) <= _MOVES[section]
        if not known:
            message = f"must have {', '.join(sorted(_MOVES[section]))} and nothing else"
            yield Violation(where=section, message=message)


def _versions(terraform: Mapping[str, Any]) -> Iterator[Violation]:
    for key in terraform:
        if key not in inputs.TERRAFORM:
            message = f"must be one of {', '.join(sorted(inputs.TERRAFORM))} or the backend"
            yield Violation(where=f"terraform.{key}", message=message)
    for name, asked in terraform.get("required_providers", {}).items():
        source = asked.get("source") if isinstance(asked, dict) else None
        if inputs.PROVIDERS.get(str(source)) != name:
            message = f"must come from {', '.join(inputs.PROVIDERS)}, comes from {source}"
            yield Violation(where="terraform.required_providers", path=name, message=message)


def _variables(variables: Mapping[str, Any]) -> Iterator[Violation]:
    for name, config in variables.items():
        if name not in inputs.VARIABLES:
            message = f"must be one of {', '.join(inputs.VARIABLES)}: whoever plans may set it"
            yield Violation(where=f"variable.{name}", message=message)
        elif not isinstance(config, dict) or set(config) - _LITERAL_OF_VARIABLES:
            message = f"must have {', '.join(sorted(_LITERAL_OF_VARIABLES))} and nothing else"
            yield Violation(where=f"variable.{name}", message=message)


def _resource(type_: str, name: str, config: Any) -> Iterator[Violation]:
    address = f"{type_}.{name}"
    if not type_.startswith(inputs.RESOURCE_PREFIXES):
        message = f"must be of a type of {', '.join(inputs.RESOURCE_PREFIXES)}"
        yield Violation(where=address, message=message)
    if not isinstance(config, dict) or not config:
        yield Violation(where=address, message="must be an object with something in it")
        return
    for block in _OF_RESOURCES:
        if block in config:
            yield Violation(where=address, path=block, message="must be written out")
    for attribute in sorted({key for b in _blocks(config.get("lifecycle", {})) for key in b}):
        if attribute not in inputs.LIFECYCLE:
            message = f"must be one of {', '.join(inputs.LIFECYCLE)}"
            yield Violation(where=address, path=f"lifecycle.{attribute}", message=message)
    if "provisioner" in config and address not in inputs.PROVISIONERS:
        message = f"must be none: only {', '.join(inputs.PROVISIONERS)} may run a program"
        yield Violation(where=address, path="provisioner", message=message)


def _expressions(stack: Stack) -> Iterator[Violation]:
    for place, text, _ in texts(stack.elements):
        for problem in _problems(text):
            yield _at(place, problem)
        for reference in references(text):
            if _of_stack(reference.address) and reference.address not in stack.elements:
                message = f"must refer to what is in this stack, {reference.address} is not"
                yield _at(place, message)


@lru_cache(maxsize=20_000)
def _problems(text: str) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(_unknown(parse_template(text), frozenset())))
    except SyntaxProblemError as error:
        return (f"must be an expression that can be read: it {error}",)


def _unknown(node: Node, bound: frozenset[str]) -> Iterator[str]:
    """Yield the functions and names in *node* that are not listed."""
    if isinstance(node, Call) and node.name not in FUNCTIONS:
        yield f"must call only {', '.join(FUNCTIONS)}, calls {node.name}"
    found = chain(node)
    if found and found.names and found.names[0] not in bound:
        if problem := _unknown_name(found.names):
            yield problem
        for key in found.keys:
            yield from _unknown(key, bound)
        return
    names = getattr(node, "names", ())
    for below in children(node):
        yield from _unknown(below, bound | set(names))


def _unknown_name(names: tuple[str, ...]) -> str:
    root, name = names[0], names[1] if len(names) > 1 else ""
    known: Mapping[str, object]
    if root == "local" or root.startswith(inputs.RESOURCE_PREFIXES):
        return "" if name else f"must say what it takes of {root}"
    if root in ("var", "data", "ephemeral"):
        known = {"var": inputs.VARIABLES, "data": inputs.DATA, "ephemeral": inputs.EPHEMERAL}[root]
        return "" if name in known else f"must refer to what is listed, refers to {root}.{name}"
    whole = ".".join(names)
    return "" if whole in inputs.NAMES else f"must refer to what is listed, refers to {whole}"


def _of_stack(address: str) -> bool:
    return address.startswith((*inputs.RESOURCE_PREFIXES, "data.", "ephemeral."))


def _is_literal(text: str) -> bool:
    try:
        return all(isinstance(part, Literal) for part in parse_template(text).parts)
    except SyntaxProblemError:
        return False


def _typed(section: object) -> Iterator[tuple[str, tuple[str, Any]]]:
    for type_, named in section.items() if isinstance(section, dict) else ():
        for name, config in named.items() if isinstance(named, dict) else ():
            yield type_, (name, config)


def _at(place: Place, message: str) -> Violation:
    return Violation(where=place.address, path=place.path, message=message)


RULE: Final = Rule(
    id="inputs",
    title="A body draws on literals, approved locals, its own resources and listed inputs",
    why="What comes from elsewhere can be another thing in another environment, or tomorrow.",
    source_url="https://developer.hashicorp.com/terraform/language/expressions/references",
    suppressible=False,
    check=_check,
)
