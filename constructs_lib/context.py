"""Where things are built: one platform in one environment, as every construct sees it."""

from typing import Self

from attrs import frozen
from cdktf import TerraformStack

from constructs_lib.identity.policy import Raw
from constructs_lib.localize import localize
from model.environment import Environment, varying_paths
from model.names import Names, StackKind
from model.platform import Platform
from model.variation import local_name, value_at

_OF_THE_PIPELINE = (
    "alarms.recipients.emails",
    "alarms.recipients.https_urls",
    "deployment.confirmation",
)
"""There is one pipeline; everything else about it is the same wherever it is synthesized."""


@frozen(kw_only=True, eq=False, slots=False)
class Context:
    """The names, tags and settings of one stack; settings are references to locals.

    Attributes:
        platform: What is the same everywhere, as literals.

        environment: What may differ; its strings are references, its numbers tokens.

        tags: The six tags of every resource [G1].

        varying: The settings that become locals; all others are literals.
    """

    stack: TerraformStack
    kind: StackKind
    platform: Platform
    environment: Environment
    tags: dict[str, str]
    varying: frozenset[str]

    @classmethod
    def of(
        cls,
        stack: TerraformStack,
        *,
        kind: StackKind,
        platform: Platform,
        environment: Environment,
    ) -> Self:
        """Return the context of *stack*."""
        varying = _OF_THE_PIPELINE if kind is StackKind.PIPELINE else varying_paths(platform)
        localized = localize(stack, environment, varying)
        identity, keys = localized.identity, platform.tag_keys
        tags = {
            keys.environment: identity.name,
            keys.team: platform.team,
            keys.owner: platform.owner,
            keys.cost_center: identity.cost_center,
            keys.data_classification: identity.data_classification,
            keys.project: platform.name,
        }
        return cls(
            stack=stack,
            kind=kind,
            platform=platform,
            environment=localized,
            tags=tags,
            varying=frozenset(varying),
        )

    @property
    def names(self) -> Names:
        """The names of this environment's resources, with references in them."""
        return Names(platform=self.platform.name, ending=self.environment.deployment.name)

    def name(self, kind: str) -> str:
        """Return `payment-<kind>-<environment>`, with the suffix of an extra copy [G2]."""
        return self.names.resource(kind)

    def bucket_name(self, kind: str) -> str:
        """Return the name of a bucket; it ends in the account, for names of buckets are global."""
        return self.names.bucket(kind, self.environment.identity.account_id)

    def tags_with_name(self, kind: str) -> dict[str, str]:
        """Return the tags with the name of a resource that has no other place for it."""
        return {**self.tags, "Name": self.name(kind)}

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of *resource* in this environment's account and region."""
        identity = self.environment.identity
        return f"arn:aws:{service}:{identity.region}:{identity.account_id}:{resource}"

    @property
    def account_root(self) -> str:
        """The principal that stands for everybody whom this account's own IAM allows."""
        return f"arn:aws:iam::{self.environment.identity.account_id}:root"

    def local(self, path: str) -> str:
        """Return the expression of the local that carries the setting at *path*.

        Raises:
            LookupError: If the setting does not vary in this stack, so that there is no local.
        """
        if path not in self.varying:
            raise LookupError(f"{path} must vary to be a local, {self.platform.name} fixes it")
        value_at(self.environment, path)  # It comes into being now, if it is not there yet.
        return f"local.{local_name(path)}"

    def expression(self, path: str) -> str:
        """Return the expression of the setting at *path*, a local or a literal number."""
        if path in self.varying:
            return self.local(path)
        return str(value_at(self.environment, path))

    def raw(self, path: str, *, times: float = 1) -> object:
        """Return the setting at *path* for a JSON document, where lists and numbers stay such."""
        if path in self.varying:
            return Raw(self.local(path) + (f" * {times}" if times != 1 else ""))
        value = value_at(self.environment, path)
        if isinstance(value, tuple):  # jsii does not know tuples.
            return list(value)
        return value if times == 1 else value * times
