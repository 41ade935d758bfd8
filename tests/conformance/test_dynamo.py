"""The reference platform `dynamo`, cell by cell."""

from tests.conformance.column import Column, at, requirement


@requirement("N1")
def test_regions(dynamo: Column) -> None:
    """Regions are those of the flagship: eu-west-1, us-west-2, us-east-1."""
    regions = tuple(e.identity.region for e in dynamo.blueprint.environments)
    assert regions == ("eu-west-1", "us-west-2", "us-east-1")


@requirement("N2")
def test_zones(dynamo: Column) -> None:
    """Two availability zones."""
    zones = [len(found) for found in dynamo.names("aws_subnet", "availability_zone_id")]
    assert zones == [2, 2, 2]


@requirement("R1")
def test_no_relational_database(dynamo: Column) -> None:
    """There is no relational database."""
    assert dynamo.absent("aws_db", "aws_rds")


@requirement("D1", "D2")
def test_tables(dynamo: Column) -> None:
    """Tables transactions and audit are provisioned 5/5, 25/25, 100/100."""
    assert dynamo.same("aws_dynamodb_table", "billing_mode") == "PROVISIONED"
    assert dynamo.each("aws_dynamodb_table", "read_capacity") == (5, 25, 100)
    assert dynamo.each("aws_dynamodb_table", "write_capacity") == (5, 25, 100)
    assert dynamo.names("aws_dynamodb_table", "name")[2] == {
        "payment-transactions-prod",
        "payment-audit-prod",
    }
    assert dynamo.same("aws_dynamodb_table", "hash_key") == "transaction_id"
    assert dynamo.same("aws_dynamodb_table", "range_key") == "timestamp"


@requirement("F2")
def test_functions(dynamo: Column) -> None:
    """Memory is 512, 1024, 2048 MiB; the timeout is the same; status answers its route."""
    assert dynamo.each("aws_lambda_function", "memory_size") == (512, 1024, 2048)
    assert dynamo.same("aws_lambda_function", "timeout") == 30
    assert dynamo.functions() == {"validation", "processing", "notification", "status"}


@requirement("A1", "A2")
def test_api(dynamo: Column) -> None:
    """Routes are /process, /validate, /status; rates are 100, 500, 2000 requests per second."""
    assert dynamo.names("aws_api_gateway_resource", "path_part")[0] == {
        "process",
        "validate",
        "status",
        "{transaction_id}",
    }
    rates = dynamo.each("aws_api_gateway_method_settings", "settings.throttling_rate_limit")
    assert rates == (100, 500, 2000)


@requirement("S2", "O1")
def test_retention(dynamo: Column) -> None:
    """Objects expire after 30, 90, 365 days, and logs with them."""
    expiry = dynamo.each("aws_s3_bucket_lifecycle_configuration", "rule.0.expiration.0.days")
    assert expiry == (30, 90, 365)
    assert dynamo.each("aws_cloudwatch_log_group", "retention_in_days") == expiry


@requirement("Q1")
def test_no_payment_queue(dynamo: Column) -> None:
    """There is no payment queue; only the dead letters of functions, kept 14 days."""
    names = dynamo.names("aws_sqs_queue", "name")[0]
    assert all(name.endswith("-failures-dev") for name in names)
    assert dynamo.same("aws_sqs_queue", "message_retention_seconds") == 14 * 86_400


@requirement("O2", "O3")
def test_alarms(dynamo: Column) -> None:
    """Alarms on function errors, table throttling and API errors, and a dashboard."""
    assert dynamo.alarm_metrics() == {
        "Errors",
        "ReadThrottleEvents",
        "WriteThrottleEvents",
        "4XXError",
        "5XXError",
    }
    assert dynamo.same("aws_cloudwatch_metric_alarm", "count") == 1
    assert dynamo.threshold("Errors") == (20, 10, 5)
    assert dynamo.one("dev", "aws_cloudwatch_dashboard")["dashboard_name"]


@requirement("G1")
def test_tags(dynamo: Column) -> None:
    """Tags have Environment, Team and CostCenter."""
    tags = dynamo.each("aws_vpc", "tags")
    assert [tag["Environment"] for tag in tags] == ["dev", "staging", "prod"]
    assert all({"Environment", "Team", "CostCenter"} <= tag.keys() for tag in tags)


@requirement("K1")
def test_key_policy(dynamo: Column) -> None:
    """The key's policy names role ARNs of its own environment."""
    policies = dynamo.each("aws_kms_key", "policy")
    for policy, environment in zip(policies, dynamo.blueprint.environments, strict=True):
        assert all(arn in policy for arn in environment.identity.key_role_arns)
    assert at(dynamo.one("prod", "aws_kms_key"), "enable_key_rotation") is True
