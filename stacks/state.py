"""The stack that is deployed first, once per account: where the state of the others is kept."""

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.compute.api_account import api_account
from constructs_lib.data.bucket import Bucket
from constructs_lib.data.lock_table import lock_table
from constructs_lib.delivery.confirmation import ask_before_destruction
from constructs_lib.site import Site
from model.environment import Environment
from model.names import StackKind
from model.parts import BucketSpec
from model.platform import Platform


class StateStack(TerraformStack):
    """State bucket, lock table, and what an account has only one of [B2]."""

    def __init__(
        self, scope: Construct, id_: str, *, platform: Platform, environment: Environment
    ) -> None:
        super().__init__(scope, id_)
        site = Site.create(self, kind=StackKind.STATE, platform=platform, environment=environment)

        bucket = Bucket.create(
            self,
            "bucket",
            site=site,
            spec=BucketSpec(name="state", folders=(), expires=False),
            name=site.environment.state.bucket,
        )
        lock_table(self, "locks", site=site)
        api_account(self, "api_account", site=site)

        TerraformOutput(self, "bucket_name", static_id=True, value=bucket.name)
        TerraformOutput(self, "state_key_arn", static_id=True, value=site.key.arn)
        ask_before_destruction(site)
