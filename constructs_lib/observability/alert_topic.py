"""The topic of alarms, and the people who hear them.

Alarms do not share the topic of payment events, whose subscriptions filter by an attribute that
alarms do not have. `alarms.recipients` names e-mail addresses and HTTPS endpoints; an address holds
no secret. Only CloudWatch may publish: EventBridge cannot publish to an encrypted topic under the
conditions of our policy, so failed builds are a metric with an alarm. Each e-mail address must be
confirmed once by its reader, which no code can see.
"""

from typing import Self

from attrs import frozen
from cdktf import Token
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_policy import SnsTopicPolicy
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from constructs import Construct

from constructs_lib.identity.policy import Statement, document, tls_only
from constructs_lib.site import Site
from model.names import ALERTS

_RECIPIENTS = {"email": "alarms.recipients.emails", "https": "alarms.recipients.https_urls"}
"""By SNS's protocol: the setting that names who is told in this way."""
_CONFIRMATION_MINUTES = 5


@frozen(kw_only=True, eq=False)
class AlertTopic:
    """An encrypted topic whose every message reaches all recipients [O4].

    It is one per stack, for nothing filters: alarms carry no attributes to filter by.
    """

    arn: str
    name: str

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site) -> Self:
        """Create the topic, open to this account's alarms over TLS only."""
        node = Construct(scope, id_)
        topic = SnsTopic(
            node,
            "topic",
            name=site.names.of_stack(site.kind, ALERTS),
            kms_master_key_id=site.key.arn,
            fifo_topic=False,
            signature_version=2,
            tags=site.tags,
        )
        account_id = site.environment.identity.account_id
        SnsTopicPolicy(
            node,
            "policy",
            arn=topic.arn,
            policy=document(
                Statement(
                    sid="Alarms",
                    principals={"Service": "cloudwatch.amazonaws.com"},
                    actions=["sns:Publish"],
                    resources=[topic.arn],
                    condition={"StringEquals": {"aws:SourceAccount": account_id}},
                ),
                tls_only("sns:Publish", topic.arn),
            ),
        )
        for protocol, path in _RECIPIENTS.items():
            _tell(node, site, topic, protocol, path)
        return cls(arn=topic.arn, name=topic.name)


def _tell(node: Construct, site: Site, topic: SnsTopic, protocol: str, path: str) -> None:
    """Subscribe whom the setting at *path* names; an e-mail waits for a click of its reader."""
    recipients, confirms_itself = site.local(path), protocol == "https"
    SnsTopicSubscription(
        node,
        f"to_{protocol}",
        count=Token.as_number(f"${{length({recipients})}}"),
        topic_arn=topic.arn,
        protocol=protocol,
        endpoint=f"${{{recipients}[count.index]}}",
        endpoint_auto_confirms=confirms_itself,
        confirmation_timeout_in_minutes=_CONFIRMATION_MINUTES if confirms_itself else None,
    )
