"""No environment can be deployed to another's account [B3]."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation
from audit.synthesized import Stack


def _check(stack: Stack) -> Iterator[Violation]:
    providers = stack.resolved.body.get("provider", {}).get("aws", [])
    if not providers:
        yield Violation(where="provider.aws", message="must be configured, is not")
    own = [stack.locals.get("identity_account_id")]
    for index, provider in enumerate(providers):
        if provider.get("allowed_account_ids") != own:
            yield Violation(
                where="provider.aws",
                path=f"[{index}].allowed_account_ids",
                message="must be the account of the environment alone",
            )
        if provider.get("region") != stack.locals.get("identity_region"):
            message = "must be the region of the environment"
            yield Violation(where="provider.aws", path=f"[{index}].region", message=message)


RULE: Final = Rule(
    id="pinned-account",
    title="The provider works in the environment's account and region alone",
    why="With the wrong credentials at hand, dev would be deployed over prod.",
    source_url="https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs"
    "#allowed_account_ids",
    pci_dss="6.5.3",
    suppressible=False,
    check=_check,
)
