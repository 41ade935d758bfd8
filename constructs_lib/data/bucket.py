"""An S3 bucket."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.s3_object import S3Object
from constructs import Construct

from constructs_lib.data.lifecycle import lifecycle
from constructs_lib.data.private_bucket import PrivateBucket
from constructs_lib.identity.policy import Statement
from constructs_lib.site import Site
from model.parts import BucketSpec


@frozen(kw_only=True, eq=False)
class Bucket:
    """A versioned, encrypted, private bucket with the same folders everywhere [S1]."""

    spec: BucketSpec
    name: str
    arn: str

    @classmethod
    def of_platform(cls, scope: Construct, *, site: Site) -> dict[str, Self]:
        """Create the buckets of the platform; return them by their names."""
        return {
            spec.name: cls.create(scope, f"{spec.name}_bucket", site=site, spec=spec)
            for spec in site.platform.buckets
        }

    @classmethod
    def create(
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        spec: BucketSpec,
        name: str = "",
        writer: str = "",
    ) -> Self:
        """Create the bucket, by default under the name of *spec*.

        *writer* is an AWS service that may add to it.
        """
        node = Construct(scope, id_)
        made = PrivateBucket.create(
            node,
            site=site,
            name=name or site.bucket_name(spec.name),
            allowed=lambda arn: _delivery(site, arn, writer) if writer else (),
        )
        if spec.expires:
            lifecycle(node, made, site=site)
        for folder in spec.folders:
            S3Object(
                node,
                f"folder_{folder.strip('/')}",
                bucket=made.name,
                key=folder,
                content="",
                content_type="application/x-directory",
                server_side_encryption="aws:kms",
                kms_key_id=site.key.arn,
                tags=site.tags,
            )
        return cls(spec=spec, name=made.name, arn=made.arn)

    @property
    def variable(self) -> tuple[str, str]:
        """The environment variable that tells a function its name."""
        return f"{self.spec.name.upper()}_BUCKET", self.name

    def read(self) -> Statement:
        """Return the permission to read objects."""
        return Statement(
            sid=f"ReadBucket{self.spec.name.title()}",
            actions=["s3:GetObject", "s3:GetObjectVersion"],
            resources=[f"{self.arn}/*"],
        )

    def write(self) -> Statement:
        """Return the permission to add objects; nobody may delete."""
        return Statement(
            sid=f"WriteBucket{self.spec.name.title()}",
            actions=["s3:PutObject", "s3:AbortMultipartUpload"],
            resources=[f"{self.arn}/*"],
        )


def _delivery(site: Site, arn: str, service: str) -> list[Statement]:
    """Return what lets *service* look at the bucket and add to it, for this account only."""
    account_id = site.environment.identity.account_id
    mine = {"StringEquals": {"aws:SourceAccount": account_id}}
    return [
        Statement(
            sid="ServiceMayLook",
            principals={"Service": service},
            actions=["s3:GetBucketAcl", "s3:ListBucket"],
            resources=[arn],
            condition=mine,
        ),
        Statement(
            sid="ServiceMayAdd",
            principals={"Service": service},
            actions=["s3:PutObject"],
            resources=[f"{arn}/AWSLogs/{account_id}/*"],
            condition=mine,
        ),
    ]
