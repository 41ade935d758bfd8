"""The pipeline that promotes one blueprint from environment to environment [G9]."""

from collections.abc import Sequence
from typing import Final

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.data.bucket import Bucket
from constructs_lib.delivery.delivery_boundary import delivery_boundary
from constructs_lib.delivery.delivery_pipeline import delivery_pipeline
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.provider import provide_aws
from constructs_lib.site import Site
from model.delivery_home import delivery_home
from model.environment import Environment
from model.governance import PipelineSpec
from model.parts import BucketSpec
from model.platform import Platform

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
        home = delivery_home(platform, spec)
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
