"""The pipeline that promotes one blueprint from environment to environment [G9]."""

from collections.abc import Sequence
from typing import Final

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.bucket import Bucket
from constructs_lib.delivery_boundary import delivery_boundary
from constructs_lib.delivery_pipeline import delivery_pipeline
from constructs_lib.encryption_key import EncryptionKey
from constructs_lib.provider import provide_aws
from constructs_lib.site import Site
from model.environment import Deployment, Environment, Identity, StateLocation
from model.governance import PipelineSpec
from model.parts import BucketSpec
from model.platform import Platform
from model.settings import LogSettings

_NAME: Final = "delivery"
_PATHS: Final = ("deployment.confirmation",)
"""Everything else is the same wherever it is synthesized: there is one pipeline."""


class PipelineStack(TerraformStack):
    """One pipeline for all environments, in an account of its own."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        platform: Platform,
        spec: PipelineSpec,
        environments: Sequence[Environment],
    ) -> None:
        super().__init__(scope, id_)
        home = _home(platform, spec)
        site = Site.create(self, platform=platform, environment=home, paths=_PATHS)
        provide_aws(self, site=site, state=home.state)

        key = EncryptionKey.create(self, "key", site=site)
        boundary = delivery_boundary(self, "boundary", site=site, environments=environments)
        bucket = Bucket.create(
            self,
            "bucket",
            site=site,
            spec=BucketSpec(name="blueprints", folders=("source/",), expires=False),
            name=site.bucket_name("blueprints"),
            key=key,
        )
        name = delivery_pipeline(
            self,
            "pipeline",
            site=site,
            environments=environments,
            bucket=bucket,
            key=key,
            boundary=boundary,
        )

        TerraformOutput(self, "pipeline_name", static_id=True, value=name)


def _home(platform: Platform, spec: PipelineSpec) -> Environment:
    """Return the place of the pipeline as if it were an environment, for names and tags."""
    account = f"arn:aws:iam::{spec.account_id}:role"
    return Environment(
        identity=Identity(
            name=_NAME,
            account_id=spec.account_id,
            region=spec.region,
            cost_center=spec.cost_center,
            data_classification="internal",
            key_role_arns=(f"{account}/payments-key-administrator-{_NAME}",),
        ),
        deployment=Deployment(name=_NAME, confirmation=""),
        state=StateLocation(
            bucket=spec.state_bucket,
            key=f"{platform.name}-pipeline.tfstate",
            region=spec.region,
            lock_table=spec.lock_table,
        ),
        logs=LogSettings(retention_days=365),
    )
