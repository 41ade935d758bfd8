"""The stack of one environment: a table of contents of the platform."""

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.compute.code import Archive, Code
from constructs_lib.compute.functions import Functions, Resources
from constructs_lib.compute.rest_api import RestApi
from constructs_lib.data.bucket import Bucket
from constructs_lib.data.database import Database
from constructs_lib.data.queue import PaymentQueue
from constructs_lib.data.secret import GeneratedSecret
from constructs_lib.data.table import Table
from constructs_lib.delivery.blueprint_record import blueprint_record
from constructs_lib.delivery.confirmation import ask_before_destruction
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.identity.operator_role import operator_role
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.network.load_balancer import LoadBalancer
from constructs_lib.network.peer_check import peer_check
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.network.shared_network import shared_network
from constructs_lib.observability.alarms import Alarms
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.observability.dashboard import dashboard
from constructs_lib.provider import provide_aws
from constructs_lib.site import Site
from model.environment import Environment
from model.platform import Platform
from stacks.network import create_network


class PaymentsStack(TerraformStack):
    """Everything one environment of a payment platform needs."""

    def __init__(  # noqa: PLR0913 - what it is built from
        self,
        scope: Construct,
        id_: str,
        *,
        platform: Platform,
        environment: Environment,
        paths: tuple[str, ...],
        code: Archive,
        libraries: Archive,
    ) -> None:
        super().__init__(scope, id_)
        site = Site.create(self, platform=platform, environment=environment, paths=paths)
        provide_aws(self, site=site, state=environment.state)

        # Parts.
        key = EncryptionKey.create(self, "key", site=site)
        boundary = PermissionBoundary.create(self, "boundary", site=site)
        network = (
            shared_network(self, "network_state", site=site)
            if platform.network.own_stack
            else create_network(self, site=site, key=key, boundary=boundary)
        )
        tables = {
            spec.name: Table.create(self, f"{spec.name}_table", site=site, spec=spec, key=key)
            for spec in platform.tables
        }
        buckets = {
            spec.name: Bucket.create(
                self,
                f"{spec.name}_bucket",
                site=site,
                spec=spec,
                name=site.bucket_name(spec.name),
                key=key,
            )
            for spec in platform.buckets
        }
        queue = (
            PaymentQueue.create(self, "payment_queue", site=site, spec=platform.queue, key=key)
            if platform.queue
            else None
        )
        topic = AlertTopic.create(self, "alerts", site=site, key=key)
        database = (
            Database.create(
                self,
                "database",
                site=site,
                spec=platform.database,
                key=key,
                network=network,
                boundary=boundary,
            )
            if platform.database
            else None
        )
        operator_role(self, "operator", site=site, queue=queue, boundary=boundary)
        record = blueprint_record(self, "blueprint", site=site)

        # Relations.
        group = SecurityGroup.create(
            self, "functions_group", site=site, kind="functions", network=network
        )
        group.may_call_https()
        if database:
            database.accepts(group)
        functions = Functions.create(
            self,
            "functions",
            site=site,
            code=Code.create(self, "code", site=site, code=code, libraries=libraries),
            key=key,
            network=network,
            group=group,
            boundary=boundary,
            resources=Resources(
                tables=tables,
                buckets=buckets,
                queue=queue,
                database=database,
                topic=topic,
                webhook_secret=GeneratedSecret.create(
                    self, "webhook", site=site, path="webhook/secret", key=key
                )
                if platform.has_webhooks
                else None,
                webhook_url=site.environment.identity.webhook_url,
            ),
        )
        api = (
            RestApi.create(self, "api", site=site, spec=platform.api, functions=functions, key=key)
            if platform.api
            else None
        )
        balancer = (
            LoadBalancer.create(
                self,
                "load_balancer",
                site=site,
                spec=platform.load_balancer,
                network=network,
                functions=functions,
            )
            if platform.load_balancer
            else None
        )
        alarms = Alarms.create(self, "alarms", site=site, topic=topic)
        alarms.watch(
            functions=functions, tables=tables.values(), queue=queue, api=api, database=database
        )
        if platform.dashboard:
            dashboard(
                self,
                "dashboard",
                site=site,
                functions=functions,
                tables=tables,
                api=api,
                queue=queue,
                database=database,
            )

        # Outputs.
        if platform.network.peer_check:
            peer_check(self, site=site)
        outputs = {
            **(api.urls if api else {}),
            **({"database_endpoint": database.endpoint} if database else {}),
            **({"load_balancer_url": balancer.url} if balancer else {}),
        }
        for name, value in outputs.items():
            TerraformOutput(self, name, static_id=True, value=value)

        ask_before_destruction(self, last=record)
