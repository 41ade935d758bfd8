"""Our own rules: what general scanners do not know."""

from typing import Final

from audit.policy import (
    boundary,
    closed_roles,
    cross_environment,
    destroyable,
    encryption,
    iam_grammar,
    inputs,
    least_privilege,
    log_retention,
    names,
    one_per_account,
    pinned_account,
    policy_documents,
    production_gate,
    public_access,
    runtime_identity,
    secrets,
    security_groups,
    tags,
    tls,
)
from audit.policy.rule import Rule

RULES: Final[tuple[Rule, ...]] = (
    tags.RULE,
    names.RULE,
    destroyable.RULE,
    boundary.RULE,
    closed_roles.RULE,
    cross_environment.RULE,
    inputs.RULE,
    policy_documents.RULE,
    iam_grammar.RULE,
    least_privilege.RULE,
    public_access.RULE,
    security_groups.RULE,
    runtime_identity.RULE,
    secrets.RULE,
    tls.RULE,
    encryption.RULE,
    one_per_account.RULE,
    pinned_account.RULE,
    production_gate.RULE,
    log_retention.RULE,
)
