"""What section 2 of the requirements asks of every platform, whatever parts it has."""

import re

from model.aws import LOG_RETENTION_DAYS
from tests.conformance.column import ENVIRONMENTS, Column, at, requirement

_TAGLESS = ("_rule", "_target")


@requirement("I1")
def test_one_body(every: Column) -> None:
    """The stacks of all environments have one digest, for every family of stacks."""
    for family in ("", "state", "network", "governance"):
        names = [f"{every.name}-{family}-{e}".replace("--", "-") for e in ENVIRONMENTS]
        stacks = [every.stacks[name] for name in names if name in every.stacks]
        assert len(stacks) in {0, 3}
        assert len({stack.digest for stack in stacks}) <= 1


@requirement("N1", "V1")
def test_networks_apart(every: Column) -> None:
    """No two networks overlap."""
    networks = [e.network_range for e in every.blueprint.environments]
    for index, one in enumerate(networks):
        assert one is not None
        assert not any(one.overlaps(other) for other in networks[index + 1 :] if other)


@requirement("N4", "N5")
def test_default_group_and_flow_logs(every: Column) -> None:
    """The default security group is empty, and connections are logged."""
    family = "network" if every.blueprint.platform.network.own_stack else ""
    assert every.same("aws_default_security_group", "ingress", family=family) == []
    assert every.same("aws_default_security_group", "egress", family=family) == []
    assert every.same("aws_flow_log", "traffic_type", family=family) == "ALL"


@requirement("N4", "V2")
def test_security_group_rules(every: Column) -> None:
    """Rules are the same everywhere; none lets anybody in from outside the network."""
    for type_ in ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"):
        rules = [
            {
                resource.address: {
                    key: resource.config.get(key)
                    for key in ("from_port", "to_port", "ip_protocol", "security_group_id")
                }
                for resource in every.resources(environment, type_)
            }
            for environment in ENVIRONMENTS
        ]
        assert rules[0] == rules[1] == rules[2]
    for environment in ENVIRONMENTS:
        for rule in every.resources(environment, "aws_vpc_security_group_ingress_rule"):
            assert rule.config.get("cidr_ipv4") != "0.0.0.0/0"


@requirement("K1", "K2")
def test_encryption(every: Column) -> None:
    """One rotated key; tables, queues, topics, logs and buckets are encrypted with it."""
    assert every.same("aws_kms_key", "enable_key_rotation") is True
    for environment in ENVIRONMENTS:
        for type_, path in (
            ("aws_dynamodb_table", "server_side_encryption.kms_key_arn"),
            ("aws_sqs_queue", "kms_master_key_id"),
            ("aws_sns_topic", "kms_master_key_id"),
            ("aws_cloudwatch_log_group", "kms_key_id"),
            ("aws_lambda_function", "kms_key_arn"),
        ):
            for resource in every.resources(environment, type_):
                assert str(at(resource.config, path)).startswith("${aws_kms_key."), resource.address


@requirement("F2", "F3")
def test_functions(every: Column) -> None:
    """Code, runtime and architecture are one; private subnets, dead letters, traces for all."""
    hashes = every.each("aws_lambda_function", "source_code_hash")
    assert len(set(hashes)) == 1
    assert every.same("aws_lambda_function", "architectures") == ["arm64"]
    assert every.same("aws_lambda_function", "tracing_config.mode") == "Active"
    for environment in ENVIRONMENTS:
        for function in every.resources(environment, "aws_lambda_function"):
            assert "private" in str(at(function.config, "vpc_config.subnet_ids"))
            assert "aws_sqs_queue" in at(function.config, "dead_letter_config.target_arn")


@requirement("F4")
def test_no_secret_in_variables(every: Column) -> None:
    """Functions are told the name of a secret, never the secret."""
    for environment in ENVIRONMENTS:
        for function in every.resources(environment, "aws_lambda_function"):
            for name, value in at(function.config, "environment.variables").items():
                assert "ephemeral." not in str(value)
                if "PASSWORD" in name or "SECRET" in name:
                    assert name.endswith("_PARAMETER")


@requirement("R3", "F4")
def test_secrets_are_write_only(every: Column) -> None:
    """Ephemeral values reach write-only arguments and nothing else."""
    for stack in every.stacks.values():
        for resource in stack.resources():
            for key, value in resource.config.items():
                if "ephemeral." in str(value):
                    assert key.endswith("_wo"), resource.address


@requirement("A3")
def test_api_logs(every: Column) -> None:
    """Where there is an API, every stage logs requests, and requests are validated."""
    if every.blueprint.platform.api is None:
        types = {resource.type for stack in every.stacks.values() for resource in stack.resources()}
        assert not any(type_.startswith("aws_api_gateway") for type_ in types)
        return
    assert every.same("aws_api_gateway_stage", "access_log_settings.destination_arn")
    assert every.same("aws_api_gateway_method_settings", "settings.logging_level") == "INFO"
    for method in every.resources("prod", "aws_api_gateway_method"):
        checked = (
            "request_models" if method.config["http_method"] == "POST" else "request_parameters"
        )
        assert method.config[checked], method.address
        assert method.config["request_validator_id"], method.address


