"""Every alarm reaches somebody: a subscription of its topic that takes what an alarm sends.

Alarms, and most services, send messages without attributes: a subscription that filters by
attributes never sees one. A queue is nobody: what stands in it waits for whoever looks.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.iam.template_json import parsed
from audit.policy.rule import Rule, Violation, violation
from audit.relation.delivery import deliveries
from audit.relation.deployed import Deployed, deployed
from audit.synthesized import Resource, Stack

_ALARMS: Final = ("aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm")
_TELL_PEOPLE: Final = frozenset(
    {
        "cloudwatch.amazonaws.com",
        "codestar-notifications.amazonaws.com",
        "events.rds.amazonaws.com",
    }
)
"""Services whose messages are for people."""
_PEOPLE: Final = frozenset({"application", "email", "email-json", "https", "lambda", "sms"})
"""Protocols at whose end somebody is told; a function may page people."""
_CHATS: Final = (
    "aws_chatbot_slack_channel_configuration",
    "aws_chatbot_teams_channel_configuration",
)


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    for alarm in world.resources(*_ALARMS):
        yield from _alarm(world, alarm)
    topics = {
        topic.address: topic
        for delivery in deliveries(world)
        if delivery.service in _TELL_PEOPLE
        and (topic := world.at(delivery.receiver, "aws_sns_topic")) is not None
    }
    for topic in topics.values():
        if not _is_heard(world, topic):
            message = (
                "must have a subscription by e-mail, HTTPS, SMS, chat or a function that takes "
                "messages without attributes, for alarms are sent to it; has none"
            )
            yield violation(topic, "", message)


def _alarm(world: Deployed, alarm: Resource) -> Iterator[Violation]:
    if alarm.config.get("actions_enabled") is False:
        yield violation(alarm, "actions_enabled", "must be true, or the alarm notifies nobody")
    actions = alarm.config.get("alarm_actions") or ()
    if not actions and not _is_part_of_another(world, alarm):
        yield violation(alarm, "alarm_actions", "must name who is told, names nobody")


def _is_part_of_another(world: Deployed, alarm: Resource) -> bool:
    """Tell whether a composite alarm speaks for it."""
    name, reference = str(alarm.config.get("alarm_name")), alarm.address
    return any(
        f'"{name}"' in str(other.config.get("alarm_rule", "")).replace("'", '"')
        or f"({name})" in str(other.config.get("alarm_rule", ""))
        or reference in str(other.config.get("alarm_rule", ""))
        for other in world.resources("aws_cloudwatch_composite_alarm")
        if other.address != alarm.address
    )


def _is_heard(world: Deployed, topic: Resource) -> bool:
    """Tell whether somebody gets the messages of *topic* that have no attributes."""
    return any(
        world.at(one.config.get("topic_arn"), "aws_sns_topic") is topic and _takes_all(one.config)
        for one in world.resources("aws_sns_topic_subscription")
    ) or any(
        world.at(arn, "aws_sns_topic") is topic
        for chat in world.resources(*_CHATS)
        for arn in chat.config.get("sns_topic_arns") or ()
    )


def _takes_all(subscription: Mapping[str, Any]) -> bool:
    """Tell whether a subscription takes messages that have no attributes, to people."""
    if not _PEOPLE & set(_protocols(subscription.get("protocol"))):
        return False
    text = subscription.get("filter_policy")
    if not text:
        return True
    try:
        wanted = parsed(str(text))
    except ValueError:
        return False
    by_attributes = subscription.get("filter_policy_scope", "MessageAttributes") != "MessageBody"
    return (
        by_attributes
        and isinstance(wanted, dict)
        and all(values == [{"exists": False}] for values in wanted.values())
    )


def _protocols(written: object) -> tuple[str, ...]:
    """Return the protocols that *written* may be: one, or either side of a condition."""
    text = str(written)
    return (text,) if "${" not in text else tuple(p for p in _PEOPLE if f'"{p}"' in text)


RULE: Final = Rule(
    id="alarm-receivers",
    title="Every alarm reaches somebody",
    why="An alarm without a recipient looks like the absence of a problem.",
    source_url="https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html",
    suppressible=False,
    check=_check,
)
