"""The reference platform `aurora`, cell by cell."""

from tests.conformance.column import ENVIRONMENTS, Column, requirement


@requirement("N1", "N2", "N3")
def test_network(aurora: Column) -> None:
    """Regions as the flagship's, three zones, private subnets with a way out through NAT."""
    regions = tuple(e.identity.region for e in aurora.blueprint.environments)
    assert regions == ("eu-west-1", "us-west-2", "us-east-1")
    zones = [len(found) for found in aurora.names("aws_subnet", "availability_zone_id")]
    assert zones == [3, 3, 3]
    assert aurora.same("aws_nat_gateway", "count") == 1
    to_nat = [r for r in aurora.resources("prod", "aws_route") if "nat_gateway_id" in r.config]
    assert len(to_nat) == 3


@requirement("N1")
def test_peers(aurora: Column) -> None:
    """A plan compares the network with those of the environments before; none is the first."""
    cidrs = [e.network.cidr for e in aurora.blueprint.environments]
    for index, environment in enumerate(ENVIRONMENTS):
        stack = aurora.stack(environment)
        assert stack.locals["deployment_earlier_cidrs"] == cidrs[:index]
        assert "aws_vpcs" in stack.body["data"]
        output = stack.body["output"]["vpc_cidr"]
        assert output["value"] == str(aurora.blueprint.environments[index].network_range)
        assert "cidrhost" in output["precondition"][0]["condition"]


@requirement("R1", "R2", "V3")
def test_database(aurora: Column) -> None:
    """Aurora PostgreSQL 13.7, whose class and count vary; the age is a warning."""
    assert aurora.same("aws_rds_cluster", "engine") == "aurora-postgresql"
    assert aurora.same("aws_rds_cluster", "engine_version") == "13.7"
    classes = aurora.each("aws_rds_cluster_instance", "instance_class")
    assert classes == ("db.t3.medium", "db.r5.large", "db.r5.xlarge")
    assert aurora.each("aws_rds_cluster_instance", "count") == (1, 1, 2)
    warnings = [warning.what for warning in aurora.blueprint.warnings]
    assert any("aurora-postgresql 13 is kept" in warning for warning in warnings)
    assert any("python3.9 is kept" in warning for warning in warnings)


@requirement("R3")
def test_password(aurora: Column) -> None:
    """The password is in Parameter Store under the environment's path, and write-only."""
    names = aurora.each("aws_ssm_parameter", "name", where="password")
    assert names == tuple(f"/aurora/{name}/database/password" for name in ENVIRONMENTS)
    assert aurora.same("aws_rds_cluster", "master_password") is None
    assert "ephemeral." in aurora.same("aws_rds_cluster", "master_password_wo")


@requirement("F1", "F2")
def test_functions(aurora: Column) -> None:
    """S3 starts ingest; python3.9, memory and timeout are fixed."""
    assert "ingest" in aurora.functions()
    assert aurora.functions() == {"ingest", "processing", "notification", "migration"}
    assert aurora.same("aws_lambda_function", "runtime") == "python3.9"
    assert aurora.same("aws_lambda_function", "memory_size") == 512
    assert aurora.same("aws_lambda_function", "timeout", where="ingest") == 30
    started = aurora.same("aws_s3_bucket_notification", "lambda_function.0.lambda_function_arn")
    assert "ingest" in started


@requirement("L1")
def test_load_balancer(aurora: Column) -> None:
    """A load balancer in place of the API: the same rules everywhere, HTTPS by certificate."""
    assert aurora.absent("aws_api_gateway")
    paths = aurora.names("aws_lb_listener_rule", "condition.0.path_pattern.values.0")
    assert paths == [{"/process", "/status/*"}] * 3
    assert aurora.same("aws_lb_listener", "protocol") == "HTTPS"
    assert aurora.same("aws_lb", "internal") is True
    assert aurora.same("aws_lb", "access_logs.enabled") is True


@requirement("S1")
def test_buckets(aurora: Column) -> None:
    """Three versioned buckets, beside the one that the load balancer logs to."""
    names = aurora.names("aws_s3_bucket", "bucket")[0]
    kinds = {name.removeprefix("payment-").partition("-dev-")[0] for name in names}
    assert kinds == {"audit", "inbound", "artifacts", "access-logs"}
    status = aurora.same("aws_s3_bucket_versioning", "versioning_configuration.status")
    assert status == "Enabled"


@requirement("O1")
def test_log_retention(aurora: Column) -> None:
    """Logs are kept 7, 30, 90 days."""
    assert aurora.each("aws_cloudwatch_log_group", "retention_in_days") == (7, 30, 90)


@requirement("Q2")
def test_alerts(aurora: Column) -> None:
    """The topic of events has the same filter policies everywhere."""
    policy = aurora.same(
        "aws_sns_topic_subscription", "filter_policy", where="events_to_notification"
    )
    assert "payment.failed" in policy


@requirement("O2")
def test_no_alarms(aurora: Column) -> None:
    """There are no alarms."""
    assert aurora.absent("aws_cloudwatch_metric_alarm")


@requirement("G1")
def test_tags(aurora: Column) -> None:
    """Tags have environment and project, in lower case."""
    tags = aurora.each("aws_vpc", "tags")
    assert [(tag["environment"], tag["project"]) for tag in tags] == [
        (name, "aurora") for name in ENVIRONMENTS
    ]


@requirement("G5", "G6")
def test_governance(aurora: Column) -> None:
    """AWS Config records and judges, and a schedule starts the drift check."""
    rules = aurora.names("aws_config_config_rule", "source.source_identifier", family="governance")
    assert len(rules[0]) > 15
    assert rules[0] == rules[1] == rules[2]
    recorder = aurora.same(
        "aws_config_configuration_recorder_status", "is_enabled", family="governance"
    )
    assert recorder is True
    rule = aurora.same(
        "aws_cloudwatch_event_rule", "schedule_expression", where="schedule", family="governance"
    )
    assert rule == "rate(24 hours)"


@requirement("G9")
def test_pipeline(aurora: Column) -> None:
    """One pipeline promotes one release from dev over staging to prod, which a person approves."""
    (pipeline,) = aurora.stacks["aurora-pipeline"].resources("aws_codepipeline")
    stages = pipeline.config["stage"]
    names = [stage["name"] for stage in stages]
    assert names == [
        "source",
        "build",
        "deploy-dev",
        "deploy-staging",
        "plan-prod",
        "approve-prod",
        "deploy-prod",
    ]
    for stage in stages:
        if stage["name"].startswith("deploy-"):
            assert "#{build.RELEASE}" in stage["action"][0]["configuration"]["EnvironmentVariables"]


@requirement("P2", "P3")
def test_organization(aurora: Column) -> None:
    """Each environment has an account of its own, all in one AWS organization."""
    accounts = [e.identity.account_id for e in aurora.blueprint.environments]
    assert len(set(accounts)) == 3
    for environment in ENVIRONMENTS:
        (operator,) = (
            role
            for role in aurora.resources(environment, "aws_iam_role")
            if "operator" in role.address
        )
        assert '"aws:PrincipalOrgID":"o-payments2026"' in operator.config["assume_role_policy"]


@requirement("P2")
def test_boundary(aurora: Column) -> None:
    """Every role is inside the boundary."""
    assert "aws_iam_policy" in aurora.same("aws_iam_role", "permissions_boundary")
