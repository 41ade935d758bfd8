"""The parts a platform is made of: what they are, the same in every environment."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from model.body import FieldSpec
from model.constraint import every, flag, member, one_of, text, whole
from model.literal import literal, name, names


class LifecycleRule(Enum):
    """What happens to objects of a bucket with time."""

    EXPIRY = "expiry"
    GLACIER = "glacier"
    INTELLIGENT_TIERING = "intelligent-tiering"


class AlarmKind(Enum):
    """What an alarm watches."""

    LAMBDA_ERRORS = "lambda-errors"
    LAMBDA_THROTTLES = "lambda-throttles"
    LAMBDA_DURATION = "lambda-duration"
    TABLE_THROTTLES = "table-throttles"
    API_4XX = "api-4xx"
    API_5XX = "api-5xx"
    DEAD_LETTERS = "dead-letters"
    QUEUE_AGE = "queue-age"
    DATABASE_CPU = "database-cpu"
    DATABASE_STORAGE = "database-storage"


class DatabaseKind(Enum):
    """Which PostgreSQL of RDS."""

    INSTANCE = "postgres"
    CLUSTER = "aurora-postgresql"


@frozen(kw_only=True)
class TagKeys:
    """How the six tags are spelled; AWS tells upper from lower case [G1]."""

    environment: str = "Environment"
    team: str = "Team"
    owner: str = "Owner"
    cost_center: str = "CostCenter"
    data_classification: str = "DataClassification"
    project: str = "Project"


@frozen(kw_only=True)
class NetworkSpec:
    """The network.

    Attributes:
        zone_count: Over how many availability zones it spreads.

        own_stack: Whether it is deployed on its own, before the rest.

        peer_check: Whether a plan compares its CIDR with other networks.
    """

    zone_count: int = literal(whole(2, 3))
    own_stack: bool = literal(flag(), default=False)
    peer_check: bool = literal(flag(), default=False)


@frozen(kw_only=True)
class IndexSpec:
    """A global secondary index that holds keys only, which are strings."""

    name: str = name()
    partition_key: str = literal(text(r"[a-z_]{1,50}", "an attribute name"))
    sort_key: str = literal(text(r"[a-z_]{1,50}", "an attribute name"))


@frozen(kw_only=True)
class TableSpec:
    """A DynamoDB table; keys are strings, and `sort_key` or `expiry_attribute` may be empty."""

    name: str = name()
    partition_key: str = literal(text(r"[a-z_]{1,50}", "an attribute name"))
    sort_key: str = literal(text(r"[a-z_]{0,50}", "an attribute name or empty"), default="")
    expiry_attribute: str = literal(text(r"[a-z_]{0,50}", "an attribute name or empty"), default="")
    indexes: tuple[IndexSpec, ...] = ()


@frozen(kw_only=True)
class BucketSpec:
    """An S3 bucket.

    Attributes:
        folders: The prefixes it is created with, so that every environment looks the same.

        expires: Whether the platform's lifecycle rules apply to it.
    """

    name: str = name()
    folders: tuple[str, ...] = literal(every(text(r"[a-z][a-z0-9-]*/", "a folder such as in/")))
    expires: bool = literal(flag(), default=True)


@frozen(kw_only=True)
class RuntimeSpec:
    """What functions run on.

    Attributes:
        identifier: Lambda's name of the runtime.

        architecture: The processor.
    """

    identifier: str = literal(text(r"python3\.\d+", "a Lambda runtime such as python3.13"))
    architecture: str = literal(one_of(("arm64", "x86_64")), default="arm64")


@frozen(kw_only=True)
class FunctionSpec:
    """A Lambda function: what starts it and what it may touch.

    Attributes:
        timeout_seconds: After how long Lambda ends a call.

        background: Whether nobody waits for its answer.

        reads_tables, writes_tables: Tables it may read, and those it may change.

        appends_tables: Tables of records that it may add to, and not change.

        reads_buckets, writes_buckets: Buckets it may read from, and those it may add to.

        sends_payments, receives_payments: Whether it feeds the payment queue, or works it off.

        publishes_events: Whether it may publish to the alert topic.

        event_types: Which events of the alert topic start it.

        inbound_prefix: Which new objects of the bucket `inbound` start it, empty for none.

        sweep_minutes: How often a schedule starts it, 0 for never.

        uses_database: Whether it may connect to the database and read its password.

        signs_webhooks: Whether it may read the secret that signs webhooks.

        moves_money: Whether it carries payments out, and is told through which gateway.

        runs_on_deploy: Whether a deploy with new code calls it, and fails when it does.
    """

    name: str = name()
    timeout_seconds: int = literal(whole(1, 900, "seconds"))
    background: bool = literal(flag(), default=False)
    reads_tables: tuple[str, ...] = names()
    writes_tables: tuple[str, ...] = names()
    appends_tables: tuple[str, ...] = names()
    reads_buckets: tuple[str, ...] = names()
    writes_buckets: tuple[str, ...] = names()
    sends_payments: bool = literal(flag(), default=False)
    receives_payments: bool = literal(flag(), default=False)
    publishes_events: bool = literal(flag(), default=False)
    event_types: tuple[str, ...] = literal(
        every(text(r"[a-z.]+", "an event type such as payment.captured")), default=()
    )
    inbound_prefix: str = literal(text(r"([a-z-]+/)?", "a folder or empty"), default="")
    sweep_minutes: int = literal(whole(0, 60, "minutes"), default=0)
    uses_database: bool = literal(flag(), default=False)
    signs_webhooks: bool = literal(flag(), default=False)
    moves_money: bool = literal(flag(), default=False)
    runs_on_deploy: bool = literal(flag(), default=False)


@frozen(kw_only=True)
class RouteSpec:
    """A route of the API.

    Attributes:
        path: Below the stage, without slash at the ends; a piece in braces is a parameter.

        function: Which function answers.

        body: What a JSON body must have; with any, other bodies are refused with 400.
    """

    method: str = literal(one_of(("GET", "POST")))
    path: str = literal(text(r"[a-z-]+(/(\{[a-z_]+\}|[a-z-]+))*", "a path such as status/{id}"))
    function: str = name()
    body: tuple[FieldSpec, ...] = ()


@frozen(kw_only=True)
class ApiSpec:
    """The REST API.

    Attributes:
        authorization: "AWS_IAM" for callers that sign their requests, "NONE" for all.

        api_key_required: Whether callers need an API key and a usage plan [A4].

        quota_per_day: Requests per day and key, 0 for no quota.
    """

    routes: tuple[RouteSpec, ...]
    authorization: str = literal(one_of(("AWS_IAM", "NONE")), default="AWS_IAM")
    api_key_required: bool = literal(flag(), default=False)
    quota_per_day: int = literal(whole(0, 1_000_000_000, "requests"), default=0)


@frozen(kw_only=True)
class ListenerRuleSpec:
    """A rule of the load balancer: requests to *path* go to *function*."""

    path: str = literal(text(r"/[a-z/*-]*", "a path pattern such as /process*"))
    function: str = name()


@frozen(kw_only=True)
class LoadBalancerSpec:
    """An internal application load balancer with Lambda behind it [L1]."""

    rules: tuple[ListenerRuleSpec, ...]


@frozen(kw_only=True)
class QueueSpec:
    """The payment queue.

    Attributes:
        visibility_timeout_seconds: How long a consumer has; six times its timeout, says AWS.

        dead_letter_days: How long a message remains at least that became a dead letter on its last
            day. Its age goes on there: it waits as long in the queue as that leaves time for. What
            grows too old in the queue itself is no dead letter but gone.

        max_receive_count: After how many attempts a message is a dead letter.
    """

    visibility_timeout_seconds: int = literal(whole(0, 43_200, "seconds"))
    dead_letter_days: int = literal(whole(1, 13, "days"), default=1)
    max_receive_count: int = literal(whole(1, 1000), default=5)


@frozen(kw_only=True)
class DatabaseSpec:
    """The PostgreSQL database [R1].

    Attributes:
        engine_version: Exactly as RDS spells it; never upgraded behind our back.

        aws_managed_key: Encrypt with AWS's key instead of ours.

        password_rotation: A higher number makes a new password, for parameter and database.
    """

    kind: DatabaseKind = literal(member(DatabaseKind))
    engine_version: str = literal(text(r"\d+\.\d+", "a version such as 17.7"))
    aws_managed_key: bool = literal(flag(), default=False)
    password_rotation: int = literal(whole(1, 1_000_000), default=1)

    @property
    def is_cluster(self) -> bool:
        """Whether it is an Aurora cluster rather than an instance."""
        return self.kind is DatabaseKind.CLUSTER


@frozen(kw_only=True)
class Acknowledgement:
    """A deliberate use of something whose support has ended [V3].

    Attributes:
        what: The runtime or engine, such as "python3.9".

        reason: Why it is kept, in a sentence.
    """

    what: str
    reason: str
