"""What watches over an environment: the record of its resources, and the check for drift."""

from typing import Final

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.data.bucket import Bucket
from constructs_lib.delivery.drift_check import drift_check, may_check_drift
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.observability.config_recorder import config_recorder
from constructs_lib.provider import provide_aws
from constructs_lib.site import Site
from model.environment import Environment
from model.governance import GovernanceSpec
from model.parts import BucketSpec
from model.platform import Platform
from model.variation import replaced

_PARTS: Final = ("identity.", "deployment.", "logs.")


class GovernanceStack(TerraformStack):
    """AWS Config and the scheduled drift check; one per account and region [G5, G6]."""

    def __init__(  # noqa: PLR0913 - what it is built from
        self,
        scope: Construct,
        id_: str,
        *,
        platform: Platform,
        spec: GovernanceSpec,
        environment: Environment,
        paths: tuple[str, ...],
    ) -> None:
        super().__init__(scope, id_)
        own = tuple(path for path in paths if path.startswith(_PARTS))
        site = Site.create(self, platform=platform, environment=environment, paths=own)
        own_key = f"{platform.name}-governance.tfstate"
        provide_aws(self, site=site, state=replaced(environment.state, "key", own_key))

        key = EncryptionKey.create(self, "key", site=site, kind="governance-key")
        boundary = PermissionBoundary.create(
            self,
            "boundary",
            site=site,
            kind="governance-boundary",
            also=[may_check_drift(site)],
        )
        bucket = Bucket.create(
            self,
            "bucket",
            site=site,
            spec=BucketSpec(name="governance", folders=("source/",), expires=False),
            name=site.bucket_name("governance"),
            key=key,
            writer="config.amazonaws.com",
        )
        config_recorder(self, "config", site=site, bucket=bucket, key=key)
        drift_check(self, "drift", site=site, spec=spec, bucket=bucket, key=key, boundary=boundary)

        TerraformOutput(self, "governance_bucket", static_id=True, value=bucket.name)
