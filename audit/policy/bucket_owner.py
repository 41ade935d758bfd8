"""Buckets of somebody else: their ARNs name no account, and whoever has the name has the data."""

import re
from collections.abc import Iterator
from typing import Final

from audit.address import leaves
from audit.iam.document import documents
from audit.iam.narrowing import is_own
from audit.iam.own_arn import Home, arn_of, written_out
from audit.iam.statement import allowing
from audit.iam.wildcard import is_everything
from audit.policy.rule import Violation, violation
from audit.synthesized import Stack

_BUCKET: Final = re.compile(r"arn:aws[a-z-]*:s3:::(?P<bucket>(?:\$\{[^}]*\}|[^/${}])+)(?:/.*)?")


def foreign_buckets(stack: Stack) -> Iterator[Violation]:
    """Yield what names a bucket that is neither of *stack* nor, by its name, of its account."""
    resolved, home = stack.resolved, Home.of(stack)
    own = frozenset(
        written_out(arn_of(bucket, home) or "", resolved, home)
        for bucket in resolved.resources("aws_s3_bucket")
    )
    for document in documents(stack):
        for statement in allowing(document.readable):
            for arn in statement.resources:
                if _is_foreign(arn, own, home):
                    message = f"must allow nothing on a bucket of somebody else: {arn}"
                    yield violation(document.resource, document.path, message)
    for resource in resolved.resources():
        for path, value in leaves(resource.config):
            if isinstance(value, str) and _is_foreign(value, own, home):
                message = f"must not name a bucket of somebody else: {value}"
                yield violation(resource, path, message)


def _is_foreign(text: str, own: frozenset[str], home: Home) -> bool:
    found = _BUCKET.fullmatch(text)
    if found is None or is_everything(found["bucket"]) or is_own(found["bucket"]):
        return False
    of_the_account = re.search(rf"(^|-){re.escape(home.account)}($|-)", found["bucket"])
    return f"arn:aws:s3:::{found['bucket']}" not in own and not of_the_account
