"""What functions run: our code and the libraries it uses, the same bytes everywhere [F2]."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.lambda_layer_version import LambdaLayerVersion
from constructs import Construct

from constructs_lib.site import Site


@frozen(kw_only=True)
class Archive:
    """A zip file beside the synthesized stacks.

    Attributes:
        name: The file's name in `cdktf.out/archives`.

        sha256: The SHA-256 of its bytes, in base64, as Lambda reports it.
    """

    name: str
    sha256: str

    @property
    def path(self) -> str:
        """Where Terraform finds it, seen from the folder of a stack."""
        return f"${{path.module}}/../../archives/{self.name}"


@frozen(kw_only=True, eq=False)
class Code:
    """The code of all functions, and the layer of libraries under it."""

    archive: Archive
    layer_arn: str

    @classmethod
    def create(
        cls, scope: Construct, id_: str, *, site: Site, code: Archive, libraries: Archive
    ) -> Self:
        """Publish the libraries as a layer."""
        node = Construct(scope, id_)
        layer = LambdaLayerVersion(
            node,
            "libraries",
            layer_name=site.name("libraries"),
            description="The pinned libraries that the functions use",
            filename=libraries.path,
            source_code_hash=libraries.sha256,
            compatible_runtimes=[site.platform.runtime.identifier],
            compatible_architectures=[site.platform.runtime.architecture],
            skip_destroy=False,
        )
        return cls(archive=code, layer_arn=layer.arn)
