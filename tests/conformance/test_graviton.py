"""The reference platform `graviton`, cell by cell."""

from collections.abc import Callable

from tests.conformance.column import Column, requirement


@requirement("N1", "N2")
def test_places(graviton: Column, column: Callable[[str], Column]) -> None:
    """All in us-east-1, in the flagship's accounts, with two zones, a gateway and NAT."""
    environments = graviton.blueprint.environments
    assert {e.identity.region for e in environments} == {"us-east-1"}
    flagship = column("payments").blueprint.environments
    accounts = [e.identity.account_id for e in environments]
    assert accounts == [e.identity.account_id for e in flagship]
    zones = [len(found) for found in graviton.names("aws_subnet", "availability_zone_id")]
    assert zones == [2, 2, 2]
    assert graviton.one("dev", "aws_internet_gateway")
    assert graviton.same("aws_nat_gateway", "count") == 1


@requirement("R1", "A1")
def test_neither_database_nor_api(graviton: Column) -> None:
    """There is neither a relational database nor an API."""
    assert graviton.absent("aws_db", "aws_rds", "aws_api_gateway", "aws_lb")


@requirement("D2", "D3")
def test_table(graviton: Column) -> None:
    """The table is on demand, then provisioned twice; recovery in production only."""
    modes = graviton.each("aws_dynamodb_table", "billing_mode")
    assert modes == ("PAY_PER_REQUEST", "PROVISIONED", "PROVISIONED")
    assert graviton.each("aws_dynamodb_table", "read_capacity") == (None, 5, 20)
    recovery = graviton.each("aws_dynamodb_table", "point_in_time_recovery.enabled")
    assert recovery == (False, False, True)


@requirement("F1", "F2")
def test_function(graviton: Column) -> None:
    """One function on arm64 with 512, 1024, 2048 MiB and one timeout."""
    assert graviton.functions() == {"processing"}
    assert graviton.same("aws_lambda_function", "architectures") == ["arm64"]
    assert graviton.each("aws_lambda_function", "memory_size") == (512, 1024, 2048)
    assert graviton.same("aws_lambda_function", "timeout") == 30


@requirement("S2")
def test_storage(graviton: Column) -> None:
    """Objects expire after 30, 90, 365 days."""
    days = graviton.each("aws_s3_bucket_lifecycle_configuration", "rule.0.expiration.0.days")
    assert days == (30, 90, 365)


@requirement("Q2", "O4")
def test_alarm_topic(graviton: Column) -> None:
    """Alarms notify a topic."""
    (topic,) = graviton.same("aws_cloudwatch_metric_alarm", "alarm_actions")
    assert topic.startswith("${aws_sns_topic.")


@requirement("O2")
def test_alarms(graviton: Column) -> None:
    """Function errors and table throttling ring, each environment from its own threshold on."""
    metrics = {"Errors", "ReadThrottleEvents", "WriteThrottleEvents"}
    assert graviton.alarm_metrics() == metrics
    assert graviton.threshold("Errors") == (20, 10, 5)
    assert graviton.threshold("ReadThrottleEvents") == (50, 20, 1)


@requirement("G1")
def test_tags(graviton: Column) -> None:
    """Tags have Environment, CostCenter and DataClassification."""
    wanted = {"Environment", "CostCenter", "DataClassification"}
    assert all(wanted <= tags.keys() for tags in graviton.each("aws_vpc", "tags"))


@requirement("P2")
def test_boundary(graviton: Column) -> None:
    """Every role is inside the boundary."""
    assert "aws_iam_policy" in graviton.same("aws_iam_role", "permissions_boundary")
