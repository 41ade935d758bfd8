"""Writes down what an environment consists of, for whoever must prove it later [G4].

The form is published: `audit/manifest.schema.json`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import Factory, evolve, frozen

from audit.finding import Finding
from audit.report import ordered, plain
from audit.synthesized import Stack
from audit.terraform_json import block_address, instances, known

VERSION: Final = 1
SENSITIVE: Final = "(sensitive)"


@frozen(kw_only=True)
class Setting:
    """One setting and where it was decided.

    Attributes:
        path: Dotted, such as "functions.memory_mebibytes".

        value: As JSON knows it.

        file, line: Where it stands; line 0 where a program worked it out.
    """

    path: str
    value: object
    file: str
    line: int


@frozen(kw_only=True)
class Record:
    """What a manifest says besides the resources.

    Attributes:
        versions: Of Terraform, the provider, cdktf, by name.

        notes: What a deployment adds, such as its commit or why a rule was overridden.
    """

    environment: str
    settings: tuple[Setting, ...]
    versions: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    notes: Mapping[str, str] = Factory(dict)


def synthesized_manifest(stack: Stack, record: Record) -> dict[str, Any]:
    """Return the manifest of what `cdktf synth` wrote; locals have their values in it."""
    resources = [
        {"address": resource.address, "type": resource.type, "configuration": dict(resource.config)}
        for resource in stack.resolved.resources()
    ]
    outputs = {
        name: {"value": block.get("value"), "sensitive": bool(block.get("sensitive", False))}
        for name, block in stack.resolved.body.get("output", {}).items()
    }
    return _manifest("synthesized", stack, record, resources, outputs)


def deployed_manifest(stack: Stack, state: object, record: Record) -> dict[str, Any]:
    """Return the manifest of what is deployed: resources and outputs as *state* has them.

    *state* is `terraform show -json`; what it calls sensitive is left out.

    Raises:
        UnknownFormatError: When the state's format is not known.
    """
    document = known(state, "state")
    values = document.get("values", {})
    resources = [
        {
            "address": instance["address"],
            "type": instance["type"],
            "block": block_address(instance),
            "configuration": without_secrets(
                instance.get("values", {}), instance.get("sensitive_values", {})
            ),
        }
        for instance in instances(values.get("root_module", {}))
        if instance.get("mode") == "managed"
    ]
    outputs = {
        name: {
            "value": SENSITIVE if output.get("sensitive") else output.get("value"),
            "sensitive": bool(output.get("sensitive", False)),
        }
        for name, output in values.get("outputs", {}).items()
    }
    if values:
        versions = {**record.versions, "terraform": str(document.get("terraform_version", ""))}
        record = evolve(record, versions=versions)
    return _manifest("deployed", stack, record, resources, outputs)


def without_secrets(value: object, mask: object) -> Any:
    """Return *value* with a placeholder for what *mask* marks as sensitive."""
    if mask is True:
        return SENSITIVE
    if isinstance(value, dict) and isinstance(mask, dict):
        return {key: without_secrets(below, mask.get(key)) for key, below in value.items()}
    if isinstance(value, list) and isinstance(mask, list) and len(mask) == len(value):
        return [without_secrets(below, hidden) for below, hidden in zip(value, mask, strict=True)]
    return value


def _manifest(
    source: str,
    stack: Stack,
    record: Record,
    resources: Iterable[dict[str, Any]],
    outputs: Mapping[str, Any],
) -> dict[str, Any]:
    resources = sorted(resources, key=lambda resource: str(resource["address"]))
    types = [resource["type"] for resource in resources]
    return {
        "manifest_version": VERSION,
        "source": source,
        "stack": stack.name,
        "environment": record.environment,
        "blueprint_digest": stack.digest,
        "backend": dict(stack.backend),
        "versions": dict(sorted(record.versions.items())),
        "notes": dict(sorted(record.notes.items())),
        "settings": [
            {"path": s.path, "value": s.value, "file": s.file, "line": s.line}
            for s in sorted(record.settings, key=lambda s: s.path)
        ],
        "resource_count": len(resources),
        "resource_types": {type_: types.count(type_) for type_ in sorted(set(types))},
        "resources": resources,
        "outputs": dict(sorted(outputs.items())),
        "findings": [plain(finding) for finding in ordered(record.findings)],
    }
