"""The stack of one environment: a table of contents of the platform."""

from cdktf import TerraformStack
from constructs import Construct

from constructs_lib.compute.code import Archive, Code
from constructs_lib.compute.functions import Functions
from constructs_lib.compute.resources import Resources
from constructs_lib.compute.rest_api import RestApi
from constructs_lib.data.bucket import Bucket
from constructs_lib.data.database import Database
from constructs_lib.data.event_topic import EventTopic
from constructs_lib.data.queue import PaymentQueue
from constructs_lib.data.secret import GeneratedSecret
from constructs_lib.data.table import Table
from constructs_lib.delivery.blueprint_record import blueprint_record
from constructs_lib.delivery.confirmation import ask_before_destruction
from constructs_lib.identity.operator_role import operator_role
from constructs_lib.identity.quota_check import quota_check
from constructs_lib.network.endpoints import gateway_endpoints
from constructs_lib.network.flow_logs import flow_logs
from constructs_lib.network.load_balancer import LoadBalancer
from constructs_lib.network.peer_check import peer_check
from constructs_lib.observability.alarms import Alarms
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.observability.dashboard import dashboard
from constructs_lib.outputs import declare_outputs
from constructs_lib.site import Site
from model.environment import Environment
from model.names import StackKind
from model.platform import Platform


class PaymentsStack(TerraformStack):
    """Everything one environment of a payment platform needs."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        platform: Platform,
        environment: Environment,
        code: Archive,
        libraries: Archive,
    ) -> None:
        super().__init__(scope, id_)
        # Provider and state.
        site = Site.create(
            self, kind=StackKind.APPLICATION, platform=platform, environment=environment
        )

        # Parts.
        gateway_endpoints(self, "endpoints", site=site)
        flow_logs(self, "flow_logs", site=site)
        resources = Resources(
            site=site,
            tables=Table.of_platform(self, site=site),
            buckets=Bucket.of_platform(self, site=site),
            queue=PaymentQueue.of_platform(self, "payment_queue", site=site),
            topic=EventTopic.of_platform(self, "events", site=site),
            database=Database.of_platform(self, "database", site=site),
            webhook_secret=GeneratedSecret.of_webhooks(self, "webhook", site=site),
        )
        record = blueprint_record(self, "blueprint", site=site)
        runnable = Code.create(self, "code", site=site, code=code, libraries=libraries)

        # Relations.
        operator_role(self, "operator", site=site, queue=resources.queue)
        functions = Functions.create(
            self, "functions", site=site, code=runnable, resources=resources
        )
        api = RestApi.of_platform(self, "api", site=site, functions=functions)
        balancer = LoadBalancer.of_platform(self, "load_balancer", site=site, functions=functions)
        alarms = Alarms.create(
            self, "alarms", site=site, topic=AlertTopic.create(self, "alerts", site=site)
        )
        alarms.watch(functions=functions, resources=resources, api=api)
        dashboard(self, "dashboard", site=site, functions=functions, resources=resources, api=api)

        # Outputs.
        peer_check(site)
        quota_check(site)
        declare_outputs(site, api, resources.database, balancer)
        ask_before_destruction(site, last=record)
