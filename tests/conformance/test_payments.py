"""The flagship `payments`, cell by cell."""

from tests.conformance.column import ENVIRONMENTS, Column, at, requirement


@requirement("N1", "N2", "N3")
def test_network(flagship: Column) -> None:
    """eu-west-1, us-west-2, us-east-1; three zones; one NAT gateway, in production one per zone."""
    environments = flagship.blueprint.environments
    assert [e.identity.region for e in environments] == ["eu-west-1", "us-west-2", "us-east-1"]
    assert [e.identity.account_id for e in environments] == [
        "123456789012",
        "234567890123",
        "345678901234",
    ]
    zones = [len(found) for found in flagship.names("aws_subnet", "availability_zone_id")]
    assert zones == [3, 3, 3]
    assert flagship.each("aws_nat_gateway", "count") == (1, 1, 3)
    endpoints = flagship.names("aws_vpc_endpoint", "service_name")[2]
    assert endpoints == {"com.amazonaws.us-east-1.s3", "com.amazonaws.us-east-1.dynamodb"}


@requirement("N1")
def test_peers(flagship: Column) -> None:
    """A plan compares the network with those of the environments before it."""
    for count, environment in enumerate(ENVIRONMENTS):
        stack = flagship.stack(environment)
        assert len(stack.locals["deployment_earlier_cidrs"]) == count
        assert "cidrhost" in stack.body["output"]["vpc_cidr"]["precondition"][0]["condition"]


@requirement("R1", "R2", "R5")
def test_database(flagship: Column) -> None:
    """Aurora PostgreSQL 17.7; two instances in production; backups 3, 7, 30 days."""
    assert flagship.same("aws_rds_cluster", "engine") == "aurora-postgresql"
    assert flagship.same("aws_rds_cluster", "engine_version") == "17.7"
    classes = flagship.each("aws_rds_cluster_instance", "instance_class")
    assert classes == ("db.t4g.medium", "db.r6g.large", "db.r6g.xlarge")
    assert flagship.each("aws_rds_cluster_instance", "count") == (1, 1, 2)
    assert flagship.each("aws_rds_cluster", "backup_retention_period") == (3, 7, 30)
    assert "endpoint" in flagship.stack("dev").body["output"]["database_endpoint"]["value"]


@requirement("D1", "D2", "D3")
def test_tables(flagship: Column) -> None:
    """Tables are provisioned 5/5, 25/25, 100/100, with recovery in staging and production."""
    assert flagship.same("aws_dynamodb_table", "billing_mode") == "PROVISIONED"
    assert flagship.each("aws_dynamodb_table", "read_capacity") == (5, 25, 100)
    assert flagship.each("aws_dynamodb_table", "write_capacity") == (5, 25, 100)
    recovery = flagship.each("aws_dynamodb_table", "point_in_time_recovery.enabled")
    assert recovery == (False, True, True)
    names = flagship.names("aws_dynamodb_table", "name")[0]
    assert {"payment-transactions-dev", "payment-audit-dev"} <= names


@requirement("F1", "F2")
def test_functions(flagship: Column) -> None:
    """All of F1 on python3.13 and arm64; 512, 1024, 2048 MiB; 30 seconds."""
    assert flagship.functions() >= {
        "validation",
        "processing",
        "status",
        "notification",
        "ingest",
    }
    assert flagship.same("aws_lambda_function", "runtime") == "python3.13"
    assert flagship.each("aws_lambda_function", "memory_size") == (512, 1024, 2048)
    for name in ("validation", "processing", "status", "notification", "ingest"):
        assert flagship.same("aws_lambda_function", "timeout", where=f"_{name}_function") == 30


@requirement("A1", "A2", "A5")
def test_api(flagship: Column) -> None:
    """/process, /validate, /status; 100, 500, 2000 requests per second; URLs are outputs."""
    paths = flagship.names("aws_api_gateway_resource", "path_part")[0]
    assert {"process", "validate", "status"} <= paths
    rates = flagship.each("aws_api_gateway_method_settings", "settings.throttling_rate_limit")
    assert rates == (100, 500, 2000)
    bursts = flagship.each("aws_api_gateway_method_settings", "settings.throttling_burst_limit")
    assert bursts == (200, 1000, 4000)
    outputs = flagship.stack("prod").body["output"]
    assert {"processing_url", "validation_url", "status_url"} <= outputs.keys()


