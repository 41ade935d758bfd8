"""What functions work with, and what each of them may do with it."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen
from cdktf import ITerraformDependable

from constructs_lib.compute.access import Access
from constructs_lib.data.bucket import Bucket
from constructs_lib.data.database import Database
from constructs_lib.data.event_topic import EventTopic
from constructs_lib.data.queue import PaymentQueue
from constructs_lib.data.secret import GeneratedSecret
from constructs_lib.data.table import Table
from constructs_lib.identity.policy import Statement
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.site import Site
from model.parts import FunctionSpec


@frozen(kw_only=True, eq=False)
class Resources:
    """What functions work with; a platform has only some of it."""

    site: Site
    tables: Mapping[str, Table]
    buckets: Mapping[str, Bucket]
    queue: PaymentQueue | None
    database: Database | None
    topic: EventTopic | None
    webhook_secret: GeneratedSecret | None

    def access(self, spec: FunctionSpec) -> Access:
        """Return what *spec* may do and must know, and nothing more [F3, P1]."""
        return Access(
            statements=tuple(self._statements(spec)), variables=dict(self._variables(spec))
        )

    def let_in(self, callers: SecurityGroup) -> None:
        """Let *callers* connect to what is inside the network."""
        if self.database:
            self.database.accepts(callers)

    @property
    def ready(self) -> Sequence[ITerraformDependable]:
        """What must exist before a function can be called."""
        return self.database.ready if self.database else ()

    def _statements(self, spec: FunctionSpec) -> Iterator[Statement]:
        yield from (self.tables[name].read() for name in spec.reads_tables)
        yield from (self.tables[name].write() for name in spec.writes_tables)
        yield from (self.tables[name].append() for name in spec.appends_tables)
        yield from (self.buckets[name].read() for name in spec.reads_buckets)
        yield from (self.buckets[name].write() for name in spec.writes_buckets)
        if self.queue and spec.sends_payments:
            yield self.queue.send()
        if self.queue and spec.receives_payments:
            yield self.queue.receive()
        if self.topic and spec.publishes_events:
            yield self.topic.publish()
        if self.database and spec.uses_database:
            yield self.database.connect(spec)
        if self.webhook_secret and spec.signs_webhooks:
            yield self.webhook_secret.read()

    def _variables(self, spec: FunctionSpec) -> Iterator[tuple[str, str]]:
        tables = (*spec.reads_tables, *spec.writes_tables, *spec.appends_tables)
        for name in dict.fromkeys(tables):
            yield self.tables[name].variable
        for name in dict.fromkeys((*spec.reads_buckets, *spec.writes_buckets)):
            yield self.buckets[name].variable
        if self.queue and spec.sends_payments:
            yield "PAYMENT_QUEUE_URL", self.queue.url
        if self.topic and spec.publishes_events:
            yield "EVENT_TOPIC_ARN", self.topic.arn
        if self.database and spec.uses_database:
            yield from self.database.variables(spec).items()
        if spec.moves_money:
            yield "PAYMENT_GATEWAY", "sandbox"
        if self.webhook_secret and spec.signs_webhooks:
            yield "WEBHOOK_URL", self.site.environment.identity.webhook_url
            yield "WEBHOOK_SECRET_PARAMETER", self.webhook_secret.parameter_name
