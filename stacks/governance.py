"""What watches over an environment: the record of its resources, and the check for drift."""

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.data.bucket import Bucket
from constructs_lib.delivery.drift_check import drift_check, drift_check_boundary
from constructs_lib.observability.config_recorder import config_recorder
from constructs_lib.site import Site
from model.environment import Environment
from model.governance import GovernanceSpec
from model.names import StackKind
from model.parts import BucketSpec
from model.platform import Platform


class GovernanceStack(TerraformStack):
    """AWS Config and the scheduled drift check; one per account and region [G5, G6]."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        platform: Platform,
        spec: GovernanceSpec,
        environment: Environment,
    ) -> None:
        super().__init__(scope, id_)
        site = Site.create(
            self,
            kind=StackKind.GOVERNANCE,
            platform=platform,
            environment=environment,
            bound=drift_check_boundary,
        )

        bucket = Bucket.create(
            self,
            "bucket",
            site=site,
            spec=BucketSpec(name="governance", folders=("source/",), expires=False),
            writer="config.amazonaws.com",
        )
        config_recorder(self, "config", site=site, bucket=bucket)
        drift_check(self, "drift", site=site, spec=spec, bucket=bucket)

        TerraformOutput(self, "governance_bucket", static_id=True, value=bucket.name)
