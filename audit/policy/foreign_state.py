"""Nobody reads the state of another account."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation
from audit.synthesized import Stack


def _check(stack: Stack) -> Iterator[Violation]:
    own = {block.get("bucket") for block in stack.backend.values() if isinstance(block, dict)}
    states = stack.resolved.body.get("data", {}).get("terraform_remote_state", {})
    for name, config in states.items():
        inner = config.get("config") if isinstance(config, dict) else None
        bucket = inner.get("bucket") if isinstance(inner, dict) else None
        if bucket not in own:
            message = (
                f"must be in this stack's own bucket, got {bucket}: another account's lets nobody "
                "else in, and its key does neither"
            )
            yield Violation(
                where=f"data.terraform_remote_state.{name}", path="config.bucket", message=message
            )


RULE: Final = Rule(
    id="foreign-state",
    title="A stack reads the state of its own account alone",
    why="S3 refuses a reader that bucket and key do not name, so that the first plan of the "
    "second environment fails; and whoever may read a state may read all that is in it.",
    source_url="https://developer.hashicorp.com/terraform/language/state/remote-state-data",
    check=_check,
)
