"""Which credentials a command uses for which environment: never two kinds at once."""

import re
from pathlib import Path

import pytest

from model.blueprint import Blueprint
from payctl.access import Access
from payctl.project import ROOT

CONFIG = """
[default]
region = eu-central-1

[profile payments-dev]
region = eu-west-1

[profile everybody]
region = eu-west-1
"""
CREDENTIALS = """
[default]
aws_access_key_id = AKIADEFAULT
aws_secret_access_key = x

[payments-dev]
aws_access_key_id = AKIADEV
aws_secret_access_key = x

[everybody]
aws_access_key_id = AKIAEVERYBODY
aws_secret_access_key = x
"""
DEV, STAGING, PROD = Blueprint.load(ROOT / "envs" / "payments").environments


@pytest.fixture(autouse=True)
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's AWS configuration, and nothing else of AWS."""
    for name, text in (("config", CONFIG), ("credentials", CREDENTIALS)):
        (tmp_path / name).write_text(text)
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


def _key(access: Access) -> str:
    """Return the access key that boto3 uses, as a signed URL shows it."""
    url = access.client("sts").generate_presigned_url("get_caller_identity")
    found = re.search(r"(?:Credential|AWSAccessKeyId)=(\w+)", url)
    assert found
    return found[1]


def test_a_profile_called_like_the_stack_is_taken_by_itself() -> None:
    """Whoever names their profiles so needs no variable; Terraform gets the same one."""
    access = Access.to("payments", DEV)
    assert access.profile == "payments-dev"
    assert access.variables["AWS_PROFILE"] == "payments-dev"
    assert _key(access) == "AKIADEV"


def test_a_profile_can_be_named_for_each_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """It wins over the one called like the stack, in that environment only."""
    monkeypatch.setenv("PAYCTL_PROFILE_DEV", "everybody")
    assert _key(Access.to("payments", DEV)) == "AKIAEVERYBODY"
    assert Access.to("payments", STAGING).profile == ""


def test_without_a_profile_the_usual_variables_decide() -> None:
    """In a workflow nobody has profiles; the region is the environment's all the same."""
    access = Access.to("payments", PROD)
    assert "AWS_PROFILE" not in access.variables
    assert access.variables["AWS_REGION"] == "us-east-1"
    assert _key(access) == "AKIADEFAULT"


def test_keys_left_in_the_shell_do_not_go_before_a_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terraform takes keys of the environment before `AWS_PROFILE`; both must take the profile."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIALEFTOVER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    access = Access.to("payments", DEV)
    assert _key(access) == "AKIADEV"
    assert access.variables["AWS_ACCESS_KEY_ID"] == access.variables["AWS_SESSION_TOKEN"] == ""


def test_another_endpoint_is_never_given_real_credentials() -> None:
    """Where an endpoint is named, profiles are not looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAYCTL_ENDPOINT_URL_DEV", "http://127.0.0.1:1")
        access = Access.to("payments", DEV)
    assert access.profile == ""
    assert _key(access) == "test"
    assert Access.to("payments", STAGING).endpoint.is_aws
