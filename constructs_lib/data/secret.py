"""Secrets that nobody ever sees: made by AWS, kept in Parameter Store, in no plan and no state."""

from typing import Self

from attrs import frozen
from cdktf import DataResource, TerraformStack, Token
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter
from constructs import Construct

from constructs_lib.identity.policy import Statement
from constructs_lib.site import Site
from model.names import WEBHOOK_SECRET

_LENGTH = 32


@frozen(kw_only=True, eq=False)
class GeneratedSecret:
    """A random secret in a SecureString parameter.

    Attributes:
        parameter_name: Where it is, `/<platform>/<environment>/<path>`.

        id: Its name among the ephemeral resources of the stack.

        version: What changes whenever the value does, for write-only arguments that take it.
    """

    parameter_name: str
    parameter_arn: str
    path: str
    id: str
    node: Construct
    version: float

    @classmethod
    def of_webhooks(cls, scope: Construct, id_: str, *, site: Site) -> Self | None:
        """Create what the platform signs its webhooks with, where it sends any."""
        if not site.platform.has_webhooks:
            return None
        return cls.create(
            scope,
            id_,
            site=site,
            path=WEBHOOK_SECRET,
            rotation=site.platform.webhook_secret_rotation,
        )

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site, path: str, rotation: int) -> Self:
        """Create the secret at *path* below the environment's own parameters.

        It is made anew with a higher *rotation*, and where the parameter was lost.
        """
        node = Construct(scope, id_)
        local_id = f"{id_}_secret"
        TerraformStack.of(node).add_override(
            f"ephemeral.aws_secretsmanager_random_password.{local_id}",
            {"password_length": _LENGTH, "exclude_punctuation": True},
        )
        parameter = SsmParameter(
            node,
            "parameter",
            name=site.names.parameter(path),
            description="Made and read by AWS only",
            type="SecureString",
            tier="Standard",
            key_id=site.key.arn,
            value_wo=(
                f"${{ephemeral.aws_secretsmanager_random_password.{local_id}.random_password}}"
            ),
            value_wo_version=rotation,
            tags=site.tags,
        )
        return cls(
            parameter_name=parameter.name,
            parameter_arn=parameter.arn,
            path=path,
            id=local_id,
            node=node,
            version=_version(node, rotation, parameter),
        )

    def read(self) -> Statement:
        """Return the permission to read the secret at run time."""
        return Statement(
            sid=f"Read{self.path.title().replace('/', '')}",  # Sids are unique in a policy.
            actions=["ssm:GetParameter"],
            resources=[self.parameter_arn],
        )

    def read_back(self) -> str:
        """Return a reference to the value, for write-only arguments only.

        It is read from the parameter: an ephemeral value is made anew in each run, and whoever
        took it directly would differ from the parameter after an apply that failed half-way.
        """
        TerraformStack.of(self.node).add_override(
            f"ephemeral.aws_ssm_parameter.{self.id}", {"arn": self.parameter_arn}
        )
        return f"${{ephemeral.aws_ssm_parameter.{self.id}.value}}"


def _version(node: Construct, rotation: int, parameter: SsmParameter) -> float:
    """Return a number that is new for every value of *parameter*.

    The parameter's own version would be 1 again after it was lost and made anew. Its ARN is not
    known then until it is there, so that the resource is replaced and has another id.
    """
    made = DataResource(
        node, "version", triggers_replace={"rotation": rotation, "parameter": parameter.arn}
    )
    return Token.as_number(f'${{parseint(split("-", {made.fqn}.id)[0], 16)}}')
