"""The flagship really deploys, settles, and goes away again [G3, V4]."""

import json

from devcloud.artefacts import ARTEFACTS
from tests.e2e.conftest import CONFIRMED
from tests.terraform.workspace import Workspace


def test_everything_is_deployed(deployed: Workspace) -> None:
    """Nothing was left out on the way."""
    assert len(deployed.resources()) > 150


def test_a_second_plan_changes_nothing(deployed: Workspace) -> None:
    """There are no ghost changes but those of the emulator, which are listed with their reasons."""
    changes = deployed.plan()["resource_changes"]
    changed = {
        change["type"]
        for change in changes
        if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
    }
    assert changed <= set(ARTEFACTS)


def test_addresses_of_the_api_are_outputs(deployed: Workspace) -> None:
    """Whoever deploys is told where to post payments [A5]."""
    outputs = json.loads(deployed.must("output", "-json"))
    assert outputs["processing_url"]["value"].endswith("/v1/process")
    assert outputs["validation_url"]["value"].endswith("/v1/validate")
    assert outputs["status_url"]["value"].endswith("/v1/status/{transaction_id}")


def test_the_digest_is_in_the_account(deployed: Workspace) -> None:
    """Whether two environments run the same blueprint is one comparison."""
    ssm = deployed.client("ssm")
    parameter = ssm.get_parameter(Name="/payments/prod/blueprint-digest")["Parameter"]["Value"]
    outputs = json.loads(deployed.must("output", "-json"))
    assert outputs["blueprint_sha256"]["value"] == parameter
    assert len(parameter) == 64


def test_the_secret_is_in_no_plan_and_no_state(deployed: Workspace) -> None:
    """Secrets live in Parameter Store and nowhere else [R3, F4]."""
    ssm = deployed.client("ssm")
    name = "/payments/prod/webhook/secret"
    secret = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    assert len(secret) == 32
    assert secret not in deployed.state.read_text()
    assert secret not in json.dumps(deployed.plan())


def test_destroy_needs_the_confirmation_too_and_leaves_nothing(deployed: Workspace) -> None:
    """Production goes away only when it is named, and then without manual steps [G3, G7]."""
    before = deployed.resources()
    refused = deployed.run("destroy", "-auto-approve", "-input=false")
    assert refused.returncode == 1
    assert "TF_VAR_confirmation=payments-prod" in "".join(refused.stderr.split())
    assert deployed.resources() == before
    deployed.must("destroy", "-auto-approve", "-input=false", **CONFIRMED)
    assert deployed.resources() == []
    left = deployed.client("resourcegroupstaggingapi").get_resources()["ResourceTagMappingList"]
    keys = [resource["ResourceARN"] for resource in left]
    states = {
        deployed.client("kms").describe_key(KeyId=key)["KeyMetadata"]["KeyState"] for key in keys
    }
    assert states == {"PendingDeletion"}  # All that AWS keeps of a key, for the days of its window.
