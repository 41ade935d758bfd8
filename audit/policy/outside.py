"""What third-party scanners find, and which of their checks may be suppressed at all.

Our rules on encryption, TLS, public access and boundaries have no exceptions, so no check of a
scanner may be suppressed unless it is named here: whoever names one says what it is about, and a
check that a later version of a scanner adds is not suppressed by accident. Where AWS cannot do what
a check asks, a rule of ours answers it: it checks the same resource, and passes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from audit.policy import RULES
from audit.policy.evaluate import evaluate
from audit.policy.rule import Rule
from audit.suppression import Suppression
from audit.synthesized import Stack

REFEREES: Final[Mapping[str, re.Pattern[str]]] = {
    "checkov": re.compile("CKV"),
    "cloudformation": re.compile(r"[EFW]\d{4}$|pf-|service-model$"),
    "iam": re.compile("authorization-|cloudsplaining-|iam-unknown$"),
}
"""How the ids of the scanners' rules begin."""

_SUPPRESSIBLE: Final[Mapping[str, str]] = {
    "capacity and cost": "CKV2_AWS_16 CKV_AWS_120 CKV_AWS_225",
    "copies of data, and standbys": "CKV2_AWS_8 CKV_AWS_28 CKV_AWS_144 CKV_AWS_157",
    "protection from being destroyed": "CKV_AWS_139 CKV_AWS_150 CKV_AWS_293",
    "how long data and logs are kept, and who is told": (
        "CKV2_AWS_61 CKV2_AWS_62 CKV_AWS_18 CKV_AWS_338"
    ),
    "versions and releases": ("CKV_AWS_226 CKV_AWS_237 CKV_AWS_272 CKV_AWS_363 W2531 W3690 W3691"),
    "a web application firewall": "CKV2_AWS_29",
}
SUPPRESSIBLE: Final = frozenset(" ".join(_SUPPRESSIBLE.values()).split())
"""The checks that may be suppressed; each was read, and is about something else."""


def is_outside(rule: str) -> bool:
    """Tell whether *rule* is a third-party scanner's, not ours."""
    return bool(referee_of(rule))


def referee_of(rule: str) -> str:
    """Return the scanner of *rule*, a key of REFEREES; empty where it is ours."""
    return next((name for name, begin in REFEREES.items() if begin.match(rule)), "")


def forbidden(
    suppressions: Iterable[Suppression], stacks: Mapping[str, Stack], rules: Iterable[Rule] = RULES
) -> tuple[Suppression, ...]:
    """Return the suppressions of scanners' checks that none of *rules* answers in *stacks*."""
    questioned = [s for s in suppressions if is_outside(s.rule) and s.rule not in SUPPRESSIBLE]
    if not questioned:
        return ()
    answered = frozenset(_answered(stacks, rules))
    return tuple(s for s in questioned if (s.rule, s.where) not in answered)


def _answered(stacks: Mapping[str, Stack], rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    """Yield check and address where a rule without exceptions judges the same, and passes."""
    for rule in rules:
        if rule.suppressible or not rule.answers or evaluate(stacks, rules=[rule]):
            continue
        for check, judged in rule.answers.items():
            here = {name: {r.address for r in judged(stack)} for name, stack in stacks.items()}
            for address in set().union(*here.values()):
                # The same address may be something else in another stack.
                if all(
                    address in here[name]
                    for name, stack in stacks.items()
                    if address in stack.elements
                ):
                    yield check, address
