"""What is running: the digest of the blueprint, kept beside the resources it made."""

from cdktf import TerraformLocal, TerraformOutput
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter
from constructs import Construct

from constructs_lib.site import Site
from model.names import BLUEPRINT_DIGEST

DIGEST_LOCAL = "blueprint_digest"
DIGEST_TO_COME = "blueprint-digest-to-come"


def blueprint_record(scope: Construct, id_: str, *, site: Site) -> SsmParameter:
    """Record the digest in Parameter Store and as an output; return the parameter.

    It stands in a local, for it is the digest of everything but the locals; `main.py` fills it in
    when the body is complete, and the audit checks it. The parameter must be made when all else
    is (`ask_before_destruction` sees to it), and the output comes after it: a deployment that
    failed halfway claims nothing.
    """
    digest = TerraformLocal(scope, DIGEST_LOCAL, DIGEST_TO_COME)
    parameter = SsmParameter(
        scope,
        id_,
        name=site.names.parameter(BLUEPRINT_DIGEST),
        description="SHA-256 of the Terraform of this environment but for its locals",
        type="String",
        tier="Standard",
        value=digest.as_string,
        tags=site.tags,
    )
    output = TerraformOutput(
        scope, "blueprint_sha256", static_id=True, value=digest.as_string,
        description="The same in every environment that runs the same blueprint",
    )  # fmt: skip
    # cdktf writes `${…}` here, which Terraform takes in no depends_on.
    address = f"{parameter.terraform_resource_type}.{parameter.friendly_unique_id}"
    output.add_override("depends_on", [address])
    return parameter
