"""Nothing from the user's shell or home steers Terraform."""

from pathlib import Path

import pytest

from payctl.errors import CannotError
from payctl.terraform.surroundings import surroundings

STEERING = (
    "TF_CLI_ARGS",
    "TF_CLI_ARGS_plan",
    "TF_CLI_ARGS_apply",
    "TF_WORKSPACE",
    "TF_DATA_DIR",
    "TF_VAR_confirmation",
    "TF_VAR_compare_networks",
    "TF_LOG",
    "TF_LOG_PATH",
    "TF_REATTACH_PROVIDERS",
    "TF_PLUGIN_CACHE_DIR",
    "TF_STATE_PERSIST_INTERVAL",
    "TF_SOMETHING_NEW",
    "TERRAFORM_CONFIG",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_S3_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_REGION",
)


@pytest.mark.parametrize("name", STEERING)
def test_what_steers_terraform_does_not_pass(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options, other states, other providers, other endpoints: none comes from the shell."""
    monkeypatch.setenv(name, "from-the-shell")
    assert "from-the-shell" not in surroundings().values()


@pytest.mark.parametrize("name", ["PATH", "HTTPS_PROXY", "AWS_PROFILE", "AWS_SESSION_TOKEN"])
def test_who_one_is_passes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs, proxies and credentials are the user's own."""
    monkeypatch.setenv(name, "from-the-shell")
    assert surroundings()[name] == "from-the-shell"


def test_ours_come_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """What payctl says of the account counts."""
    monkeypatch.setenv("AWS_PROFILE", "everybody")
    assert surroundings({"AWS_PROFILE": "payments-dev"})["AWS_PROFILE"] == "payments-dev"


def test_the_configuration_in_the_home_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`dev_overrides` in ~/.terraformrc would exchange the provider."""
    theirs = tmp_path / "theirs.tfrc"
    theirs.write_text('provider_installation { dev_overrides { "hashicorp/aws" = "/tmp" } }')
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(theirs))
    ours = Path(surroundings()["TF_CLI_CONFIG_FILE"])
    assert ours != theirs
    assert ours.read_text() == "disable_checkpoint = true\n"


def test_a_mirror_is_named_on_purpose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder becomes a file system mirror; anything else is refused."""
    monkeypatch.setenv("PAYCTL_PROVIDER_MIRROR", str(tmp_path))
    text = Path(surroundings()["TF_CLI_CONFIG_FILE"]).read_text()
    assert f'filesystem_mirror {{ path = "{tmp_path}" }}' in text
    monkeypatch.setenv("PAYCTL_PROVIDER_MIRROR", "http://mirror.example.com/")
    with pytest.raises(CannotError, match="must be a folder or begin with https"):
        surroundings()
