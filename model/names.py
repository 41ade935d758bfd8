"""Every name there is: of resources, stacks, states and parameters, each written once.

Names are made of strings, and of references to Terraform locals alike. They are
`payment-<type>-<environment>` with an optional suffix [G2]; names of buckets end in the account's
id, because they are global and somebody else may own the shorter ones.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from attrs import frozen

PREFIX: Final = "payment"
"""What every resource name begins with [G2]."""

ANY: Final = "*"
"""The kind that stands for all kinds, in the patterns of IAM policies."""

ALERTS: Final = "alerts"
"""The kind of the topic that alarms are published to."""

EVENTS: Final = "events"
"""The kind of the topic that payment events are published to."""

QUEUE: Final = "queue"
"""The kind of the queue of payments."""

BLUEPRINT_DIGEST: Final = "blueprint-digest"
"""The path of the parameter that says which blueprint is deployed."""

SOURCE_ARCHIVE: Final = "source/blueprint.zip"
"""The object with this repository, from which the drift check and the pipeline build."""

SOURCE_BUCKETS: Final = {"governance": "governance", "pipeline": "blueprints"}
"""By kind of stack: the kind of the bucket that holds the repository."""

DATABASE_PASSWORD: Final = "database/password"  # noqa: S105 - a path
"""The path of the parameter with the database's password."""

WEBHOOK_SECRET: Final = "webhook/secret"  # noqa: S105 - a path
"""The path of the parameter with the secret that signs webhooks."""

LENGTHS: Final = {
    "aws_api_gateway_api_key": ("name", 1024),
    "aws_api_gateway_rest_api": ("name", 1024),
    "aws_api_gateway_usage_plan": ("name", 1024),
    "aws_cloudwatch_dashboard": ("dashboard_name", 255),
    "aws_cloudwatch_event_rule": ("name", 64),
    "aws_cloudwatch_metric_alarm": ("alarm_name", 255),
    "aws_db_instance": ("identifier", 63),
    "aws_db_parameter_group": ("name", 255),
    "aws_db_subnet_group": ("name", 255),
    "aws_dynamodb_table": ("name", 255),
    "aws_iam_policy": ("name", 128),
    "aws_iam_role": ("name", 64),
    "aws_kms_alias": ("name", 256),
    "aws_lambda_function": ("function_name", 64),
    "aws_lambda_layer_version": ("layer_name", 140),
    "aws_lb": ("name", 32),
    "aws_lb_target_group": ("name", 32),
    "aws_rds_cluster": ("cluster_identifier", 63),
    "aws_rds_cluster_instance": ("identifier", 63),
    "aws_rds_cluster_parameter_group": ("name", 255),
    "aws_s3_bucket": ("bucket", 63),
    "aws_scheduler_schedule": ("name", 64),
    "aws_security_group": ("name", 255),
    "aws_sns_topic": ("name", 256),
    "aws_sqs_queue": ("name", 80),
}
"""By Terraform's type: the attribute that holds the name, and its longest length in characters.

Source: the API reference of each service, read 2026-11-21.
"""


class StackKind(Enum):
    """What a stack is for."""

    STATE = "state"
    NETWORK = "network"
    APPLICATION = "application"
    GOVERNANCE = "governance"
    PIPELINE = "pipeline"


@frozen(kw_only=True)
class Names:
    """The names of one environment of a platform, or of a copy of it.

    Attributes:
        platform: The platform's name.

        ending: What every name ends in: the environment's name, and the suffix of a copy.
    """

    platform: str
    ending: str

    def resource(self, kind: str) -> str:
        """Return the name of a resource, `payment-<kind>-<environment>`."""
        return f"{PREFIX}-{kind}-{self.ending}"

    def bucket(self, kind: str, account_id: str) -> str:
        """Return the name of a bucket, which ends in the account: bucket names are global."""
        return f"{self.resource(kind)}-{account_id}"

    def of_stack(self, stack: StackKind, kind: str) -> str:
        """Return the name of what each stack has one of, such as `payment-state-key-dev`."""
        own = stack in (StackKind.APPLICATION, StackKind.PIPELINE)
        return self.resource(kind if own else f"{stack.value}-{kind}")

    def parameter(self, path: str) -> str:
        """Return the name of a parameter in Parameter Store, `/<platform>/<environment>/<path>`."""
        return f"/{self.platform}/{self.ending}/{path}"

    def stack(self, kind: StackKind) -> str:
        """Return the name of a stack, `<platform>-<kind>-<environment>`.

        The application's has no kind in it, the pipeline's no environment.
        """
        if kind is StackKind.APPLICATION:
            return f"{self.platform}-{self.ending}"
        if kind is StackKind.PIPELINE:
            return f"{self.platform}-{kind.value}"
        return f"{self.platform}-{kind.value}-{self.ending}"

    def is_resource(self, name: str, *, account_id: str = "") -> bool:
        """Tell whether *name* is that of a resource, or of a bucket in *account_id*."""
        endings = (f"-{self.ending}", *([f"-{self.ending}-{account_id}"] if account_id else ()))
        return name.startswith(f"{PREFIX}-") and name.endswith(endings)


def state_key(platform: str, kind: StackKind, *, suffix: str = "") -> str:
    """Return the key of the state of the stack of a *kind*; copies have a folder each."""
    stack = platform if kind is StackKind.APPLICATION else f"{platform}-{kind.value}"
    return "/".join(filter(None, (suffix, f"{stack}.tfstate")))


def form(ending: str = "") -> re.Pattern[str]:
    """Return the form of all resource names that end in *ending*, or in any environment.

    Behind it there may be an account (buckets), a number (instances) or `.fifo`.
    """
    end = re.escape(ending) if ending else "[a-z0-9]+"
    return re.compile(rf"(alias/)?{PREFIX}-[a-z0-9-]+-{end}(-\d{{12}})?(-\d{{1,2}})?(\.fifo)?")
