"""No environment can be deployed to another's account [B3]."""

import re
from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation
from audit.synthesized import Stack


def _check(stack: Stack) -> Iterator[Violation]:
    providers = stack.resolved.body.get("provider", {}).get("aws", [])
    if not providers:
        yield Violation(where="provider.aws", message="must be configured, is not")
    for index, provider in enumerate(providers):
        allowed = provider.get("allowed_account_ids")
        if allowed != [stack.locals.get("identity_account_id", _single_account(allowed))]:
            yield Violation(
                where="provider.aws",
                path=f"[{index}].allowed_account_ids",
                message="must be the account of the environment alone",
            )
        region = provider.get("region")
        if not region or region != stack.locals.get("identity_region", region):
            message = "must be the region of the environment"
            yield Violation(where="provider.aws", path=f"[{index}].region", message=message)


def _single_account(allowed: object) -> object:
    """Return the account of a stack that is of no environment, such as a pipeline."""
    account = allowed[0] if isinstance(allowed, list) and len(allowed) == 1 else None
    return account if re.fullmatch(r"\d{12}", str(account)) else "an account"


RULE: Final = Rule(
    id="pinned-account",
    title="The provider works in the environment's account and region alone",
    why="With the wrong credentials at hand, dev would be deployed over prod.",
    source_url="https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs"
    "#allowed_account_ids",
    pci_dss=("6.5.3",),
    suppressible=False,
    check=_check,
)
