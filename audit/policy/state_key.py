"""The state of a stack is encrypted with a key of its own account."""

import re
from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation
from audit.synthesized import Stack

_KEY: Final = re.compile(r"arn:aws:kms:[a-z0-9-]+:(\d{12}):key/[0-9a-f-]{36}")
"""What Terraform takes as `kms_key_id`: an alias is refused."""


def _check(stack: Stack) -> Iterator[Violation]:
    for type_, block in stack.backend.items():
        if type_ != "s3" or not isinstance(block, dict):
            continue
        found = block.get("kms_key_id")
        key = _KEY.fullmatch(found) if isinstance(found, str) else None
        account = stack.locals.get("identity_account_id")
        if key is None:
            message = (
                f"must be the ARN of a key, got {found}: encrypt alone asks for AES256, and S3 "
                "takes that instead of the key that is the bucket's default"
            )
        elif account is not None and key[1] != account:
            message = f"must be a key of the own account {account}, is of {key[1]}"
        else:
            continue
        yield Violation(where="terraform.backend", path="s3.kms_key_id", message=message)


RULE: Final = Rule(
    id="state-key",
    title="The state is encrypted with a key of the environment's own",
    why="Whoever may read the bucket could read the state, for S3's own key asks nobody.",
    source_url="https://developer.hashicorp.com/terraform/language/backend/s3",
    suppressible=False,
    check=_check,
)
