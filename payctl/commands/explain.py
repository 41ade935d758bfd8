"""`payctl explain`."""

from typing import Annotated, Any

from cyclopts import Parameter

from payctl.exit_status import FINE
from payctl.explanation import Attribute, Local, explain_local, explained
from payctl.project import Project
from payctl.screen import say, say_json, table, working
from payctl.selection import FLAGSHIP, AsJson, Selection, Verbose
from payctl.written import cell, values_json

What = Annotated[
    str,
    Parameter(
        help="A local, a setting, an address or address.attribute, such as "
        "functions.memory_mebibytes or aws_dynamodb_table.transactions_table.billing_mode."
    ),
]
_SHOWN = 12


def explain(
    what: What,
    *,
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> int:
    """Say where a value comes from, what the other environments have, and why it may differ.

    For a setting or its local: file and line in every environment, the approval with its reason,
    and what it drives. For an address or an attribute: how it is written (the same everywhere),
    what it becomes in each environment, which settings decide it, and which line builds it.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    found = explained(project, what)
    if isinstance(found, Local):
        if as_json:
            say_json(_local_json(found))
        else:
            _show_local(found, verbose=verbose)
        return FINE
    if as_json:
        say_json([_attribute_json(attribute) for attribute in found])
    else:
        _show_attributes(project, found)
    return FINE


def _show_local(local: Local, *, verbose: bool) -> None:
    title = f"{local.setting} (local.{local.name})" if local.setting else f"local.{local.name}"
    unit = f" in {local.approval.unit}" if local.approval and local.approval.unit else ""
    table(
        title,
        ("environment", f"value{unit}", "decided at"),
        [(name, cell(value), local.where[name]) for name, value in local.values.items()],
    )
    if local.approval:
        say(f"May differ ({local.approval.kind.value}): {local.approval.reason}")
        say(f"Must be {local.approval.rule}; {local.order}.")
    elif len({cell(value) for value in local.values.values()}) == 1:
        say("The same in every environment: no local carries it.")
    shown = [*local.drives.items()][: None if verbose else _SHOWN]
    if shown:
        table(
            f"Drives {len(local.drives)} attributes",
            ("attribute", *local.values),
            [(str(place), *map(cell, values.values())) for place, values in shown],
        )
    if len(shown) < len(local.drives):
        say(f"    … and {len(local.drives) - len(shown)} more (--verbose)", style="dim")


def _show_attributes(project: Project, attributes: tuple[Attribute, ...]) -> None:
    first = attributes[0]
    table(
        first.address,
        ("attribute", "as written", *first.values, "decided by"),
        [
            (
                attribute.path,
                cell(attribute.source),
                *map(cell, _distinct(attribute)),
                "\n".join(attribute.locals) or "literal",
            )
            for attribute in attributes
        ],
    )
    for built in first.built:
        say(f"Built at {built}")
    if len(attributes) > 1:
        return
    for name in first.locals:
        say()
        _show_local(explain_local(project, name), verbose=False)
    if not first.locals:
        say("The same in every environment: no local takes part in it.")


def _distinct(attribute: Attribute) -> list[object]:
    """Return the values, blank where they are only what is written."""
    same = all(value == attribute.source for value in attribute.values.values())
    return [""] * len(attribute.values) if same else list(attribute.values.values())


def _local_json(local: Local) -> dict[str, Any]:
    approval = local.approval
    return {
        "local": local.name,
        "setting": local.setting,
        "values": values_json(local.values),
        "decided_at": dict(local.where),
        "kind": approval.kind.value if approval else "",
        "reason": approval.reason if approval else "",
        "must_be": approval.rule if approval else "",
        "order": local.order,
        "unit": approval.unit if approval else "",
        "drives": [str(place) for place in local.drives],
        "effects": {str(place): values_json(v) for place, v in local.drives.items()},
    }


def _attribute_json(attribute: Attribute) -> dict[str, Any]:
    return {
        "address": attribute.address,
        "path": attribute.path,
        "written": attribute.source,
        "values": dict(attribute.values),
        "locals": list(attribute.locals),
        "built_at": list(attribute.built),
    }
