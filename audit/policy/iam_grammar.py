"""Every policy is one that AWS accepts, and that means something."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from audit.iam.document import Document, documents
from audit.iam.grammar import problems
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

_INLINE: Final = {
    "aws_iam_group_policy": "group",
    "aws_iam_role_policy": "role",
    "aws_iam_user_policy": "user",
}
"""Policies that count together, by what they belong to."""


def _check(stack: Stack) -> Iterator[Violation]:
    together: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents(stack):
        if document.statements is not None:
            for message in dict.fromkeys(problems(document)):
                yield violation(document.resource, document.path, message)
        attribute = _INLINE.get(document.resource.type)
        if attribute:
            owner = str(document.resource.config.get(attribute))
            together[document.resource.type, owner].append(document)
    for (_, owner), policies in together.items():
        size, most = sum(map(_size, policies)), policies[0].place.most
        if len(policies) > 1 and size > most:
            message = f"must have at most {most} characters together, {owner} has {size}"
            yield violation(policies[-1].resource, policies[-1].path, message)


def _size(document: Document) -> int:
    return len(re.sub(r"\s", "", document.text))


RULE: Final = Rule(
    id="iam-grammar",
    title="Every policy is one that AWS accepts",
    why="Linters accept what AWS refuses at the first apply: a wildcard in the "
    "service of an ARN, a policy too long, a condition of a key that no request has.",
    source_url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    pci_dss=("7.2.5",),
    suppressible=False,
    check=_check,
)
