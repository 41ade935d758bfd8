"""The reference platform `metered`, cell by cell."""

from tests.conformance.column import Column, requirement


@requirement("N1", "N2")
def test_regions_and_zones(metered: Column) -> None:
    """Regions are us-east-1, us-east-2, us-east-1, with three zones and one NAT gateway."""
    regions = tuple(e.identity.region for e in metered.blueprint.environments)
    assert regions == ("us-east-1", "us-east-2", "us-east-1")
    zones = [len(found) for found in metered.names("aws_subnet", "availability_zone_id")]
    assert zones == [3, 3, 3]
    assert metered.same("aws_nat_gateway", "count") == 1


@requirement("R1")
def test_no_relational_database(metered: Column) -> None:
    """There is no relational database."""
    assert metered.absent("aws_db", "aws_rds")


@requirement("D1", "D2", "D3")
def test_table(metered: Column) -> None:
    """The table is on demand, on demand, then provisioned 5/5; recovery is off, on, on."""
    modes = metered.each("aws_dynamodb_table", "billing_mode")
    assert modes == ("PAY_PER_REQUEST", "PAY_PER_REQUEST", "PROVISIONED")
    assert metered.each("aws_dynamodb_table", "read_capacity") == (None, None, 5)
    assert metered.each("aws_dynamodb_table", "write_capacity") == (None, None, 5)
    recovery = metered.each("aws_dynamodb_table", "point_in_time_recovery.enabled")
    assert recovery == (False, True, True)
    assert metered.same("aws_dynamodb_table", "hash_key") == "transaction_id"
    assert metered.same("aws_dynamodb_table", "range_key") == "timestamp"


@requirement("F1", "F2", "V3")
def test_function(metered: Column) -> None:
    """One function on python3.9 with 512 MiB, fixed, and 30 seconds; the age is a warning."""
    assert metered.functions() == {"processing"}
    assert metered.same("aws_lambda_function", "runtime") == "python3.9"
    assert metered.same("aws_lambda_function", "memory_size") == 512
    assert metered.blueprint.platform.fixed.functions.memory_mebibytes == 512
    assert metered.same("aws_lambda_function", "timeout") == 30
    (warning,) = metered.blueprint.warnings
    assert "python3.9 is kept" in warning.what


@requirement("A1", "A4")
def test_api_key(metered: Column) -> None:
    """POST /payments wants an API key, which belongs to a usage plan with a quota."""
    assert metered.names("aws_api_gateway_resource", "path_part")[0] == {"payments"}
    assert metered.same("aws_api_gateway_method", "http_method") == "POST"
    assert metered.same("aws_api_gateway_method", "api_key_required") is True
    assert metered.same("aws_api_gateway_usage_plan", "quota_settings.period") == "DAY"
    assert metered.same("aws_api_gateway_usage_plan_key", "key_type") == "API_KEY"


@requirement("A2")
def test_rates(metered: Column) -> None:
    """Rates are 100, 1000, 10000 requests per second, of the stage and of every method."""
    for type_, path in (
        ("aws_api_gateway_method_settings", "settings.throttling_rate_limit"),
        ("aws_api_gateway_usage_plan", "throttle_settings.rate_limit"),
        ("aws_api_gateway_usage_plan", "api_stages.0.throttle.0.rate_limit"),
    ):
        assert metered.each(type_, path) == (100, 1000, 10_000)
    path = metered.same("aws_api_gateway_usage_plan", "api_stages.0.throttle.0.path")
    assert path == "/payments/POST"


@requirement("S1", "S2", "S3")
def test_storage(metered: Column) -> None:
    """Objects move to Glacier after 30, 30, 90 days; versioned, KMS, removed with the bucket."""
    transitions = metered.each("aws_s3_bucket_lifecycle_configuration", "rule.0.transition")
    assert [[(t["storage_class"], t["days"]) for t in cell] for cell in transitions] == [
        [("GLACIER", 30)],
        [("GLACIER", 30)],
        [("GLACIER", 90)],
    ]
    status = metered.same("aws_s3_bucket_versioning", "versioning_configuration.status")
    assert status == "Enabled"
    assert metered.same("aws_s3_bucket", "force_destroy") is True


@requirement("Q1", "K2")
def test_dead_letters(metered: Column) -> None:
    """Dead letters are kept 3, 7, 14 days, encrypted with our key."""
    days = metered.each("aws_sqs_queue", "message_retention_seconds")
    assert days == (3 * 86_400, 7 * 86_400, 14 * 86_400)
    assert "aws_kms_key" in metered.same("aws_sqs_queue", "kms_master_key_id")


@requirement("O2")
def test_alarms(metered: Column) -> None:
    """Alarms are off, on, on: function errors, API 4xx, API 5xx."""
    assert metered.each("aws_cloudwatch_metric_alarm", "count") == (0, 1, 1)
    assert metered.alarm_metrics() == {"Errors", "4XXError", "5XXError"}


@requirement("G1")
def test_tags(metered: Column) -> None:
    """Tags have Environment, CostCenter, Owner and DataClassification."""
    wanted = {"Environment", "CostCenter", "Owner", "DataClassification"}
    assert all(wanted <= tags.keys() for tags in metered.each("aws_vpc", "tags"))


@requirement("K1")
def test_key_rotation(metered: Column) -> None:
    """The key is rotated."""
    assert metered.same("aws_kms_key", "enable_key_rotation") is True
