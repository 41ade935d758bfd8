"""The queue of payments to process."""

from typing import Self

from attrs import frozen
from cdktf import Op, Token
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct

from constructs_lib.data.dead_letters import MESSAGE_BYTES, SECONDS_PER_DAY, DeadLetterQueue
from constructs_lib.identity.policy import Statement, document, json_template, tls_only
from constructs_lib.site import Site
from model.names import QUEUE
from model.parts import QueueSpec


@frozen(kw_only=True, eq=False)
class PaymentQueue:
    """The queue of payments to process, and its dead letters [Q1]."""

    name: str
    url: str
    arn: str
    dead_letters: DeadLetterQueue

    @classmethod
    def of_platform(cls, scope: Construct, id_: str, *, site: Site) -> Self | None:
        """Create the queue of the platform, where it has one."""
        spec = site.platform.queue
        return cls.create(scope, id_, site=site, spec=spec) if spec else None

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site, spec: QueueSpec) -> Self:
        """Create the queue and where its messages go after too many attempts."""
        node, name = Construct(scope, id_), site.name(QUEUE)
        days = site.environment.queue.dead_letter_retention_days
        dead_letters = DeadLetterQueue.create(node, "dead_letters", site=site, kind="dead-letters")
        queue = SqsQueue(
            node,
            "queue",
            name=name,
            policy=document(tls_only("sqs:*", site.arn("sqs", name))),
            message_retention_seconds=Token.as_number(
                Op.mul(Op.sub(days, spec.dead_letter_days), SECONDS_PER_DAY)
            ),
            visibility_timeout_seconds=spec.visibility_timeout_seconds,
            receive_wait_time_seconds=20,
            max_message_size=MESSAGE_BYTES,
            kms_master_key_id=site.key.arn,
            kms_data_key_reuse_period_seconds=300,
            redrive_policy=json_template(
                {
                    "deadLetterTargetArn": dead_letters.arn,
                    "maxReceiveCount": spec.max_receive_count,
                }
            ),
            tags=site.tags,
        )
        return cls(
            name=queue.name,
            url=queue.url,
            arn=queue.arn,
            dead_letters=dead_letters,
        )

    def send(self) -> Statement:
        """Return the permission to add payments [Q3]."""
        return Statement(sid="SendPayments", actions=["sqs:SendMessage"], resources=[self.arn])

    def receive(self) -> Statement:
        """Return the permission to work payments off [Q3]."""
        return Statement(
            sid="ReceivePayments",
            actions=["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
            resources=[self.arn],
        )

    def redrive(self, *, site: Site) -> list[Statement]:
        """Return the permission to put dead letters back, for operators.

        Both queues are encrypted: who moves a message decrypts it and encrypts it again.
        """
        return [
            site.key.use(),
            Statement(
                sid="RedriveDeadLetters",
                actions=[
                    "sqs:StartMessageMoveTask",
                    "sqs:CancelMessageMoveTask",
                    "sqs:ListMessageMoveTasks",
                    "sqs:ReceiveMessage",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                ],
                resources=[self.dead_letters.arn],
            ),
            Statement(
                sid="RedriveTo",
                actions=["sqs:SendMessage", "sqs:GetQueueAttributes"],
                resources=[self.arn],
            ),
        ]
