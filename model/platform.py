"""The shape of a platform: everything that is the same in all its environments [I1]."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from model.constraint import every, flag, member, text, whole
from model.floor import Floor
from model.governance import GovernanceSpec, PipelineSpec
from model.literal import literal, name
from model.parts import (
    Acknowledgement,
    AlarmKind,
    ApiSpec,
    BucketSpec,
    DatabaseSpec,
    FunctionSpec,
    LifecycleRule,
    LoadBalancerSpec,
    NetworkSpec,
    QueueSpec,
    RuntimeSpec,
    TableSpec,
    TagKeys,
)
from model.settings import Settings


@frozen(kw_only=True)
class Platform:
    """One platform; its values end up as literals in the Terraform of every environment.

    Attributes:
        environments: The names of the environments in the order of promotion.

        fixed: Variations that this platform does not vary; an environment must not set them [I4].

        alarms: What is watched; thresholds are settings of the environment.

        organization_id: The AWS organization that all accounts are in, whose roles alone may be
            trusted; empty where there is none.

        webhook_secret_rotation: A higher number makes a new secret to sign webhooks with.

        is_reference: Whether it is a published design, kept with its own numbers to compare with;
            where it shares an account with a platform that is none, it is the one to be warned.

        floors: What the last environment must have at least, besides `model.floor.FLOORS`.

        foreign_account_ids: Accounts, of no environment, that ARNs in settings may name.

        acknowledged: Runtimes and engines past their end of support that are kept on purpose.
    """

    name: str = name()
    team: str = literal(text(r"[\w .@-]{1,64}", "a tag value"))
    owner: str = literal(text(r"[\w .@-]{1,64}", "a tag value"))
    environments: tuple[str, ...] = ("dev", "staging", "prod")
    organization_id: str = literal(
        text(r"(o-[a-z0-9]{10,32})?", "the id of an AWS organization or empty"), default=""
    )
    fixed: Settings = field(factory=Settings)
    tag_keys: TagKeys = field(factory=TagKeys)
    network: NetworkSpec
    runtime: RuntimeSpec
    tables: tuple[TableSpec, ...] = ()
    buckets: tuple[BucketSpec, ...] = ()
    lifecycle_rules: tuple[LifecycleRule, ...] = literal(every(member(LifecycleRule)), default=())
    functions: tuple[FunctionSpec, ...] = ()
    api: ApiSpec | None = None
    load_balancer: LoadBalancerSpec | None = None
    queue: QueueSpec | None = None
    event_topic: bool = literal(flag(), default=False)
    database: DatabaseSpec | None = None
    alarms: tuple[AlarmKind, ...] = literal(every(member(AlarmKind)), default=())
    dashboard: bool = literal(flag(), default=False)
    governance: GovernanceSpec | None = None
    pipeline: PipelineSpec | None = None
    webhook_secret_rotation: int = literal(whole(1, 1_000_000), default=1)
    is_reference: bool = literal(flag(), default=False)
    floors: tuple[Floor, ...] = ()
    foreign_account_ids: tuple[str, ...] = literal(
        every(text(r"\d{12}", "an account id of 12 digits")), default=()
    )
    acknowledged: tuple[Acknowledgement, ...] = ()

    @property
    def balanced_functions(self) -> tuple[str, ...]:
        """The functions behind the load balancer, each once."""
        rules = self.load_balancer.rules if self.load_balancer else ()
        return tuple(dict.fromkeys(rule.function for rule in rules))

    @property
    def has_webhooks(self) -> bool:
        """Whether a function sends signed webhooks."""
        return any(function.signs_webhooks for function in self.functions)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong between the parts."""
        yield from self._dangling(
            "table",
            {table.name for table in self.tables},
            (
                name
                for f in self.functions
                for name in (*f.reads_tables, *f.writes_tables, *f.appends_tables)
            ),
        )
        yield from self._dangling(
            "bucket",
            {bucket.name for bucket in self.buckets},
            (name for f in self.functions for name in (*f.reads_buckets, *f.writes_buckets)),
        )
        yield from self._dangling(
            "function",
            {function.name for function in self.functions},
            (
                *(route.function for route in (self.api.routes if self.api else ())),
                *(r.function for r in (self.load_balancer.rules if self.load_balancer else ())),
            ),
        )
        for function in self.functions:
            yield from self._problems_of(function)

    @staticmethod
    def _dangling(part: str, known: set[str], used: object) -> Iterator[str]:
        for missing in sorted(set(used) - known):  # type: ignore[call-overload]  # an iterable
            yield f"every {part} in use must be declared, {missing!r} is not"

    def _problems_of(self, function: FunctionSpec) -> Iterator[str]:
        needs = {
            "queue": function.sends_payments or function.receives_payments,
            "event_topic": function.publishes_events or function.event_types,
            "database": function.uses_database,
        }
        for part, needed in needs.items():
            if needed and not getattr(self, part):
                yield f"{part} must be there for function {function.name!r}, which uses it"
        if function.inbound_prefix and "inbound" not in {b.name for b in self.buckets}:
            yield f"bucket 'inbound' must be there, it starts function {function.name!r}"
        if (
            self.queue
            and function.receives_payments
            and self.queue.visibility_timeout_seconds < 6 * function.timeout_seconds
        ):
            yield (
                f"queue.visibility_timeout_seconds must be {6 * function.timeout_seconds} or more "
                f"(6 x the timeout of {function.name}, says AWS), "
                f"got {self.queue.visibility_timeout_seconds}"
            )
