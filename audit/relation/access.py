"""Who may do what in a stack: policies of roles, boundaries and policies of resources together."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final, Self

from attrs import frozen

from audit.block import blocks
from audit.iam.document import read
from audit.iam.statement import Statement
from audit.iam.wildcard import overlaps
from audit.relation.deployed import Deployed, deployed
from audit.relation.request import Request
from audit.synthesized import Resource, Stack

_POLICIES: Final[Mapping[str, tuple[str, str]]] = {
    "aws_dynamodb_table": ("aws_dynamodb_resource_policy", "resource_arn"),
    "aws_kms_key": ("aws_kms_key_policy", "key_id"),
    "aws_s3_bucket": ("aws_s3_bucket_policy", "bucket"),
    "aws_secretsmanager_secret": ("aws_secretsmanager_secret_policy", "secret_arn"),
    "aws_sns_topic": ("aws_sns_topic_policy", "arn"),
    "aws_sqs_queue": ("aws_sqs_queue_policy", "queue_url"),
}
"""Where the policy of a resource may stand beside the resource, and what says whose it is."""


@frozen(kw_only=True, eq=False)
class Access:
    """The permissions in one stack, as far as they can be read."""

    world: Deployed

    @classmethod
    def of(cls, stack: Stack) -> Self:
        """Read the permissions of *stack*."""
        return cls(world=deployed(stack))

    def role_may(
        self, role: Resource, action: str, resource: str, context: Mapping[str, str | None]
    ) -> bool:
        """Tell whether *role* may by its own policies, within its boundary."""
        request = self._by_role(role, action, resource, context)
        return self._bounded(role, request) and request.is_allowed_by(self.granted(role))

    def role_may_use(
        self, role: Resource, action: str, target: Resource, context: Mapping[str, str | None]
    ) -> bool:
        """Tell whether *role* may, where the policy of *target* must allow it too, as keys require.

        A policy that names the account leaves it to the account's own policies.
        """
        arn = self.world.arn(target)
        request = self._by_role(role, action, arn, context)
        account = self.world.home.account
        root = frozenset({f"arn:aws:iam::{account}:root", account})
        said = self.said_by(target)
        if request.is_allowed_by(said):
            return self._bounded(role, request)
        by_account = Request(callers=root, action=action, resource=arn, context=request.context)
        return by_account.is_allowed_by(said) and self.role_may(role, action, arn, context)

    def service_may(
        self, service: str, action: str, target: Resource, context: Mapping[str, str | None]
    ) -> bool:
        """Tell whether the policy of *target* lets an AWS *service* in."""
        request = Request(
            callers=frozenset({service}),
            action=action,
            resource=self.world.arn(target),
            context={**self._everywhere, **context},
        )
        return request.is_allowed_by(self.said_by(target))

    def granted_on(self, role: Resource, action: str, arn: str) -> tuple[str, ...]:
        """Return on what of a resource, itself or below it, policies of *role* allow *action*."""
        return tuple(
            one
            for statement in self.granted(role)
            if statement.allows and (statement.not_actions or statement.covers_action(action))
            for one in statement.resources
            if overlaps(one, arn) or overlaps(one, f"{arn}/*")
        )

    def is_denied(self, role: Resource, action: str, on: str, target: Resource) -> bool:
        """Tell whether the policy of *target* may deny *role* an action *on* something of it."""
        request = self._by_role(role, action, on, {})
        return request.may_be_denied_by(self.said_by(target))

    def said_by(self, target: Resource) -> tuple[Statement, ...]:
        """Return the policy of *target*; nothing where several are, of which one wins."""
        if target.type == "aws_lambda_function":
            return tuple(self._permissions(target))
        type_, attribute = _POLICIES.get(target.type, ("", ""))
        beside = [
            one.config.get("policy")
            for one in self.world.resources(type_)
            if self.world.at(one.config.get(attribute), target.type) is target
        ]
        texts = beside or [target.config.get("policy")]
        return _statements(texts[0]) if len(texts) == 1 else ()

    @property
    def _everywhere(self) -> Mapping[str, str | None]:
        """What AWS tells about every request of an account's own."""
        account = self.world.home.account
        return {
            "aws:securetransport": "true",
            "aws:resourceaccount": account,
            "aws:sourceaccount": account,
            "aws:requestedregion": self.world.home.region,
        }

    def _by_role(
        self, role: Resource, action: str, resource: str, context: Mapping[str, str | None]
    ) -> Request:
        arn, account = self.world.arn(role), self.world.home.account
        return Request(
            callers=frozenset({arn}),
            action=action,
            resource=resource,
            context={
                **self._everywhere,
                "aws:sourceaccount": None,
                "aws:principalarn": arn,
                "aws:principalaccount": account,
                "kms:calleraccount": account,
                "lambda:sourcefunctionarn": None,
                **context,
            },
        )

    def _bounded(self, role: Resource, request: Request) -> bool:
        boundary = role.config.get("permissions_boundary")
        if not boundary:
            return True
        policy = self.world.at(boundary, "aws_iam_policy")
        return policy is not None and request.is_allowed_by(
            _statements(policy.config.get("policy"))
        )

    def granted(self, role: Resource) -> tuple[Statement, ...]:
        """Return the statements of all policies that *role* has."""
        return self._by_address.get(role.address, ())

    @cached_property
    def _by_address(self) -> Mapping[str, tuple[Statement, ...]]:
        found: dict[str, list[Statement]] = {}
        for role, policy in self._given():
            found.setdefault(role.address, []).extend(_statements(policy))
        return {address: tuple(statements) for address, statements in found.items()}

    def _given(self) -> Iterator[tuple[Resource, object]]:
        """Yield each role with each policy that it has, whichever resource gives it."""
        for role in self.world.resources("aws_iam_role"):
            for inline in blocks(role.config, "inline_policy"):
                yield role, inline.get("policy")
            for arn in role.config.get("managed_policy_arns") or ():
                yield role, self._managed(arn)
        for policy in self.world.resources("aws_iam_role_policy"):
            yield from self._roles([policy.config.get("role")], policy.config.get("policy"))
        for attached in self.world.resources("aws_iam_role_policy_attachment"):
            managed = self._managed(attached.config.get("policy_arn"))
            yield from self._roles([attached.config.get("role")], managed)
        for attached in self.world.resources("aws_iam_policy_attachment"):
            managed = self._managed(attached.config.get("policy_arn"))
            yield from self._roles(attached.config.get("roles") or (), managed)

    def _roles(self, names: Any, policy: object) -> Iterator[tuple[Resource, object]]:
        for name in names:
            role = self.world.at(name, "aws_iam_role")
            if role is not None:
                yield role, policy

    def _managed(self, arn: object) -> object:
        policy = self.world.at(arn, "aws_iam_policy")
        return policy.config.get("policy") if policy else None

    def _permissions(self, function: Resource) -> Iterator[Statement]:
        for one in self.world.resources("aws_lambda_permission"):
            name = str(one.config.get("function_name", ""))
            if self.world.at(name, function.type) is function and not one.config.get("qualifier"):
                yield _as_statement(one.config, self.world.arn(function))


@lru_cache(maxsize=64)
def access(stack: Stack) -> Access:
    """Return the permissions of *stack*; read once for all rules."""
    return Access.of(stack)


def _as_statement(permission: Mapping[str, Any], arn: str) -> Statement:
    """Return a permission of Lambda as the statement that Lambda makes of it."""
    conditions: dict[str, dict[str, object]] = {}
    if permission.get("source_arn"):
        conditions["ArnLike"] = {"aws:SourceArn": permission["source_arn"]}
    if permission.get("source_account"):
        conditions["StringEquals"] = {"aws:SourceAccount": permission["source_account"]}
    return Statement.of(
        {
            "Effect": "Allow",
            "Principal": {"Service": str(permission.get("principal", ""))},
            "Action": str(permission.get("action", "")),
            "Resource": arn,
            "Condition": conditions,
        }
    )


@lru_cache(maxsize=1024)
def _read(policy: str) -> tuple[Statement, ...]:
    try:
        return read(policy)[1]
    except (ValueError, RecursionError):
        return ()  # What cannot be read allows nothing; a rule of its own reports it.


def _statements(policy: object) -> tuple[Statement, ...]:
    return _read(policy if isinstance(policy, str) else json.dumps(policy)) if policy else ()
