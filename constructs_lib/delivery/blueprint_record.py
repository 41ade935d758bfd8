"""What is running: the digest of the blueprint, kept beside the resources it made."""

from cdktf import TerraformLocal, TerraformOutput
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter
from constructs import Construct

from constructs_lib.site import Site
from model.names import BLUEPRINT_DIGEST

DIGEST_LOCAL = "blueprint_digest"
DIGEST_TO_COME = "blueprint-digest-to-come"


def blueprint_record(scope: Construct, id_: str, *, site: Site) -> None:
    """Record the digest in Parameter Store and as an output.

    It stands in a local, for it is the digest of everything but the locals; `main.py` fills it in
    when the body is complete, and the audit checks it.
    """
    digest = TerraformLocal(scope, DIGEST_LOCAL, DIGEST_TO_COME)
    SsmParameter(
        scope,
        id_,
        name=site.names.parameter(BLUEPRINT_DIGEST),
        description="SHA-256 of the Terraform of this environment but for its locals",
        type="String",
        tier="Standard",
        value=digest.as_string,
        tags=site.tags,
    )
    TerraformOutput(
        scope, "blueprint_sha256", static_id=True, value=digest.as_string,
        description="The same in every environment that runs the same blueprint",
    )  # fmt: skip
