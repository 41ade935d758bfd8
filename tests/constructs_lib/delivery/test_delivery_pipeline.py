"""What one step of the pipeline needs, an earlier one gives."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Synthesis

_VARIABLE = re.compile(r"\$\{?([A-Z][A-Za-z0-9_]+)")
_REFERENCE = re.compile(r"#\{(\w+)\.(\w+)\}")
_OF_THE_SHELL = {"KEYS", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
Json = dict[str, Any]


@pytest.fixture(scope="module")
def actions(payments: Synthesis) -> list[Json]:
    """Return the actions of the pipeline in order, each with the build that it starts."""
    stack = payments.stacks["payments-pipeline"]
    [pipeline] = stack.resources("aws_codepipeline")
    builds = {
        f"${{aws_codebuild_project.{one.name}.name}}": one.config
        for one in stack.resources("aws_codebuild_project")
    }
    return [
        {
            **action,
            "stage": stage["name"],
            "build": builds.get(action["configuration"].get("ProjectName", "")),
        }
        for stage in pipeline.config["stage"]
        for action in stage["action"]
    ]


def exported(action: Json) -> list[str]:
    """Return the variables that the build of *action* exports."""
    spec = json.loads(action["build"]["source"]["buildspec"])
    return list(spec["env"]["exported-variables"])


def test_the_way_of_a_release(actions: list[Json]) -> None:
    """Production's plan is made and approved right before it is deployed."""
    assert [action["stage"] for action in actions] == [
        "source",
        "build",
        "deploy-dev",
        "deploy-staging",
        "plan-prod",
        "approve-prod",
        "deploy-prod",
    ]


def test_every_artifact_was_made_before(actions: list[Json]) -> None:
    """A step reads nothing that no earlier one wrote."""
    made: set[str] = set()
    for action in actions:
        assert set(action.get("input_artifacts") or []) <= made, action["stage"]
        made |= set(action.get("output_artifacts") or [])


def test_every_variable_is_known(actions: list[Json]) -> None:
    """Of a command line: of the project, told by the pipeline, or the place of an input."""
    for action in (one for one in actions if one["build"]):
        spec = json.loads(action["build"]["source"]["buildspec"])
        told = json.loads(action["configuration"].get("EnvironmentVariables", "[]"))
        there = {v["name"] for v in action["build"]["environment"]["environment_variable"]}
        there |= {v["name"] for v in told} | set(exported(action)) | _OF_THE_SHELL
        there |= {f"CODEBUILD_SRC_DIR_{name}" for name in action["input_artifacts"]}
        used = {n for line in spec["phases"]["build"]["commands"] for n in _VARIABLE.findall(line)}
        assert used <= there, action["stage"]


def references(value: object) -> Iterator[tuple[str, str]]:
    """Yield the variables of earlier steps that a configuration names."""
    yield from _REFERENCE.findall(json.dumps(value))


def test_every_reference_is_to_what_was_exported(actions: list[Json]) -> None:
    """What the approver reads, and what a step is told, an earlier one exported."""
    known: set[tuple[str, str]] = set()
    for action in actions:
        assert set(references(action["configuration"])) <= known, action["stage"]
        if action.get("namespace"):
            known |= {(action["namespace"], name) for name in exported(action)}


def test_whoever_approves_sees_release_effect_and_hash(actions: list[Json]) -> None:
    """And the deployment is told the hash apart from the file."""
    approval = next(one for one in actions if one["stage"] == "approve-prod")
    asked = approval["configuration"]["CustomData"]
    wanted = {("build", "RELEASE"), ("plan_prod", "SUMMARY"), ("plan_prod", "PLAN_SHA256")}
    assert wanted <= set(references(asked))
    deploy = next(one for one in actions if one["stage"] == "deploy-prod")
    assert ("plan_prod", "PLAN_SHA256") in set(references(deploy["configuration"]))


def test_nobody_polls_and_runs_queue(payments: Synthesis, actions: list[Json]) -> None:
    """EventBridge starts it, one run after the other."""
    stack = payments.stacks["payments-pipeline"]
    [pipeline] = stack.resources("aws_codepipeline")
    assert pipeline.config["execution_mode"] == "QUEUED"
    assert actions[0]["configuration"]["PollForSourceChanges"] == "false"
    patterns = [
        json.loads(rule.config["event_pattern"])
        for rule in stack.resources("aws_cloudwatch_event_rule")
    ]
    assert [pattern["source"][0] for pattern in patterns] == ["aws.s3"]


def test_each_build_can_become_one_deployer(payments: Synthesis) -> None:
    """Of its own environment; no build reaches two accounts."""
    stack = payments.stacks["payments-pipeline"]
    for policy in stack.resources("aws_iam_role_policy", "aws_iam_policy"):
        if "boundary" in policy.name:
            continue
        assert policy.config["policy"].count("sts:AssumeRole") <= 1, policy.name
