"""The manifest has the published form and leaves nothing out but secrets."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from audit.errors import UnknownFormatError
from audit.finding import ABSENT, Finding
from audit.manifest import Record, Setting, deployed_manifest, synthesized_manifest
from tests.audit.sample import Platform

SCHEMA = Path(__file__).parents[2] / "audit" / "manifest.schema.json"
STATE = {
    "format_version": "1.0",
    "terraform_version": "1.11.4",
    "values": {
        "outputs": {
            "url": {"value": "https://x", "sensitive": False},
            "key": {"value": "s3cret", "sensitive": True},
        },
        "root_module": {
            "resources": [
                {
                    "address": "aws_ssm_parameter.p[0]",
                    "mode": "managed",
                    "type": "aws_ssm_parameter",
                    "name": "p",
                    "index": 0,
                    "values": {"name": "/p", "value": "s3cret", "list": [{"a": "s3cret"}]},
                    "sensitive_values": {"value": True, "list": [{"a": True}]},
                },
                {"address": "data.aws_x.y", "mode": "data", "type": "aws_x", "name": "y"},
            ],
            "child_modules": [
                {
                    "resources": [
                        {
                            "address": "module.m.aws_vpc.v",
                            "mode": "managed",
                            "type": "aws_vpc",
                            "name": "v",
                            "values": {},
                        }
                    ]
                }
            ],
        },
    },
}


@pytest.fixture
def record() -> Record:
    """Return what a caller knows besides the resources."""
    return Record(
        environment="prod",
        settings=(
            Setting(path="logs.retention_days", value=365, file="envs/payments/prod.py", line=9),
            Setting(path="api.burst_limit", value=200, file="envs/payments/prod.py", line=7),
        ),
        versions={"cdktf": "0.21.0"},
        findings=(Finding(rule="parity", where="a.b", message="m", values={"dev": ABSENT}),),
        notes={"commit": "abc"},
    )


def valid(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return *manifest* as it is read back, valid by the schema."""
    back: dict[str, Any] = json.loads(json.dumps(manifest))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(back, schema, cls=jsonschema.Draft202012Validator)
    return back


def test_synthesized(platform: Platform, record: Record) -> None:
    """Every resource is there with its values in place."""
    stack = platform.stacks["prod"]
    manifest = valid(synthesized_manifest(stack, record))
    assert manifest["blueprint_digest"] == stack.digest
    assert manifest["resource_count"] == len(list(stack.resources())) == len(manifest["resources"])
    assert [s["path"] for s in manifest["settings"]] == ["api.burst_limit", "logs.retention_days"]
    function = next(r for r in manifest["resources"] if r["type"] == "aws_lambda_function")
    assert function["configuration"]["memory_size"] == 2048
    assert manifest["outputs"]["peers"]["value"] == "dev,staging"
    assert manifest["findings"][0]["values"] == {"dev": "(absent)"}


def test_deployed(platform: Platform, record: Record) -> None:
    """What is deployed comes from the state, secrets left out."""
    manifest = valid(deployed_manifest(platform.stacks["prod"], STATE, record))
    assert manifest["source"] == "deployed"
    assert manifest["versions"] == {"cdktf": "0.21.0", "terraform": "1.11.4"}
    assert [r["address"] for r in manifest["resources"]] == [
        "aws_ssm_parameter.p[0]",
        "module.m.aws_vpc.v",
    ]
    assert manifest["resources"][0]["block"] == "aws_ssm_parameter.p"
    assert manifest["outputs"]["url"]["value"] == "https://x"
    assert "s3cret" not in json.dumps(manifest)


def test_nothing_deployed(platform: Platform, record: Record) -> None:
    """An empty state is a manifest without resources."""
    manifest = valid(deployed_manifest(platform.stacks["prod"], {"format_version": "1.0"}, record))
    assert manifest["resource_count"] == 0


def test_unknown_state(platform: Platform, record: Record) -> None:
    """A state in an unknown format is an error."""
    with pytest.raises(UnknownFormatError):
        deployed_manifest(platform.stacks["prod"], {"format_version": "9"}, record)


def test_schema_refuses(platform: Platform, record: Record) -> None:
    """The schema accepts nothing that is not described."""
    manifest = synthesized_manifest(platform.stacks["prod"], record)
    with pytest.raises(jsonschema.ValidationError):
        valid({**manifest, "extra": 1})
