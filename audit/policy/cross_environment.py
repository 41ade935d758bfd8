"""Nothing in one environment may reach into another [P2]."""

from collections.abc import Iterator
from typing import Final

from audit.address import leaves
from audit.policy.document import ATTRIBUTES, documents
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack


def _check(stack: Stack) -> Iterator[Violation]:
    peers = [str(account) for account in stack.locals.get("deployment_peer_account_ids", ())]
    names = [str(name) for name in stack.locals.get("deployment_peer_names", ())]
    for document in documents(stack):
        for statement in document.readable:
            if not statement.allows:
                continue
            for text in (*statement.resources, *statement.principals):
                found = [peer for peer in peers if peer in text]
                found += [n for n in names if f"-{n}-" in f"{text}-" and "payment" in text]
                if found:
                    message = f"must not allow what belongs to another environment: {text}"
                    yield violation(document.resource, document.path, message)
    for resource in stack.resolved.resources():
        for path, value in leaves(resource.config):
            if path in ATTRIBUTES.get(resource.type, ()) or not isinstance(value, str):
                continue
            if any(peer in value for peer in peers):
                message = f"must not name another environment's account: {value}"
                yield violation(resource, path, message)


RULE: Final = Rule(
    id="cross-environment",
    title="No environment allows access to or from another",
    why="A leak in dev must not reach payments in prod.",
    source_url="https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/"
    "sec_securely_operate_multi_accounts.html",
    pci_dss=("6.5.3",),
    suppressible=False,
    check=_check,
)