@requirement("L1")
def test_load_balancer(flagship: Column) -> None:
    """The load balancer has the same rules everywhere and forwards to functions over HTTPS."""
    paths = flagship.names("aws_lb_listener_rule", "condition.0.path_pattern.values.0")
    assert paths == [{"/process", "/validate", "/status/*"}] * 3
    assert flagship.same("aws_lb_target_group", "target_type") == "lambda"
    assert flagship.each("aws_lb_listener", "protocol") == ("HTTPS",) * 3
    assert flagship.same("aws_lb", "drop_invalid_header_fields") is True


@requirement("S1", "S2")
def test_storage(flagship: Column) -> None:
    """Three buckets; large objects tier and go to Glacier; all expire after 120, 180, 365 days."""
    for kind in ("audit", "inbound", "artifacts"):
        age, tiers = (
            flagship.each(
                "aws_s3_bucket_lifecycle_configuration", f"rule.{index}", where=f"{kind}_bucket"
            )
            for index in (0, 1)
        )
        assert [at(cell, "expiration.0.days") for cell in age] == [120, 180, 365]
        moves = [{t["storage_class"]: t["days"] for t in cell["transition"]} for cell in tiers]
        assert moves == [
            {"INTELLIGENT_TIERING": 7, "GLACIER": 30},
            {"INTELLIGENT_TIERING": 30, "GLACIER": 60},
            {"INTELLIGENT_TIERING": 30, "GLACIER": 90},
        ]


@requirement("O1")
def test_log_retention(flagship: Column) -> None:
    """Logs are kept 30, 90, 365 days, as long as objects."""
    assert flagship.each("aws_cloudwatch_log_group", "retention_in_days") == (30, 90, 365)


@requirement("Q1", "Q2", "Q3")
def test_queue_and_topic(flagship: Column) -> None:
    """Dead letters are kept 3, 7, 14 days; filters are the same; few may send or receive."""
    days = flagship.each(
        "aws_sqs_queue", "message_retention_seconds", where="payment_queue_dead_letters"
    )
    assert days == (3 * 86_400, 7 * 86_400, 14 * 86_400)
    assert "payment.failed" in flagship.same(
        "aws_sns_topic_subscription", "filter_policy", where="events_to_notification"
    )
    senders = {
        role.config["name"]
        for role in flagship.resources("prod", "aws_iam_role_policy")
        if "SendPayments" in role.config["policy"]
    }
    assert senders == {"processing", "ingest"}


@requirement("O2", "O3")
def test_alarms(flagship: Column) -> None:
    """Alarms of every kind are on everywhere; thresholds vary and are drawn in the dashboard."""
    assert flagship.same("aws_cloudwatch_metric_alarm", "count") == 1
    assert flagship.alarm_metrics() == {
        "Errors",
        "Throttles",
        "Duration",
        "ReadThrottleEvents",
        "WriteThrottleEvents",
        "4XXError",
        "5XXError",
        "ApproximateNumberOfMessagesVisible",
        "CPUUtilization",
        "FreeLocalStorage",
        "ApproximateAgeOfOldestMessage",
        "DeadLetterErrors",
        "NumberOfNotificationsFailedToRedriveToDlq",
    }
    assert flagship.threshold("Errors") == (20, 10, 5)
    assert flagship.threshold("FreeLocalStorage") == (2 * 2**30, 4 * 2**30, 10 * 2**30)
    body = flagship.one("prod", "aws_cloudwatch_dashboard")["dashboard_body"]
    assert "annotations" in body


@requirement("G5", "G6", "G9")
def test_governance(flagship: Column) -> None:
    """AWS Config, a daily drift check, and a pipeline with an approval before production."""
    rules = flagship.names("aws_config_config_rule", "source.source_identifier",
                           family="governance")  # fmt: skip
    assert "REQUIRED_TAGS" in rules[0]
    assert rules[0] == rules[1] == rules[2]
    schedule = flagship.same(
        "aws_cloudwatch_event_rule", "schedule_expression", where="schedule", family="governance"
    )
    assert schedule == "rate(24 hours)"
    (pipeline,) = flagship.stacks["payments-pipeline"].resources("aws_codepipeline")
    names = [stage["name"] for stage in pipeline.config["stage"]]
    assert names.index("approve-prod") == names.index("deploy-prod") - 1


@requirement("B2")
def test_bootstrap(flagship: Column) -> None:
    """A stack of its own creates the bucket and the lock table of the state."""
    buckets = flagship.each("aws_s3_bucket", "bucket", family="state")
    assert buckets == tuple(e.state.bucket for e in flagship.blueprint.environments)
    tables = flagship.each("aws_dynamodb_table", "name", family="state")
    assert tables == tuple(e.state.lock_table for e in flagship.blueprint.environments)
