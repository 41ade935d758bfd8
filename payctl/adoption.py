"""Recognizes what a killed deployment made and did not write into its state.

Terraform would make it once more, and AWS refuse, for the name is taken.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from model.environment import Environment
from payctl.attached.neighbours import unmanaged
from payctl.aws.state_bucket import StateBucket, identities
from payctl.terraform.session import Session

_NAMES: Final = {
    "aws_cloudwatch_event_rule": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_cloudwatch_metric_alarm": "alarm_name",
    "aws_dynamodb_table": "name",
    "aws_iam_role": "name",
    "aws_lambda_function": "function_name",
    "aws_s3_bucket": "bucket",
    "aws_sns_topic": "name",
    "aws_sqs_queue": "name",
    "aws_ssm_parameter": "name",
}
"""By type: the attribute that holds the name, which AWS gives to one thing only."""

_BY_IDENTITY: Final = frozenset({"aws_sns_topic", "aws_sqs_queue"})
"""Types that are imported by ARN or URL; all others by their name."""


def adoptable(plan: Mapping[str, Any], left: Iterable[str]) -> dict[str, str]:
    """Return what *plan* would create and is among the things *left*: ids to import by address."""
    there = {_name(identity): identity for identity in left}
    found = {}
    for entry in plan.get("resource_changes", ()):
        attribute = _NAMES.get(entry.get("type", ""), "")
        if entry["change"]["actions"] != ["create"] or not attribute:
            continue
        name = (entry["change"].get("after") or {}).get(attribute)
        identity = there.get(_name(name)) if isinstance(name, str) else None
        if identity is not None:
            found[entry["address"]] = identity if entry["type"] in _BY_IDENTITY else str(name)
    return found


def left_behind(session: Session) -> tuple[str, ...]:
    """Return what is in the account under the environment's names and tags, and in no state."""
    project, environment = session.project, session.environment
    bucket = StateBucket.of(session.workspace.stack, session.access)
    platform = project.blueprint.platform
    return tuple(
        unmanaged(
            session.access,
            names=environment.names(platform),
            tags=_tags(session, environment),
            known=frozenset().union(
                *(identities(state) for state in (*bucket.other_states(), bucket.state()))
            ),
        )
    )


def _tags(session: Session, environment: Environment) -> dict[str, str]:
    keys = session.project.blueprint.platform.tag_keys
    return {keys.project: session.project.name, keys.environment: environment.identity.name}


def _name(identity: str) -> str:
    return identity.removesuffix(":*").rpartition(":")[2].rpartition("/")[2]
