"""The pipeline that promotes one blueprint from environment to environment [G9]."""

from collections.abc import Sequence
from functools import partial

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.data.bucket import Bucket
from constructs_lib.delivery.delivery_boundary import delivery_boundary
from constructs_lib.delivery.delivery_pipeline import delivery_pipeline
from constructs_lib.site import Site
from model.delivery_home import delivery_home
from model.environment import Environment
from model.governance import PipelineSpec
from model.names import StackKind
from model.parts import BucketSpec
from model.platform import Platform


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
        site = Site.create(
            self,
            kind=StackKind.PIPELINE,
            platform=platform,
            environment=delivery_home(platform, spec),
            bound=partial(delivery_boundary, environments=environments),
        )

        bucket = Bucket.create(
            self,
            "bucket",
            site=site,
            spec=BucketSpec(name="blueprints", folders=("source/",), expires=False),
        )
        name = delivery_pipeline(
            self, "pipeline", site=site, environments=environments, bucket=bucket
        )

        TerraformOutput(self, "pipeline_name", static_id=True, value=name)
