"""Shows what one rule asks, why, and who says so."""

from difflib import get_close_matches

from audit.policy import RULES
from audit.policy.pci_dss import REQUIREMENTS
from payctl.errors import CannotError
from payctl.exit_status import FINE
from payctl.screen import say


def explain_rule(name: str) -> int:
    """Print the rule called *name* and return the exit status.

    Raises:
        CannotError: When there is no such rule; the message names similar ones.
    """
    rules = {rule.id: rule for rule in RULES}
    if name not in rules:
        similar = get_close_matches(name, rules) or sorted(rules)
        raise CannotError(
            f"there is no rule {name!r}", next_step=f"name one of {', '.join(similar)}"
        )
    rule = rules[name]
    say(rule.id, style="bold")
    say(f"    holds       {rule.title}")
    say(f"    why         {rule.why}")
    say(f"    source      {rule.source_url}")
    for number in rule.pci_dss:
        say(f"    PCI DSS     {number}: {REQUIREMENTS[number]}")
    say(f"    suppressed  {'with a reason and an expiry' if rule.suppressible else 'never'}")
    for check in sorted(rule.answers):
        say(f"    answers     {check}, at the resources that it judges better")
    return FINE
