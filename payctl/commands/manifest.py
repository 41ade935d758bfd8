"""`payctl manifest`."""

import importlib.metadata
from typing import Annotated, Any

from cyclopts import Parameter

from audit.manifest import Record, deployed_manifest, synthesized_manifest
from audit.synthesized import Stack as Synthesized
from model.environment import Environment
from payctl.access import Access
from payctl.aws.records import Records
from payctl.exit_status import FINE
from payctl.known import known_findings
from payctl.project import Project
from payctl.screen import say, say_json, working
from payctl.selection import FLAGSHIP, AsJson, OneEnvironment, Selection, Stack
from payctl.settings import settings_of
from payctl.terraform.session import Session

Deployed = Annotated[
    bool, Parameter(negative=(), help="What is deployed, from the state, not what is synthesized.")
]


def manifest(
    environment: OneEnvironment,
    *,
    deployed: Deployed = False,
    stack: Stack = "",
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
) -> int:
    """Write down everything an environment consists of, as evidence.

    Every resource with its configuration, the blueprint's digest, every setting with file and
    line, versions and findings; `--deployed` takes resources and outputs from the state, and adds
    who deployed when, from which commit, and which rule was overridden. With `--json` the
    document itself, whose form is `audit/manifest.schema.json`; without, what is in it.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    chosen = project.environment(environment)
    name = stack or project.stack_name(chosen)
    (name,) = project.stack_names(chosen, name)
    synthesized = project.stacks[name]
    if deployed:
        session = Session.open(project, chosen, name)
        with working(f"reading the state of {name}"), session.workspace.alone():
            session.terraform.init()
            state = session.terraform.shown()
        record = _record(project, chosen, synthesized, deployed=True)
        document = deployed_manifest(synthesized, state, record)
    else:
        document = synthesized_manifest(synthesized, _record(project, chosen, synthesized))
    if as_json:
        say_json(document)
    else:
        _show(document)
    return FINE


def _record(
    project: Project, environment: Environment, stack: Synthesized, *, deployed: bool = False
) -> Record:
    access = Access.to(project.name, environment)
    last = Records.of(stack, access).last() if deployed else None
    notes = last.as_json() if last else {}
    return Record(
        environment=environment.identity.name,
        settings=settings_of(project, environment),
        versions=_versions(stack),
        findings=known_findings(project),
        notes={name: str(value) for name, value in notes.items()},
    )


def _versions(stack: Synthesized) -> dict[str, str]:
    required = stack.body["terraform"].get("required_providers", {})
    providers = {f"provider-{name}": str(block["version"]) for name, block in required.items()}
    return {**providers, "cdktf": importlib.metadata.version("cdktf")}


def _show(document: dict[str, Any]) -> None:
    say(f"{document['stack']} ({document['source']})", style="bold")
    say(f"blueprint {document['blueprint_digest']}")
    say(f"{document['resource_count']} resources of {len(document['resource_types'])} types")
    say(f"{len(document['settings'])} settings, {len(document['outputs'])} outputs")
    for name, version in document["versions"].items():
        say(f"    {name} {version}")
    for name, note in document["notes"].items():
        say(f"    {name}: {note}")
    say(f"{len(document['findings'])} findings. --json prints the document.")
