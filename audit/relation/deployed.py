"""What a stack will be once it is deployed, as far as its text tells.

Names and ARNs stand written out in place of references, so that it does not matter in which way
one resource is told of another; what a `count` of 0 leaves out is left out.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final, Self

from attrs import frozen

from audit.iam.own_arn import Home, arn_of, written_out
from audit.synthesized import Resource, Stack

_INVOKE: Final = "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations"
_PARTS: Final = ("invoke_arn", "qualified_arn", "id", "key_id", "url")


@frozen(kw_only=True, eq=False)
class Deployed:
    """The resources of a stack with everything written out that can be.

    Attributes:
        home: Their account and region.
    """

    home: Home
    all: tuple[Resource, ...]

    @classmethod
    def of(cls, stack: Stack) -> Self:
        """Return what *stack* will be."""
        home, resolved = Home.of(stack), stack.resolved
        return cls(
            home=home,
            all=tuple(
                Resource(
                    type=resource.type,
                    name=resource.name,
                    config=_written(resource.config, resolved, home),
                )
                for resource in resolved.resources()
                if _exists(resource)
            ),
        )

    def resources(self, *types: str) -> Iterator[Resource]:
        """Yield the resources of *types*."""
        return (resource for resource in self.all if resource.type in types)

    def arn(self, resource: Resource) -> str:
        """Return the ARN of *resource*; the reference to it where its type is not known."""
        return arn_of(resource, self.home) or f"${{{resource.address}.arn}}"

    def at(self, name: object, *types: str) -> Resource | None:
        """Return the resource that goes by *name*: its ARN, its name, its id or its URL.

        None where nothing of *types*, or of any type, does, and where several things do.
        """
        found = [
            resource
            for resource in self._by_name.get(str(name), ())
            if not types or resource.type in types
        ]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_name(self) -> Mapping[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for resource in self.all:
            for name in dict.fromkeys(self._names(resource)):
                found.setdefault(name, []).append(resource)
        return found

    def _names(self, resource: Resource) -> Iterator[str]:
        arn = self.arn(resource)
        yield arn
        yield from (f"${{{resource.address}.{part}}}" for part in _PARTS)
        for attribute in ("name", "bucket", "function_name"):
            value = resource.config.get(attribute)
            if isinstance(value, str) and resource.type in _NAMED:
                yield value
        if resource.type == "aws_lambda_function":
            yield _INVOKE.format(region=self.home.region, arn=arn)
        if resource.type == "aws_sqs_queue":
            place = arn.split(":", 4)[4].replace(":", "/")
            yield f"https://sqs.{self.home.region}.amazonaws.com/{place}"


_NAMED: Final = frozenset(
    {
        "aws_cloudwatch_event_rule",
        "aws_codebuild_project",
        "aws_codepipeline",
        "aws_dynamodb_table",
        "aws_iam_role",
        "aws_lambda_function",
        "aws_s3_bucket",
        "aws_sns_topic",
        "aws_sqs_queue",
    }
)
"""Types whose resources go by their names, too."""


@lru_cache(maxsize=64)
def deployed(stack: Stack) -> Deployed:
    """Return what *stack* will be; worked out once for all rules."""
    return Deployed.of(stack)


def _exists(resource: Resource) -> bool:
    """Tell whether there is at least one; where only Terraform can tell, there is."""
    return resource.config.get("count") != 0 and resource.config.get("for_each") not in ([], {})


def _written(value: Any, stack: Stack, home: Home) -> Any:
    if isinstance(value, str):
        return written_out(value, stack, home) if "${" in value else value
    if isinstance(value, dict):
        return {key: _written(below, stack, home) for key, below in value.items()}
    if isinstance(value, list):
        return [_written(below, stack, home) for below in value]
    return value
