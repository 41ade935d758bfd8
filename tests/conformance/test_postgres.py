"""The reference platform `postgres`, cell by cell."""

from tests.conformance.column import ENVIRONMENTS, Column, requirement


@requirement("N1", "N2")
def test_regions_and_zones(postgres: Column) -> None:
    """Regions are us-east-1, us-east-2, us-east-1, with two zones."""
    regions = tuple(e.identity.region for e in postgres.blueprint.environments)
    assert regions == ("us-east-1", "us-east-2", "us-east-1")
    names = postgres.names("aws_subnet", "availability_zone_id", family="network")
    assert [len(found) for found in names] == [2, 2, 2]


@requirement("R1", "R2")
def test_database(postgres: Column) -> None:
    """RDS PostgreSQL: db.t3.medium, db.t3.medium, db.r5.large; backups 3, 3, 7 days."""
    classes = postgres.each("aws_db_instance", "instance_class")
    assert classes == ("db.t3.medium", "db.t3.medium", "db.r5.large")
    assert postgres.each("aws_db_instance", "backup_retention_period") == (3, 3, 7)
    assert postgres.each("aws_db_instance", "multi_az") == (False, False, True)
    assert postgres.same("aws_db_instance", "engine") == "postgres"
    assert postgres.same("aws_db_instance", "engine_version") == "17.7"


@requirement("R4", "K2")
def test_database_encryption(postgres: Column) -> None:
    """Storage is encrypted with AWS's own key; TLS is forced; nothing keeps it from removal."""
    assert postgres.same("aws_db_instance", "storage_encrypted") is True
    assert postgres.same("aws_db_instance", "kms_key_id") is None
    parameter = postgres.same("aws_db_parameter_group", "parameter.0")
    assert (parameter["name"], parameter["value"]) == ("rds.force_ssl", "1")
    assert postgres.same("aws_db_instance", "deletion_protection") is False
    assert postgres.same("aws_db_instance", "skip_final_snapshot") is True


@requirement("R3")
def test_password(postgres: Column) -> None:
    """The password is write-only, read back from the parameter that AWS filled."""
    assert postgres.same("aws_db_instance", "password") is None
    assert "ephemeral.aws_ssm_parameter" in postgres.same("aws_db_instance", "password_wo")
    names = postgres.each("aws_ssm_parameter", "name", where="password")
    assert names == tuple(f"/postgres/{name}/database/password" for name in ENVIRONMENTS)
    assert postgres.same("aws_ssm_parameter", "type", where="password") == "SecureString"
    assert postgres.same("aws_ssm_parameter", "value", where="password") is None


@requirement("D1")
def test_no_table(postgres: Column) -> None:
    """There is no DynamoDB table."""
    assert postgres.absent("aws_dynamodb")


@requirement("F1", "F2", "F3")
def test_functions(postgres: Column) -> None:
    """Processing and verification have fixed memory and may use database, S3 and SQS."""
    assert postgres.functions() == {"processing", "verification", "migration"}
    assert postgres.same("aws_lambda_function", "memory_size") == 512
    for name in ("processing", "verification"):
        (policy,) = {
            resource.config["policy"]
            for resource in postgres.resources("prod", "aws_iam_role_policy")
            if resource.config["name"] == name
        }
        for action in ("rds-db:connect", "s3:", "sqs:SendMessage"):
            assert action in policy


@requirement("A1", "A3")
def test_api(postgres: Column) -> None:
    """Routes are /process-payment and /verify-payment; requests and responses are logged."""
    assert postgres.names("aws_api_gateway_resource", "path_part")[0] == {
        "process-payment",
        "verify-payment",
    }
    assert postgres.same("aws_api_gateway_method_settings", "settings.logging_level") == "INFO"
    assert '"status"' in postgres.same("aws_api_gateway_stage", "access_log_settings.format")


@requirement("S1", "S2", "S3")
def test_storage(postgres: Column) -> None:
    """The bucket is versioned, tiers after 30 days, and is removed with its objects."""
    (transition,) = postgres.same("aws_s3_bucket_lifecycle_configuration", "rule.0.transition")
    assert transition == {"days": 30, "storage_class": "INTELLIGENT_TIERING"}
    status = postgres.same("aws_s3_bucket_versioning", "versioning_configuration.status")
    assert status == "Enabled"
    assert postgres.same("aws_s3_bucket", "force_destroy") is True


@requirement("Q1")
def test_queue(postgres: Column) -> None:
    """There is a payment queue with a dead-letter queue."""
    names = postgres.names("aws_sqs_queue", "name")
    assert all({f"payment-queue-{e}", f"payment-dead-letters-{e}"} <= found
               for e, found in zip(ENVIRONMENTS, names, strict=True))  # fmt: skip


@requirement("O2")
def test_alarms(postgres: Column) -> None:
    """Function errors ring from five in five minutes on."""
    assert postgres.alarm_metrics() == {"Errors"}
    assert postgres.threshold("Errors") == (5, 5, 5)
    assert postgres.same("aws_cloudwatch_metric_alarm", "period") == 300


@requirement("N1", "B1")
def test_stacks(postgres: Column) -> None:
    """The network is a stack of its own, found by its state."""
    for environment in ENVIRONMENTS:
        stack = postgres.stack(environment)
        source = stack.body["data"]["terraform_remote_state"]["network_state"]
        backend = postgres.stack(environment, "network").backend["s3"]
        assert source["config"] == {key: backend[key] for key in ("bucket", "key", "region")}
        outputs = postgres.stack(environment, "network").body["output"]
        assert {"vpc_id", "private_subnet_ids"} <= outputs.keys()
    assert "remote_state" in str(postgres.same("aws_lambda_function", "vpc_config.subnet_ids"))
    assert postgres.absent("aws_vpc.", "aws_subnet", "aws_nat")


@requirement("G7", "R5", "A5")
def test_confirmation_and_outputs(postgres: Column) -> None:
    """Production asks for its name; endpoints of API and database are outputs."""
    words = tuple(e.deployment.confirmation for e in postgres.blueprint.environments)
    assert words == ("", "", "postgres-prod")
    outputs = postgres.stack("prod").body["output"]
    assert {"processing_url", "verification_url", "database_endpoint"} <= outputs.keys()
