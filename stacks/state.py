"""The stack that is deployed first, once per account: where the state of the others is kept."""

from typing import Final

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.compute.api_account import api_account
from constructs_lib.data.bucket import Bucket
from constructs_lib.data.lock_table import lock_table
from constructs_lib.delivery.confirmation import ask_before_destruction
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.provider import provide_aws
from constructs_lib.site import Site
from model.environment import Environment
from model.parts import BucketSpec
from model.platform import Platform
from model.variation import replaced

PATHS: Final = (
    "identity.name",
    "identity.account_id",
    "identity.region",
    "identity.cost_center",
    "identity.data_classification",
    "identity.key_role_arns",
    "deployment.name",
    "deployment.confirmation",
    "deployment.peer_names",
    "deployment.peer_account_ids",
    "state.bucket",
    "state.lock_table",
)
"""The settings that this stack needs."""


class StateStack(TerraformStack):
    """State bucket, lock table, and what an account has only one of [B2]."""

    def __init__(
        self, scope: Construct, id_: str, *, platform: Platform, environment: Environment
    ) -> None:
        super().__init__(scope, id_)
        site = Site.create(self, platform=platform, environment=environment, paths=PATHS)
        own_key = f"{platform.name}-state.tfstate"
        provide_aws(self, site=site, state=replaced(environment.state, "key", own_key))

        key = EncryptionKey.create(self, "key", site=site, kind="state-key")
        bucket = Bucket.create(
            self,
            "bucket",
            site=site,
            spec=BucketSpec(name="state", folders=(), expires=False),
            name=site.environment.state.bucket,
            key=key,
        )
        lock_table(self, "locks", site=site, key=key)
        if platform.api:
            boundary = PermissionBoundary.create(self, "boundary", site=site, kind="state-boundary")
            api_account(self, "api_account", site=site, boundary=boundary)

        TerraformOutput(self, "bucket_name", static_id=True, value=bucket.name)

        ask_before_destruction(self)
