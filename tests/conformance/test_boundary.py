"""No role reaches another environment, whatever its own policy says: documents, evaluated."""

import re

import pytest

from audit.synthesized import Stack
from tests.conformance.column import ENVIRONMENTS, Column, requirement
from tests.conformance.policy_evaluator import Document, Request, decides, permits, read

EVERYTHING = read(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["*"],"Resource":["*"]}]}'
)
ACTIONS = {
    "dynamodb": "dynamodb:GetItem",
    "sqs": "sqs:SendMessage",
    "sns": "sns:Publish",
    "lambda": "lambda:InvokeFunction",
    "s3": "s3:GetObject",
    "ssm": "ssm:GetParameter",
    "kms": "kms:Decrypt",
    "logs": "logs:PutLogEvents",
}


def boundary(stack: Stack) -> Document:
    """Return the permission boundary of a stack."""
    (policy,) = stack.resources("aws_iam_policy")
    return read(policy.config["policy"])


def resources_of(platform: str, name: str, account: str, region: str) -> list[tuple[str, str]]:
    """Return an action on one resource of each service in an environment."""
    resources = {
        "dynamodb": f"arn:aws:dynamodb:{region}:{account}:table/payment-transactions-{name}",
        "sqs": f"arn:aws:sqs:{region}:{account}:payment-queue-{name}",
        "sns": f"arn:aws:sns:{region}:{account}:payment-alerts-{name}",
        "lambda": f"arn:aws:lambda:{region}:{account}:function:payment-processing-{name}",
        "s3": f"arn:aws:s3:::payment-audit-{name}-{account}/transactions/1",
        "ssm": f"arn:aws:ssm:{region}:{account}:parameter/{platform}/{name}/database/password",
        "kms": f"arn:aws:kms:{region}:{account}:key/1234",
        "logs": f"arn:aws:logs:{region}:{account}:log-group:/aws/lambda/x:log-stream:y",
    }
    return [(ACTIONS[service], arn) for service, arn in resources.items()]


@requirement("P2")
@pytest.mark.parametrize("here", ENVIRONMENTS)
@pytest.mark.parametrize("there", ENVIRONMENTS)
def test_reach(every: Column, here: str, there: str) -> None:
    """A role that may do everything reaches its own environment, and no other."""
    bounds = boundary(every.stack(here))
    (target,) = (e for e in every.blueprint.environments if e.identity.name == there)
    identity = target.identity
    for action, arn in resources_of(every.name, there, identity.account_id, identity.region):
        request = Request(
            action=action, resource=arn, context={"aws:ResourceAccount": identity.account_id}
        )
        assert permits(request, identity=[EVERYTHING], boundary=bounds) is (here == there), arn


@requirement("P2")
def test_names_alone(every: Column) -> None:
    """The names of other environments are out of reach even inside one's own account."""
    first, *others = every.blueprint.environments
    bounds = boundary(every.stack(first.identity.name))
    for other in others:
        for action, arn in resources_of(
            every.name, other.identity.name, first.identity.account_id, first.identity.region
        ):
            if action.startswith(("kms:", "logs:")):
                continue  # Keys have no names; their policies tell environments apart.
            request = Request(
                action=action,
                resource=arn,
                context={"aws:ResourceAccount": first.identity.account_id},
            )
            assert not permits(request, identity=[EVERYTHING], boundary=bounds), arn


@requirement("P1", "P2")
def test_boundary_leaves_what_roles_need(every: Column) -> None:
    """Whatever a role's own policy allows, the boundary allows as well: none is in vain."""
    with_roles = [s.resolved for s in every.stacks.values() if any(s.resources("aws_iam_role"))]
    assert {stack.name for stack in with_roles} >= {f"{every.name}-prod"}
    for stack in with_roles:
        (provider,) = stack.body["provider"]["aws"]
        bounds = boundary(stack)
        arns = _arns(stack, provider["allowed_account_ids"][0], provider["region"])
        for role in stack.resources("aws_iam_role_policy"):
            for statement in read(role.config["policy"])["Statement"]:
                if statement["Effect"] == "Deny":
                    continue
                for resource in statement["Resource"]:
                    known = re.sub(r"\$\{([\w.]+)\.arn\}", lambda m: arns[m[1]], resource)  # noqa: B023 - used at once
                    example = known.replace("*", "x") if known != "*" else "arn:aws:x:::x"
                    for action in statement["Action"]:
                        request = Request(action=action, resource=example)
                        assert decides(request, [bounds]), f"{role.address}: {action} on {known}"


def _arns(stack: Stack, account: str, region: str) -> dict[str, str]:
    """Return the ARN that each resource of *stack* will have, by its address."""
    shapes = {
        "aws_dynamodb_table": (f"arn:aws:dynamodb:{region}:{account}:table/", "name"),
        "aws_sqs_queue": (f"arn:aws:sqs:{region}:{account}:", "name"),
        "aws_sns_topic": (f"arn:aws:sns:{region}:{account}:", "name"),
        "aws_s3_bucket": ("arn:aws:s3:::", "bucket"),
        "aws_cloudwatch_log_group": (f"arn:aws:logs:{region}:{account}:log-group:", "name"),
        "aws_ssm_parameter": (f"arn:aws:ssm:{region}:{account}:parameter", "name"),
        "aws_kms_key": (f"arn:aws:kms:{region}:{account}:key/1234", ""),
        "aws_codepipeline": (f"arn:aws:codepipeline:{region}:{account}:", "name"),
        "aws_codebuild_project": (f"arn:aws:codebuild:{region}:{account}:project/", "name"),
    }
    return {
        resource.address: shapes[resource.type][0]
        + str(resource.config.get(shapes[resource.type][1], ""))
        for resource in stack.resources(*shapes)
    }


@requirement("P3")
def test_trust(every: Column) -> None:
    """The operator's role can be taken by the roles that its environment names, and only those.

    Where the accounts are in one organization, they must be of it as well.
    """
    organization_id = every.blueprint.platform.organization_id
    for environment in every.blueprint.environments:
        (operator,) = (
            role
            for role in every.resources(environment.identity.name, "aws_iam_role")
            if "operator" in role.address
        )
        trust = read(operator.config["assume_role_policy"])
        trusted = environment.identity.trusted_role_arns
        others = {
            arn
            for other in every.blueprint.environments
            if other is not environment
            for arn in other.identity.trusted_role_arns
        }
        for arn in (*trusted, *others):
            for organization in (organization_id, "o-somebodyelse"):
                request = Request(
                    action="sts:AssumeRole",
                    resource="*",
                    context={"aws:PrincipalArn": arn, "aws:PrincipalOrgID": organization},
                )
                of_us = organization_id in {"", organization}
                assert decides(request, [trust]) is (arn in trusted and of_us)
