"""What one environment states: who it is, and its approved variations [I2]."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any, Final

from attrs import field, frozen

from model import order
from model.accounts import account_problems
from model.alarm_settings import recipient_problems
from model.aws import ZONE_IDS
from model.capacity import capacity_problems
from model.constraint import every, flag, is_whole, one_of, text
from model.names import Names, StackKind, state_key
from model.platform import Platform
from model.settings import Settings
from model.unset import UNSET
from model.variation import Kind, declarations, replaced, section, value_at, variation

_ROLE = text(r"arn:aws:iam::\d{12}:role/[\w+=,.@/-]{1,128}", "the ARN of an IAM role")
_ACCOUNT = text(r"\d{12}", "an account id of 12 digits")


@frozen(kw_only=True)
class Identity:
    """Who an environment is, and who may do what in it."""

    name: str = variation(
        Kind.IDENTITY,
        text(r"[a-z][a-z0-9]{1,9}", "a lower-case name of 2–10 letters and digits"),
        order.NONE,
        reason="Every resource says which environment it is in.",
    )
    account_id: str = variation(
        Kind.IDENTITY, _ACCOUNT, order.NONE, reason="Each environment has an account of its own."
    )
    region: str = variation(
        Kind.REGIONAL,
        one_of(sorted(ZONE_IDS)),
        order.NONE,
        reason="Each environment is where its users are.",
    )
    cost_center: str = variation(
        Kind.IDENTITY,
        text(r"[A-Za-z0-9-]{1,32}", "a cost centre of 1–32 letters, digits and hyphens"),
        order.NONE,
        reason="Development, tests and operation are paid from different budgets.",
    )
    data_classification: str = variation(
        Kind.IDENTITY,
        one_of(("public", "internal", "confidential", "restricted")),
        order.CLASSIFICATION,
        reason="Real payments are cardholder data, made-up ones are not.",
    )
    key_role_arns: tuple[str, ...] = variation(
        Kind.IDENTITY,
        every(_ROLE, at_least=1),
        order.NONE,
        reason="Each environment's key is administered by roles of its own account.",
    )
    trusted_role_arns: tuple[str, ...] = variation(
        Kind.IDENTITY,
        every(_ROLE, at_least=1),
        order.NONE,
        reason="Who may operate an environment is decided for each.",
    )
    certificate_arn: str = variation(
        Kind.REGIONAL,
        text(r"(arn:aws:acm:[a-z0-9-]+:\d{12}:certificate/[\w-]+)?", "an ACM ARN or empty"),
        order.THERE,
        when=lambda platform: platform.load_balancer,
        decides=(
            "aws_lb_listener.certificate_arn",
            "aws_lb_listener.port",
            "aws_lb_listener.protocol",
            "aws_lb_listener.ssl_policy",
            "aws_vpc_security_group_ingress_rule.from_port",
            "aws_vpc_security_group_ingress_rule.to_port",
            "output.load_balancer_url.value",
        ),
        reason="A certificate belongs to the domain and the region of its environment.",
    )
    audit_role_arn: str = variation(
        Kind.IDENTITY,
        _ROLE,
        order.NONE,
        when=lambda platform: platform.governance,
        reason="Each environment is compared with the blueprint by a reader of its own account.",
    )
    deploy_role_arn: str = variation(
        Kind.IDENTITY,
        _ROLE,
        order.NONE,
        when=lambda platform: platform.pipeline,
        reason="Each environment is deployed by a role of its own account.",
    )
    webhook_url: str = variation(
        Kind.IDENTITY,
        text(r"https://[\w.-]+(:\d+)?(/[\w./-]*)?", "an https:// address"),
        order.NONE,
        when=lambda platform: platform.has_webhooks,
        reason="Each environment notifies merchants of its own.",
    )
    confirmation_required: bool = variation(
        Kind.RESILIENCE,
        flag(),
        order.ON,
        reason="Nobody applies to production by accident [G7].",
    )


@frozen(kw_only=True)
class StateLocation:
    """Where Terraform keeps what it knows of an environment [B1]; the `terraform.backend` block.

    The key is a setting: without it Terraform asks S3 for AES256, which overrides the bucket's key,
    and the backend takes neither an alias nor a reference. `payctl bootstrap` creates the key, and
    stops with the line to change while the settings name another one.
    """

    bucket: str = variation(
        Kind.IDENTITY,
        text(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "an S3 bucket name"),
        order.NONE,
        reason="Each environment's state is in a bucket of its own.",
    )
    key: str = variation(
        Kind.IDENTITY,
        text(r"[\w-]+(/[\w-]+)*\.tfstate", "an object key that ends in .tfstate"),
        order.NONE,
        reason="Each environment's state has a key of its own.",
    )
    region: str = variation(
        Kind.REGIONAL,
        one_of(sorted(ZONE_IDS)),
        order.NONE,
        reason="State is kept in the region of its environment.",
    )
    kms_key_arn: str = variation(
        Kind.IDENTITY,
        text(r"arn:aws:kms:[a-z0-9-]+:\d{12}:key/[0-9a-f-]{36}", "the ARN of a KMS key"),
        order.NONE,
        reason="Each environment's state is encrypted with a key of its own account.",
    )
    lock_table: str = variation(
        Kind.IDENTITY,
        text(r"[\w.-]{3,255}", "a DynamoDB table name"),
        order.NONE,
        reason="Each environment is locked on its own.",
    )


@frozen(kw_only=True)
class Deployment:
    """What follows from an environment and its peers; worked out, never set in a file."""

    name: str = variation(
        Kind.IDENTITY,
        text(r"[a-z][a-z0-9-]*", "the name with the suffix of the copy"),
        order.NONE,
        reason="The end of every resource name [G2].",
    )
    confirmation: str = variation(
        Kind.RESILIENCE,
        text(r"[a-z0-9-]*", "the stack's name or empty"),
        order.NONE,
        drives=("terraform_data.input", "variable.confirmation.validation.error_message"),
        decides=("variable.confirmation.validation.condition",),
        reason="What must be typed before production changes [G7].",
    )
    peer_names: tuple[str, ...] = variation(
        Kind.IDENTITY,
        every(text(r".+", "a name")),
        order.NONE,
        reason="The other environments [P2].",
    )
    peer_account_ids: tuple[str, ...] = variation(
        Kind.IDENTITY,
        every(_ACCOUNT),
        order.NONE,
        reason="The accounts of the other environments [P2].",
    )
    network_state_key: str = variation(
        Kind.IDENTITY,
        text(r".+\.tfstate", "an object key"),
        order.NONE,
        when=lambda platform: platform.network.own_stack,
        reason="The network's state lies beside the application's, copies apart.",
    )
    earlier_cidrs: tuple[str, ...] = variation(
        Kind.IDENTITY,
        every(text(r".+", "a CIDR")),
        order.NONE,
        when=lambda platform: platform.network.peer_check,
        decides=("output.vpc_cidr.precondition.condition",),
        reason="Networks are compared with those of the environments before [N1].",
    )


@frozen(kw_only=True)
class Environment(Settings):
    """Everything that may differ in one environment of a platform, and nothing else."""

    identity: Identity = section(Identity)
    state: StateLocation = section(StateLocation)
    deployment: Deployment = field(factory=Deployment, metadata={"derived": True})

    def problems(self, platform: Platform) -> Iterator[tuple[str, str]]:
        """Yield what is wrong between the settings: the path to blame, what must hold and why."""
        yield from self._network_problems(platform)
        is_copy = self.deployment.name != self.identity.name
        yield from capacity_problems(self, platform, is_copy=is_copy)
        yield from recipient_problems(self.alarms, drift_is_checked=bool(platform.governance))
        identity = self.identity
        yield from account_problems(
            identity, identity.account_id, identity.region, platform.foreign_account_ids
        )
        key = state_key(platform.name, StackKind.APPLICATION)
        if isinstance(self.state.key, str) and self.state.key != key:
            yield "state.key", f"must be {key!r}, after the platform, got {self.state.key!r}"

    def _network_problems(self, platform: Platform) -> Iterator[tuple[str, str]]:
        region, zones = self.identity.region, self.network.availability_zone_ids
        count = platform.network.zone_count
        if isinstance(zones, tuple) and region in ZONE_IDS:
            if len(zones) != count:
                yield (
                    "network.availability_zone_ids",
                    f"must be {count} zones (platform.network.zone_count), got {len(zones)}",
                )
            known = ZONE_IDS[region]
            for zone in zones:
                if zone not in known:
                    yield (
                        "network.availability_zone_ids",
                        f"must be of {region} ({', '.join(known)}), got {zone!r}",
                    )
        gateways = self.network.nat_gateway_count
        if is_whole(gateways) and gateways not in (1, count):
            message = f"must be 1, or {count} (one per zone), got {gateways}"
            yield "network.nat_gateway_count", message

    def names(self, platform: Platform) -> Names:
        """Return the names of what this environment of *platform* has."""
        return Names(platform=platform.name, ending=self.deployment.name)

    def state_of(self, platform: Platform, kind: StackKind) -> StateLocation:
        """Return where the stack of a *kind* keeps its state: beside the application's."""
        if kind in (StackKind.APPLICATION, StackKind.PIPELINE):
            return self.state
        key = state_key(platform.name, kind)
        if kind is StackKind.NETWORK:
            key = self.deployment.network_state_key
        return replaced(self.state, "key", key)

    @property
    def network_range(self) -> ipaddress.IPv4Network | None:
        """The network's CIDR, None while it is not one."""
        try:
            return ipaddress.IPv4Network(self.network.cidr)
        except ValueError:
            return None


DECLARED: Final = tuple(declarations(Environment))
"""Every approved variation there is."""


def fixed_value(platform: Platform, path: str) -> Any:
    """Return what *platform* fixes the setting at *path* to, UNSET where it varies."""
    fixable = hasattr(platform.fixed, path.partition(".")[0])
    return value_at(platform.fixed, path) if fixable else UNSET


def varying_paths(platform: Platform) -> tuple[str, ...]:
    """Return the settings that *platform* has and does not fix; they become Terraform locals."""
    return tuple(
        declared.path
        for declared in DECLARED
        if declared.applies(platform) and fixed_value(platform, declared.path) is UNSET
    )