@requirement("S1", "S3")
def test_buckets(every: Column) -> None:
    """Buckets are private, versioned, TLS only, and removed with their objects."""
    assert every.same("aws_s3_bucket", "force_destroy") is True
    for setting in (
        "block_public_acls",
        "block_public_policy",
        "ignore_public_acls",
        "restrict_public_buckets",
    ):
        assert every.same("aws_s3_bucket_public_access_block", setting) is True
    for environment in ENVIRONMENTS:
        buckets = every.resources(environment, "aws_s3_bucket")
        policies = every.resources(environment, "aws_s3_bucket_policy")
        assert len(policies) == len(buckets)
        assert all('"aws:SecureTransport":"false"' in p.config["policy"] for p in policies)


@requirement("O1")
def test_log_retention(every: Column) -> None:
    """Logs are kept for a number of days that CloudWatch accepts."""
    for days in every.each("aws_cloudwatch_log_group", "retention_in_days"):
        assert days in LOG_RETENTION_DAYS


@requirement("O4")
def test_alarms_notify(every: Column) -> None:
    """Every alarm notifies the alert topic."""
    for environment in ENVIRONMENTS:
        for alarm in every.resources(environment, "aws_cloudwatch_metric_alarm"):
            (topic,) = alarm.config["alarm_actions"]
            assert topic.startswith("${aws_sns_topic.alerts")


@requirement("P1")
def test_least_privilege(every: Column) -> None:
    """No role may do something to everything, unless the action knows no resource."""
    without_resource = re.compile(r'"(ec2:Describe\w+|logs:DescribeLogGroups|xray:\w+)"')
    for environment in ENVIRONMENTS:
        for policy in every.resources(environment, "aws_iam_role_policy"):
            for block in re.findall(r'"Effect":"Allow","Action":(\[[^]]*\]),"Resource":\["\*"\]',
                                    policy.config["policy"]):  # fmt: skip
                assert without_resource.sub("", block).strip("[],") == "", policy.address


@requirement("P2")
def test_bounded(every: Column) -> None:
    """Every role is inside a permission boundary."""
    for stack in every.stacks.values():
        for role in stack.resources("aws_iam_role"):
            assert "aws_iam_policy" in role.config["permissions_boundary"], role.address


@requirement("B1", "B3")
def test_state(every: Column) -> None:
    """State lies in a bucket of its own with both locks, and the account is pinned."""
    for environment in every.blueprint.environments:
        stack = every.stack(environment.identity.name)
        backend = stack.backend["s3"]
        assert backend["bucket"] == environment.state.bucket
        assert backend["dynamodb_table"] == environment.state.lock_table
        assert backend["use_lockfile"] is True
        (provider,) = stack.body["provider"]["aws"]
        assert provider["allowed_account_ids"] == [environment.identity.account_id]


@requirement("G1")
def test_tags(every: Column) -> None:
    """Whatever has tags has all six."""
    keys = every.blueprint.platform.tag_keys
    wanted = {
        keys.environment,
        keys.team,
        keys.owner,
        keys.cost_center,
        keys.data_classification,
        keys.project,
    }
    for environment in ENVIRONMENTS:
        for resource in every.resources(environment):
            tags = resource.config.get("tags")
            if tags is not None:
                assert wanted <= tags.keys(), resource.address


@requirement("G2")
def test_names(every: Column) -> None:
    """Names are `payment-<type>-<environment>`."""
    for environment in ENVIRONMENTS:
        for type_, key in (
            ("aws_dynamodb_table", "name"),
            ("aws_lambda_function", "function_name"),
            ("aws_sqs_queue", "name"),
            ("aws_iam_role", "name"),
            ("aws_lb", "name"),
            ("aws_db_instance", "identifier"),
            ("aws_rds_cluster", "cluster_identifier"),
        ):
            for resource in every.resources(environment, type_):
                assert re.fullmatch(rf"payment-[a-z-]+-{environment}", resource.config[key])


@requirement("G3")
def test_destroyable(every: Column) -> None:
    """Nothing is protected from removal."""
    for environment in ENVIRONMENTS:
        for resource in every.resources(environment):
            config = resource.config
            assert not at(config, "lifecycle.prevent_destroy"), resource.address
            for key in ("deletion_protection", "deletion_protection_enabled",
                        "enable_deletion_protection", "skip_destroy"):  # fmt: skip
                assert not config.get(key), resource.address
            if resource.type in {"aws_rds_cluster", "aws_db_instance"}:
                assert config["skip_final_snapshot"] is True


@requirement("G7")
def test_confirmation(every: Column) -> None:
    """Production asks for its name, the others for nothing."""
    words = [e.deployment.confirmation for e in every.blueprint.environments]
    assert words == ["", "", f"{every.name}-prod"]


@requirement("R4", "V3")
def test_databases(every: Column) -> None:
    """Databases are encrypted, speak TLS only, and are upgraded by nobody but us."""
    for environment in ENVIRONMENTS:
        for database in every.resources(environment, "aws_rds_cluster", "aws_db_instance"):
            assert database.config["storage_encrypted"] is True
            assert database.config["engine_lifecycle_support"].endswith("-disabled")
        for server in every.resources(environment, "aws_rds_cluster_instance", "aws_db_instance"):
            assert server.config["auto_minor_version_upgrade"] is False
            assert server.config["publicly_accessible"] is False
        for group in every.resources(
            environment, "aws_rds_cluster_parameter_group", "aws_db_parameter_group"
        ):
            assert {"name": "rds.force_ssl", "value": "1"}.items() <= group.config["parameter"][
                0
            ].items()
