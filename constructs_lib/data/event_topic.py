"""The topic that payment events are published to."""

import json
from collections.abc import Sequence
from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_policy import SnsTopicPolicy
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from constructs import Construct

from constructs_lib.compute.function import Function
from constructs_lib.identity.policy import Statement, document, tls_only
from constructs_lib.site import Site
from model.names import EVENTS


@frozen(kw_only=True, eq=False)
class EventTopic:
    """An encrypted topic; subscribers filter by the attribute `event_type` [Q2]."""

    arn: str
    name: str
    node: Construct

    @classmethod
    def of_platform(cls, scope: Construct, id_: str, *, site: Site) -> Self | None:
        """Create the topic of the platform, where it has one."""
        return cls.create(scope, id_, site=site) if site.platform.event_topic else None

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site) -> Self:
        """Create the topic, open to roles of this account alone, over TLS only."""
        node = Construct(scope, id_)
        topic = SnsTopic(
            node,
            "topic",
            name=site.name(EVENTS),
            kms_master_key_id=site.key.arn,
            fifo_topic=False,
            signature_version=2,
            tags=site.tags,
        )
        SnsTopicPolicy(
            node,
            "policy",
            arn=topic.arn,
            policy=document(tls_only("sns:Publish", topic.arn)),
        )
        return cls(arn=topic.arn, name=topic.name, node=node)

    def publish(self) -> Statement:
        """Return the permission to publish [Q3]."""
        return Statement(sid="PublishEvents", actions=["sns:Publish"], resources=[self.arn])

    def notify(self, function: Function, *, event_types: Sequence[str]) -> None:
        """Start *function* for events of these types only, the same everywhere [Q2].

        What cannot be delivered goes to the function's dead letters, which let the topic in.
        """
        permission = LambdaPermission(
            self.node,
            f"may_start_{function.spec.name}",
            statement_id="events",
            action="lambda:InvokeFunction",
            function_name=function.name,
            principal="sns.amazonaws.com",
            source_arn=self.arn,
        )
        function.dead_letters.keep_for(self.arn)
        SnsTopicSubscription(
            self.node,
            f"to_{function.spec.name}",
            topic_arn=self.arn,
            protocol="lambda",
            endpoint=function.arn,
            filter_policy=json.dumps({"event_type": list(event_types)}),
            filter_policy_scope="MessageAttributes",
            redrive_policy=json.dumps({"deadLetterTargetArn": function.dead_letters.arn}),
            depends_on=[permission],
        )
