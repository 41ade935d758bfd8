"""A release that was deployed can be fetched again, and is what its name says."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from audit.errors import SynthesisReadError
from audit.release import release_id
from audit.synthesized import read_stacks
from payctl.aws.artifacts import Artifacts
from tests.payctl.account import InMemory


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return a synthesized folder of one stack and one archive."""
    for environment, size in (("dev", 1), ("prod", 2)):
        folder = tmp_path / "out" / "stacks" / f"x-{environment}"
        folder.mkdir(parents=True)
        document = {"locals": {"size": size}, "terraform": {"backend": {}}}
        (folder / "cdk.tf.json").write_text(json.dumps(document))
        (folder / ".terraform.lock.hcl").write_text("pins")
        (folder / "cdk.tf.json.bak").write_text("not of the release")
    (tmp_path / "out" / "archives").mkdir()
    (tmp_path / "out" / "archives" / "functions.zip").write_bytes(b"code")
    return tmp_path / "out"


@pytest.fixture
def artifacts() -> Artifacts:
    """Return the releases of an account in memory."""
    return Artifacts(access=InMemory(), bucket="states", region="us-east-1")


def test_there_and_back(output: Path, artifacts: Artifacts, tmp_path: Path) -> None:
    """Stacks and archives are the same bytes, and nothing else is kept."""
    release = release_id(read_stacks(output))
    artifacts.keep(release, output)
    artifacts.fetch(release, tmp_path / "again")
    assert release_id(read_stacks(tmp_path / "again")) == release
    assert (tmp_path / "again" / "archives" / "functions.zip").read_bytes() == b"code"
    for stack in ("x-dev", "x-prod"):
        files = {file.name for file in (tmp_path / "again" / "stacks" / stack).iterdir()}
        assert files == {"cdk.tf.json", ".terraform.lock.hcl"}


def test_a_setting_of_any_environment_is_another_release(output: Path) -> None:
    """Memory of production alone: one blueprint, two releases."""
    before = release_id(read_stacks(output))
    file = output / "stacks" / "x-prod" / "cdk.tf.json"
    file.write_text(file.read_text().replace('"size": 2', '"size": 3'))
    assert release_id(read_stacks(output)) != before


def test_what_is_not_its_name_is_refused(
    output: Path, artifacts: Artifacts, tmp_path: Path
) -> None:
    """Somebody exchanged it in the bucket."""
    artifacts.keep("0" * 64, output)
    with pytest.raises(SynthesisReadError, match="must be release 000000000000"):
        artifacts.fetch("0" * 64, tmp_path / "again")


@pytest.mark.parametrize("name", ["../evil", "stacks/x-dev/other.tf", "stacks/x-dev/../../e.zip"])
def test_what_is_no_release_is_not_unpacked(
    name: str, artifacts: Artifacts, tmp_path: Path
) -> None:
    """Nothing is written outside, and nothing beside a stack that Terraform would read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    artifacts.access.client("s3").put_object(Key="releases/r.zip", Body=packed.getvalue())
    with pytest.raises(SynthesisReadError, match="must hold stacks and archives"):
        artifacts.fetch("r", tmp_path / "again")
    assert not (tmp_path / "evil").exists()


def test_a_release_that_was_never_kept_is_said_to_be_missing(
    artifacts: Artifacts, tmp_path: Path
) -> None:
    """Where it should be is in the message."""
    with pytest.raises(SynthesisReadError, match="must hold the release, is not there"):
        artifacts.fetch("r", tmp_path / "again")
