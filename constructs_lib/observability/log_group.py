"""A log group as every part of the platform has one."""

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from constructs import Construct

from constructs_lib.site import Site


def log_group(scope: Construct, id_: str, *, site: Site, name: str) -> CloudwatchLogGroup:
    """Create the log group *name*: encrypted, kept as long as the environment says [O1]."""
    return CloudwatchLogGroup(
        scope,
        id_,
        name=name,
        kms_key_id=site.key.arn,
        retention_in_days=site.environment.logs.retention_days,
        log_group_class="STANDARD",
        skip_destroy=False,
        tags=site.tags,
    )
