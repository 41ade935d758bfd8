"""The rules about the provider hold for all of it, but for the exceptions that are written down."""

import json
from pathlib import Path
from typing import Any

import cdktf
import pytest

from jsii_kernel.names import resource_type
from jsii_kernel.provider import TERRAFORM_VERSION
from tests.jsii_kernel import provider_javascript

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    """Read all of the provider's JavaScript."""
    return provider_javascript.facts()


def test_exceptions_are_those_of_the_javascript(read: dict[str, Any]) -> None:
    """`python -m tests.jsii_kernel.provider_javascript` would change nothing."""
    assert json.loads(provider_javascript.FACTS.read_text(encoding="utf-8")) == read


def test_types_follow_from_modules() -> None:
    """Every module of the bindings leads to a type that the provider has, and none is left out."""
    installed = Path(cdktf.__file__).parent.parent / "cdktf_cdktf_provider_aws"
    modules = {folder.name for folder in installed.glob("[a-z]*/")} - {"provider"}
    types = {type_ for folder, type_ in provider_javascript.types().items() if folder != "provider"}
    assert {resource_type(module) for module in modules} == types


def test_version_is_that_of_the_bindings() -> None:
    """Terraform is asked for the version that the bindings name."""
    scripts = dict(provider_javascript.scripts())
    assert f"providerVersion: '{TERRAFORM_VERSION}'" in scripts["provider"]
