"""The promise: environments are the same but for approved variations [I1, I2]."""

import json
import shutil
from pathlib import Path

import pytest
from attrs import evolve

from audit.family import families
from audit.parity import compare_families
from audit.synthesized import read_stacks
from constructs_lib.delivery.blueprint_record import DIGEST_LOCAL
from model.blueprint import Blueprint, approved
from tests.conftest import PLATFORMS, ROOT, Synthesis, Synthesize, run_main

SOURCES = (
    ".terraform.lock.hcl",
    "main.py",
    "synthesis.py",
    "model",
    "envs",
    "stacks",
    "constructs_lib",
    "audit",
    "functions",
    "gates",
    "jsii_kernel",
    "last_synthesis",
)


def body(document: dict[str, object]) -> dict[str, object]:
    """Return all of a synthesized document but the two blocks that may differ, independently."""

    def clean(value: object) -> object:
        if isinstance(value, dict):
            return {key: clean(inner) for key, inner in value.items() if key != "//"}
        return [clean(inner) for inner in value] if isinstance(value, list) else value

    cleaned = clean(document)
    assert isinstance(cleaned, dict)
    cleaned.pop("locals")
    cleaned["terraform"].pop("backend")
    return cleaned


@pytest.mark.parametrize("platform", PLATFORMS)
def test_all_environments_have_one_body(platform: str, synthesize: Synthesize) -> None:
    """But for locals and backend, what Terraform reads is the same to the byte [I1]."""
    synthesis = synthesize(platform)
    names = synthesis.blueprint.platform.environments
    for family in families(synthesis.stacks, names).values():
        assert set(family) == set(names)
        texts = {
            json.dumps(
                body(
                    json.loads(
                        (synthesis.output / "stacks" / stack.name / "cdk.tf.json").read_text()
                    )
                ),
                sort_keys=True,
            )
            for stack in family.values()
        }
        assert len(texts) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_recorded_digest_is_that_of_the_body(platform: str, synthesize: Synthesize) -> None:
    """Each environment carries the digest of its own blueprint, and it is the same one."""
    synthesis = synthesize(platform)
    recorded = {
        synthesis.stack(name).locals[DIGEST_LOCAL]
        for name in synthesis.blueprint.platform.environments
    }
    assert recorded == {synthesis.stack("prod").digest}


def test_swapped_settings_change_only_their_locals(payments: Synthesis) -> None:
    """Dev's settings under prod's identity differ from prod in prod's settings alone."""
    dev, prod = (payments.stack(name).locals for name in ("dev", "prod"))
    identity = ("identity_", "deployment_", "network_cidr", "network_availability", DIGEST_LOCAL)
    swapped = {
        name: (prod if name.startswith(identity) else dev)[name]
        for name in payments.stack("dev").locals
    }
    stack = evolve(payments.stack("prod"), locals=swapped)
    assert stack.digest == payments.stack("prod").digest
    changed = {name for name in prod if stack.locals[name] != prod[name]}
    assert changed == {
        name for name in prod if not name.startswith(identity) and dev[name] != prod[name]
    }
    assert changed >= {"functions_memory_mebibytes", "tables_read_capacity_units"}


def test_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    """No order of a set leaks into what is synthesized."""
    outputs = []
    for seed in ("1", "4242"):
        output = tmp_path / seed
        assert (
            run_main("payments", output=output, variables={"PYTHONHASHSEED": seed}).returncode == 0
        )
        outputs.append(
            {
                str(file.relative_to(output)): file.read_bytes()
                for file in output.rglob("*")
                if file.is_file()
            }
        )
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    "bypass",
    [
        {"CDKTF_CONTEXT_JSON": '{"platform": "dynamo", "environment": "dev"}'},
        {"CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS": "true"},
        {"SKIP_VALIDATION": "true"},
    ],
    ids=lambda bypass: next(iter(bypass)),
)
def test_outside_variables_change_nothing(
    bypass: dict[str, str], payments: Synthesis, tmp_path: Path
) -> None:
    """No variable that cdktf listens to can change or hide what is checked."""
    assert run_main("payments", output=tmp_path, variables=bypass).returncode == 0
    assert {name: stack.digest for name, stack in read_stacks(tmp_path).items()} == {
        name: stack.digest for name, stack in payments.stacks.items()
    }


