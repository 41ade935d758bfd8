"""Nothing starts a function that needs the database before the database was migrated."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.reference import references
from audit.synthesized import Resource, Stack

_STARTS: Final = {
    "aws_cloudwatch_event_target": "arn",
    "aws_lambda_event_source_mapping": "function_name",
    "aws_s3_bucket_notification": "lambda_function",
    "aws_scheduler_schedule": "target",
}
"""What starts functions by itself, and where it says which."""
_DATABASES: Final = ("aws_db_instance", "aws_rds_cluster")


def _check(stack: Stack) -> Iterator[Violation]:
    calls = [call.address for call in stack.resources("aws_lambda_invocation")]
    users = {one.address for one in stack.resources("aws_lambda_function") if _uses_database(one)}
    for starter in stack.resources(*_STARTS):
        started = references(starter.config.get(_STARTS[starter.type]))
        if not users.isdisjoint(reference.address for reference in started):
            waits = starter.config.get("depends_on") or ()
            missing = [call for call in calls if call not in waits]
            if missing or not calls:
                message = f"must depend on {', '.join(missing) or 'the call of a migration'}"
                yield violation(starter, "depends_on", message)


def _uses_database(function: Resource) -> bool:
    return any(
        reference.address.startswith(_DATABASES)
        for reference in references(function.config.get("environment"))
    )


RULE: Final = Rule(
    id="after-migration",
    title="Schedules and queues wait for the migration",
    why="The database takes ten minutes to come up; a schedule that starts every minute fills a "
    "queue of failures on the first deployment.",
    source_url="https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on",
    check=_check,
)
