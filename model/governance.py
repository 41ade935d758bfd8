"""What stands beside and above the environments of a platform."""

from __future__ import annotations

from attrs import frozen

from model.aws import ZONE_IDS
from model.constraint import every, flag, one_of, text, whole
from model.literal import literal


@frozen(kw_only=True)
class GovernanceSpec:
    """What watches over each environment from outside its stack [G5, G6].

    Attributes:
        drift_check_hours: How often what is deployed is compared with the blueprint.

        required_tags: Whether AWS Config asks for all six tags.
    """

    drift_check_hours: int = literal(whole(1, 168, "hours"), default=24)
    required_tags: bool = literal(flag(), default=True)


@frozen(kw_only=True)
class PipelineSpec:
    """Where the pipeline lives that promotes one blueprint through all environments [G9].

    Attributes:
        account_id: An account of its own, so that no environment can deploy to another.

        region: Where it runs.

        cost_center: Who pays for it.

        state_bucket, state_key_arn, lock_table: Where its Terraform state is kept, and under
            which KMS key.

        alert_emails: Who is told when a build fails.
    """

    account_id: str = literal(text(r"\d{12}", "an account id of 12 digits"))
    region: str = literal(one_of(sorted(ZONE_IDS)))
    cost_center: str = literal(text(r"[A-Za-z0-9-]{1,32}", "a cost centre"))
    state_bucket: str = literal(text(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "an S3 bucket name"))
    state_key_arn: str = literal(
        text(r"arn:aws:kms:[a-z0-9-]+:\d{12}:key/[0-9a-f-]{36}", "the ARN of a KMS key")
    )
    lock_table: str = literal(text(r"[\w.-]{3,255}", "a DynamoDB table name"))
    alert_emails: tuple[str, ...] = literal(
        every(text(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", "an e-mail address"), at_least=1)
    )
