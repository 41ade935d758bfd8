"""Tells the alert topic of an environment what was found."""

from collections.abc import Sequence
from typing import Final

from audit.finding import Finding
from audit.report import text
from model.environment import Environment
from model.names import ALERTS
from payctl.access import Access
from payctl.aws.refusal import asking
from payctl.project import Project

EVENT_TYPE: Final = "platform.drift"
"""Subscribers of the alert topic filter by the attribute `event_type`."""

_SUBJECT_CHARACTERS: Final = 100
_MESSAGE_CHARACTERS: Final = 200_000
"""SNS takes 256 KiB."""


def publish(project: Project, environment: Environment, findings: Sequence[Finding]) -> None:
    """Publish *findings* to the alert topic of *environment*; nothing happens without any."""
    if not findings:
        return
    access = Access.to(project.name, environment)
    name = environment.names(project.blueprint.platform).resource(ALERTS)
    topic = f"arn:aws:sns:{access.region}:{access.account_id}:{name}"
    subject = f"{len(findings)} drift findings in {project.stack_name(environment)}"
    with asking(f"publish to {topic}"):
        access.client("sns").publish(
            TopicArn=topic,
            Subject=subject[:_SUBJECT_CHARACTERS],
            Message=text(findings)[:_MESSAGE_CHARACTERS],
            MessageAttributes={"event_type": {"DataType": "String", "StringValue": EVENT_TYPE}},
        )
