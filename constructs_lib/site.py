"""Where things are built: one platform in one environment, as every construct sees it."""

from collections.abc import Collection
from typing import Self

from attrs import frozen
from cdktf import TerraformStack

from constructs_lib.identity.policy import Raw
from constructs_lib.localize import localize
from model.environment import Environment
from model.platform import Platform
from model.variation import local_name, value_at


@frozen(kw_only=True, eq=False)
class Site:
    """One platform in one environment; the environment's values are references to locals.

    Attributes:
        platform: What is the same everywhere, as literals.

        environment: What may differ; its strings are references, its numbers tokens.

        tags: The six tags of every resource [G1].

        varying_paths: The settings that are locals; all others are literals.
    """

    platform: Platform
    environment: Environment
    tags: dict[str, str]
    varying_paths: frozenset[str]

    @classmethod
    def create(
        cls,
        stack: TerraformStack,
        *,
        platform: Platform,
        environment: Environment,
        paths: Collection[str],
    ) -> Self:
        """Localize *environment* in *stack*; *paths* are the settings that the stack needs."""
        localized = localize(stack, environment, paths)
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
            platform=platform, environment=localized, tags=tags, varying_paths=frozenset(paths)
        )

    def name(self, kind: str) -> str:
        """Return `payment-<kind>-<environment>`, with the suffix of an extra copy [G2]."""
        return f"payment-{kind}-{self.environment.deployment.name}"

    def bucket_name(self, kind: str) -> str:
        """Return the name of a bucket; it ends in the account, for names of buckets are global."""
        return f"{self.name(kind)}-{self.environment.identity.account_id}"

    def tags_with_name(self, kind: str) -> dict[str, str]:
        """Return the tags with the name of a resource that has no other place for it."""
        return {**self.tags, "Name": self.name(kind)}

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of *resource* in this environment's account and region."""
        identity = self.environment.identity
        return f"arn:aws:{service}:{identity.region}:{identity.account_id}:{resource}"

    def role_arn(self, name: str) -> str:
        """Return the ARN of a role in this environment's account."""
        return f"arn:aws:iam::{self.environment.identity.account_id}:role/{name}"

    @property
    def account_root(self) -> str:
        """The principal that stands for everybody whom this account's own IAM allows."""
        return f"arn:aws:iam::{self.environment.identity.account_id}:root"

    def raw(self, path: str, *, times: float = 1) -> object:
        """Return the setting at *path* for a JSON document, where lists and numbers stay such."""
        value = value_at(self.environment, path)
        if isinstance(value, tuple):  # Never a token; jsii does not know tuples.
            return list(value)
        if path not in self.varying_paths:
            return value if times == 1 else value * times
        return Raw(f"local.{local_name(path)}" + (f" * {times}" if times != 1 else ""))