def test_output_that_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    """`cdktf synth --hcl` would write what the gate does not read, so it writes nothing."""
    done = run_main("payments", output=tmp_path, variables={"SYNTH_HCL_OUTPUT": "true"})
    assert done.returncode == 2
    assert "cdk.tf: must not be there" in done.stderr
    assert synthesized_files(tmp_path) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the program that a test may break."""
    for source in SOURCES:
        if (ROOT / source).is_dir():
            shutil.copytree(
                ROOT / source, tmp_path / source, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / source, tmp_path / source)
    (tmp_path / ".cache").symlink_to(ROOT / ".cache")
    return tmp_path


def synthesized_files(output: Path) -> list[Path]:
    """Return what could be deployed."""
    return [*output.rglob("cdk.tf*"), *output.glob("manifest.json")]


def test_a_divergence_is_told_and_leaves_nothing_to_deploy(copy: Path) -> None:
    """A construct that lets an environment through is caught on the disk, after synthesis."""
    site = copy / "constructs_lib" / "context.py"
    leak = site.read_text().replace(
        "keys.owner: platform.owner", "keys.owner: environment.identity.cost_center"
    )
    assert leak != site.read_text()
    site.write_text(leak)
    output = copy / "out"
    assert run_main("payments", output=output).returncode == 0
    done = run_main("payments", output=output, root=copy)
    assert done.returncode == 1, done.stderr
    assert "tags.Owner" in done.stderr
    assert synthesized_files(output) == []


def test_wrong_settings_are_told_without_a_traceback(copy: Path) -> None:
    """A user's mistake gets sentences, exit status 1, and no half-written output."""
    file = copy / "envs" / "payments" / "prod.py"
    file.write_text(file.read_text().replace("memory_mebibytes=2048", "memory_mebibytes=64"))
    output = copy / "out"
    assert run_main("payments", output=output).returncode == 0
    done = run_main("payments", output=output, root=copy)
    assert done.returncode == 1
    assert "functions.memory_mebibytes must be 128–10240 MiB, got 64" in done.stderr
    assert "Traceback" not in done.stderr
    assert synthesized_files(output) == []


def test_an_unknown_platform_is_told(tmp_path: Path) -> None:
    """The name of a platform is the name of a folder in envs."""
    done = run_main("paymints", output=tmp_path)
    assert done.returncode == 1
    assert "must be the folder of a platform" in done.stderr


def test_a_file_that_terraform_would_read_too_could_not_be_checked(tmp_path: Path) -> None:
    """An override beside the synthesized file is not silently part of a deployment."""
    assert run_main("payments", output=tmp_path).returncode == 0
    (tmp_path / "stacks" / "payments-prod" / "more.tf.json").write_text("{}")
    done = run_main("payments", output=tmp_path)
    assert done.returncode == 2
    assert "more.tf.json" in done.stderr
    assert synthesized_files(tmp_path) == []


def test_a_hand_edit_is_found(tmp_path: Path) -> None:
    """What is on the disk is judged, however it came there."""
    assert run_main("payments", output=tmp_path).returncode == 0
    file = tmp_path / "stacks" / "payments-prod" / "cdk.tf.json"
    file.write_text(file.read_text().replace('"timeout": 30', '"timeout": 31', 1))
    blueprint = Blueprint.load(ROOT / "envs" / "payments")
    names = blueprint.platform.environments
    findings = compare_families(
        families(read_stacks(tmp_path), names), approved(blueprint.varying_paths)
    )
    assert any(f.path == "timeout" and f.values["prod"] == 31 for f in findings)
