"""Reads what `cdktf synth` wrote; the only place of `audit` that reads files."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NoReturn, Self

from attrs import frozen

from audit.address import elements
from audit.canonical import digest
from audit.errors import SynthesisReadError
from audit.resolve import resolved_body

FILE: Final = "cdk.tf.json"
PROVIDER_LOCK: Final = ".terraform.lock.hcl"
"""The hashes of the provider; the same file beside every stack."""

_READ_BY_TERRAFORM: Final = (".tf", ".tf.json", ".tofu", ".tofu.json")
_READ_BY_TERRAFORM_TOO: Final = (".auto.tfvars", ".auto.tfvars.json")
_TYPED: Final = ("resource", "data", "ephemeral")


@frozen(kw_only=True)
class Resource:
    """One resource block, before `count` makes it many."""

    type: str
    name: str
    config: Mapping[str, Any]

    @property
    def address(self) -> str:
        """The address Terraform gives it, such as `aws_sqs_queue.dead`."""
        return f"{self.type}.{self.name}"


@frozen(kw_only=True, eq=False)
class Stack:
    """One synthesized stack; two are compared by their digests.

    Attributes:
        name: Its folder, such as "payments-dev".

        body: All that must be the same in every environment: everything but the next two.

        locals: The values of this environment.

        backend: The block `terraform.backend`.
    """

    name: str
    body: Mapping[str, Any]
    locals: Mapping[str, Any]
    backend: Mapping[str, Any]

    @classmethod
    def from_json(cls, name: str, document: object) -> Self:
        """Take the synthesized *document* apart; the comments of cdktf are dropped.

        Raises:
            SynthesisReadError: When it is not shaped like Terraform's JSON.
        """
        if not isinstance(document, dict):
            raise SynthesisReadError(f"{name}: must be a JSON object, is {type(document).__name__}")
        body = {key: value for key, value in document.items() if key not in ("//", "locals")}
        for section, content in body.items():
            body[section] = _without_comments(name, section, content)
        terraform = _object(name, "terraform", body.get("terraform", {}))
        body["terraform"] = {k: v for k, v in terraform.items() if k != "backend"}
        return cls(
            name=name,
            body=body,
            locals=_object(name, "locals", document.get("locals", {})),
            backend={
                type_: _object(name, f"terraform.backend.{type_}", block)
                for type_, block in _object(
                    name, "terraform.backend", terraform.get("backend", {})
                ).items()
            },
        )

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the body: the same blueprint has the same digest."""
        return digest(self.body)

    @cached_property
    def elements(self) -> Mapping[str, Any]:
        """The configuration of everything in the body, by address."""
        return elements(self.body)

    @cached_property
    def resolved_locals(self) -> Mapping[str, Any]:
        """The locals with the values of other locals in place."""
        return resolved_body(self.locals, self.locals)

    @cached_property
    def resolved(self) -> "Stack":
        """The same stack with the values of locals wherever they can be worked out."""
        return Stack(
            name=self.name,
            body=resolved_body(self.body, self.locals),
            locals=self.locals,
            backend=self.backend,
        )

    def resources(self, *types: str) -> Iterator[Resource]:
        """Yield the resources of *types*, or all."""
        for type_, named in self.body.get("resource", {}).items():
            if not types or type_ in types:
                for name, config in named.items():
                    yield Resource(type=type_, name=name, config=config)


def read_stack(folder: Path, *, also_allowed: Iterable[str] = ()) -> Stack:
    """Read the stack in *folder*; *also_allowed* names files that may stand beside it.

    Raises:
        SynthesisReadError: When there is no readable stack, or Terraform would read more than it.
    """
    file = folder / FILE
    if not folder.is_dir():
        raise SynthesisReadError(f"{folder}: must be a folder with {FILE}, does not exist")
    known = {FILE, *also_allowed}
    for beside in sorted(folder.iterdir()):
        if beside.name not in known and terraform_reads(beside.name):
            raise SynthesisReadError(
                f"{beside}: must not be there, Terraform would read it beside {FILE}"
            )
    workspace = folder / ".terraform" / "environment"
    if workspace.exists() and workspace.read_text(encoding="utf-8").strip() not in ("", "default"):
        raise SynthesisReadError(f"{workspace}: must not choose another workspace than the default")
    try:
        text = file.read_text(encoding="utf-8")
        document = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (OSError, ValueError, RecursionError) as error:
        raise SynthesisReadError(f"{file}: must be readable JSON: {error}") from error
    return Stack.from_json(folder.name, document)


def read_stacks(output: Path) -> dict[str, Stack]:
    """Read every stack below *output*, which is `cdktf.out`, by name.

    Raises:
        SynthesisReadError: When one cannot be read, or there is none.
    """
    folders = sorted(folder for folder in output.glob("stacks/*/") if _is_stack(folder))
    if not folders:
        raise SynthesisReadError(f"{output / 'stacks'}: must hold stacks, has none")
    return {folder.name: read_stack(folder) for folder in folders}


def _is_stack(folder: Path) -> bool:
    """Tell whether Terraform would read anything there; what another platform left is no stack."""
    return any(terraform_reads(file.name) for file in folder.iterdir())


def terraform_reads(name: str) -> bool:
    """Tell whether Terraform evaluates a file called *name* in a stack's folder."""
    return (
        name.endswith(_READ_BY_TERRAFORM + _READ_BY_TERRAFORM_TOO)
        or name in ("terraform.tfvars", "terraform.tfvars.json")
    ) and not name.startswith(".")


def _object(name: str, what: str, value: object) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise SynthesisReadError(f"{name}: {what} must be a JSON object, is {type(value).__name__}")


def _without_comments(name: str, section: str, content: object) -> object:
    """Return a section without the comments of cdktf, which name the environment."""
    if section in _TYPED:
        return {
            type_: _uncommented(_object(name, f"{section}.{type_}", named))
            for type_, named in _object(name, section, content).items()
        }
    return _uncommented(content) if isinstance(content, dict) else content


def _uncommented(named: Mapping[str, Any]) -> dict[str, Any]:
    return {
        id_: {key: value for key, value in config.items() if key != "//"}
        if isinstance(config, dict)
        else config
        for id_, config in named.items()
    }


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} must not appear twice in one object")
    return found


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")
