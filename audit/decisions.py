"""Nothing is decided by who or where an environment is, and by a setting only what it is for [I3].

Each local has a few attributes that may take its value, and a switch has attributes that may
depend on a question about it. Both stand at the setting's declaration; for identities and regions
`audit.inputs` says where they may stand.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, Protocol

from attrs import frozen

from audit import inputs
from audit.finding import Finding
from audit.flow import Flow, combined, flows
from audit.language.function import Use
from audit.language.scanner import SyntaxProblemError
from audit.place import Place, texts
from audit.synthesized import Stack

RULE: Final = "decisions"
_IDENTITY: Final = frozenset({"identity", "regional"})
_META: Final = {"count": Use.COUNT, "for_each": Use.COUNT, "condition": Use.DECISION}
"""Attributes of the language itself, and what becomes of the value that stands there."""
_ONLY_STOPS: Final = ("*.precondition.*", "*.postcondition.*", "*.validation.*")
"""A condition there stops a plan and changes nothing, so it may compare whole values."""


class Approval(Protocol):
    """What a declared variation says; `model.variation.Variation` does."""

    @property
    def kind(self) -> Enum: ...  # noqa: D102 - said there
    @property
    def drives(self) -> tuple[str, ...]: ...  # noqa: D102 - said there
    @property
    def decides(self) -> tuple[str, ...]: ...  # noqa: D102 - said there


Approvals = Mapping[str, Any]
"""The approval of each local that may differ; None where only its name is known."""


def decision_findings(stack: Stack, approved: Approvals) -> Iterator[Finding]:
    """Yield where the body of *stack* lets a local do what it is not approved for."""
    judge = _Judge(stack.elements, approved, frozenset(stack.locals))
    yield from judge.findings()


@frozen
class _Judge:
    elements: Mapping[str, Any]
    approved: Approvals
    locals: frozenset[str]

    def findings(self) -> Iterator[Finding]:
        said: set[tuple[Place, str]] = set()
        for place, text, is_key in texts(self.elements):
            meta = _META.get(place.path.rpartition(".")[2], Use.VALUE)
            try:
                found = flows(text, Use.DECISION if is_key else meta)
            except SyntaxProblemError:
                continue  # The rule `inputs` reports it.
            for flow in found:
                message = self._wrong(place, flow, frozenset())
                if message and (place, message) not in said:
                    said.add((place, message))
                    yield Finding(rule=RULE, where=place.address, path=place.path, message=message)

    def _wrong(self, place: Place, flow: Flow, seen: frozenset[str]) -> str:
        """Return what is wrong with *flow* at *place*, nothing when all is well."""
        root, *below = flow.names
        if root == "local":
            return self._local(place, below[0] if below else "", flow.use, direct=not seen)
        known = _listed(flow)
        if known is not None:
            return _input(place, flow, known)
        if root in ("var", "data", "ephemeral", "count", "each", "self", "path", "terraform"):
            return ""  # Not listed: the rule `inputs` says so.
        return self._resource(place, flow, seen)

    def _local(self, place: Place, name: str, use: Use, *, direct: bool) -> str:
        computed = inputs.COMPUTED_LOCALS.get(name)
        if computed is not None:
            held = use is Use.VALUE and place.is_one_of(computed.places)
            return "" if held else f"must not use local.{name}, which is for {computed.reason}"
        approval = self.approved.get(name)
        if approval is None and use is Use.VALUE:
            return ""  # That it differs is a finding of its own.
        if approval is None or str(approval.kind.value) in _IDENTITY:
            return _identity(place, name, approval, use, direct=direct)
        return _setting(place, name, approval, use)

    def _resource(self, place: Place, flow: Flow, seen: frozenset[str]) -> str:
        """Judge a resource's attribute by its own expression, and as a name where it has none."""
        address, path = ".".join(flow.names[:2]), flow.names[2:]
        if str(flow) in seen:
            return ""
        if flow.use is not Use.VALUE:
            return (
                f"must not be decided by {flow}, which is {flow.use.value} here: it may hold the "
                "environment's name, account or region"
            )
        config = self.elements.get(address)
        if config is None:
            return ""  # Not there: the rule `inputs` says so.
        written = config.get(path[0]) if path and isinstance(config, dict) else None
        for _, text, is_key in texts({address: written}):
            use = combined(flow.use, Use.DECISION if is_key else Use.VALUE)
            for behind in flows(text, use):
                if message := self._wrong(place, behind, seen | {str(flow)}):
                    return message
        if written is None and not place.is_one_of(inputs.REFERENCE_PLACES):
            return f"must not take {flow}, which AWS decides: this is no name, ARN or address"
        return ""


def _setting(place: Place, name: str, approval: Approval, use: Use) -> str:
    if use in (Use.VALUE, Use.CHANGE):
        if place.is_one_of((*approval.drives, *approval.decides)):
            return ""
        known = ", ".join(approval.drives) or "no attribute"
        return f"must not take local.{name}, which drives {known} and nothing else"
    if place.is_one_of(approval.decides):
        return ""
    known = ", ".join(approval.decides) or "nothing"
    return f"must not be decided by local.{name}: it is {use.value} here, and may decide {known}"


def _identity(place: Place, name: str, approval: Approval | None, use: Use, *, direct: bool) -> str:
    decides = approval.decides if approval else ()
    kind = approval.kind.value if approval else "unapproved"
    if use is Use.VALUE:
        allowed = inputs.IDENTITY_PLACES.values() if direct else (inputs.REFERENCE_PLACES,)
        if any(place.is_one_of(patterns) for patterns in (*allowed, decides)):
            return ""
        return (
            f"must not take local.{name} ({kind}): this is no {', '.join(inputs.IDENTITY_PLACES)}"
        )
    stops = place.is_one_of(_ONLY_STOPS)
    counts = use is Use.COUNT and place.path == "count"
    if place.is_one_of(decides) and (stops or counts or use is Use.PRESENCE):
        return ""
    return (
        f"must not be decided by who or where the environment is: local.{name} ({kind}) is "
        f"{use.value} here"
    )


def _listed(flow: Flow) -> inputs.Input | None:
    root, name = flow.names[0], flow.names[1] if len(flow.names) > 1 else ""
    tables = {"var": inputs.VARIABLES, "data": inputs.DATA, "ephemeral": inputs.EPHEMERAL}
    if root in tables:
        return tables[root].get(name)
    type_attribute = ".".join((root, *flow.names[2:]))
    return inputs.NAMES.get(str(flow)) or inputs.GENERATED.get(type_attribute)


def _input(place: Place, flow: Flow, known: inputs.Input) -> str:
    if flow.use is Use.VALUE:
        if place.is_one_of(known.places):
            return ""
        return f"must not take {flow}, which may stand in {', '.join(known.places)}"
    if place.is_one_of(known.decides):
        return ""
    return f"must not be decided by {flow}, which decides {', '.join(known.decides) or 'nothing'}"
