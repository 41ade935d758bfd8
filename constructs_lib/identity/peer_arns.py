"""What another environment has, as the ARNs with which a policy denies it."""

from collections.abc import Iterator
from typing import Final

_SHAPES: Final = (
    ("arn:aws:codebuild:*:*:project/{name}", ("", "-*")),
    ("arn:aws:dynamodb:*:*:table/{name}", ("", "-*", "/*")),
    ("arn:aws:lambda:*:*:function:{name}", ("", "-*", ":*")),
    ("arn:aws:logs:*:*:log-group:*{name}", ("", "-*", ":*")),
    ("arn:aws:rds-db:*:*:dbuser:*/{name}", ("", "-*")),
    ("arn:aws:s3:::{name}", ("-*",)),
    ("arn:aws:sns:*:*:{name}", ("", "-*")),
    ("arn:aws:sqs:*:*:{name}", ("", "-*")),
)
"""One for each service that roles may use, and how its names may go on.

`-*` are copies of the environment, and buckets; `/*` and `:*` what is below or a version.
IAM refuses a wildcard in the service of an ARN:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""


def peer_arns(name: str, parameters: str) -> Iterator[str]:
    """Yield the ARNs of what is called *name*, a pattern, and of *parameters*, a pattern too."""
    for shape, endings in _SHAPES:
        for ending in endings:
            yield shape.format(name=name) + ending
    yield f"arn:aws:ssm:*:*:parameter{parameters}"
