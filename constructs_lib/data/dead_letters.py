"""Where messages and events that could not be handled wait for a person."""

from typing import Self

from attrs import field, frozen
from cdktf import Op, Token
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
from constructs import Construct

from constructs_lib.identity.policy import Statement, document, tls_only
from constructs_lib.site import Site

SECONDS_PER_DAY = 86_400
MESSAGE_BYTES = 262_144


@frozen(kw_only=True, eq=False)
class DeadLetterQueue:
    """A queue that nothing reads, kept as long as the environment says [Q1].

    Attributes:
        written_arn: Its ARN, written out: a policy of its own cannot refer to the queue.

        said: What its policy says so far.
    """

    name: str
    arn: str
    written_arn: str
    queue: SqsQueue
    said: list[Statement] = field(factory=list)

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site, kind: str) -> Self:
        """Create `payment-<kind>-<environment>`."""
        node, name = Construct(scope, id_), site.name(kind)
        written_arn = site.arn("sqs", name)
        days = site.environment.queue.dead_letter_retention_days
        closed = tls_only("sqs:*", written_arn)
        queue = SqsQueue(
            node,
            "queue",
            name=name,
            policy=document(closed),
            message_retention_seconds=Token.as_number(Op.mul(days, SECONDS_PER_DAY)),
            kms_master_key_id=site.key.arn,
            kms_data_key_reuse_period_seconds=300,
            max_message_size=MESSAGE_BYTES,
            visibility_timeout_seconds=30,
            tags=site.tags,
        )
        return cls(
            name=queue.name, arn=queue.arn, written_arn=written_arn, queue=queue, said=[closed]
        )

    def send(self) -> Statement:
        """Return the permission to add messages, for a function's failed events."""
        return Statement(sid="KeepFailures", actions=["sqs:SendMessage"], resources=[self.arn])

    def keep_for(self, topic_arn: str) -> None:
        """Let a topic in with what it could not deliver; without that it would be gone."""
        self.said.append(
            Statement(
                sid="KeepUndelivered",
                principals={"Service": "sns.amazonaws.com"},
                actions=["sqs:SendMessage"],
                resources=[self.written_arn],
                condition={"ArnEquals": {"aws:SourceArn": topic_arn}},
            )
        )
        self.queue.policy = document(*self.said)
