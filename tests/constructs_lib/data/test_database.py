"""Only functions that use the database may reach it, and a deploy brings its schema up to date."""

from collections.abc import Callable

import pytest

from tests.conftest import Synthesis


def test_only_functions_may_connect(payments: Synthesis) -> None:
    """The one way in is port 5432 from the functions' security group."""
    (rule,) = (
        rule.config
        for rule in payments.stack("prod").resources("aws_vpc_security_group_ingress_rule")
        if "database" in rule.config["security_group_id"]
    )
    assert (rule["from_port"], rule["to_port"]) == (5432, 5432)
    assert "functions_group" in rule["referenced_security_group_id"]
    assert "cidr_ipv4" not in rule


def test_only_who_uses_it_is_told(payments: Synthesis) -> None:
    """Functions without `uses_database` do not know its place, and one alone its password."""
    platform = payments.blueprint.platform
    expected = {function.name for function in platform.functions if function.uses_database}
    stack = payments.stack("prod")
    told = {
        function.config["handler"].split(".")[2]
        for function in stack.resources("aws_lambda_function")
        if "DATABASE_HOST" in function.config["environment"]["variables"]
    }
    policies = {
        policy.config["name"]: policy.config["policy"]
        for policy in stack.resources("aws_iam_role_policy")
    }
    owners = {name for name, text in policies.items() if "database_password_parameter" in text}
    others = {name for name, text in policies.items() if "rds-db:connect" in text}
    assert told == expected == owners | others
    assert (owners, others) == ({"migration"}, {"processing"})


def test_nobody_but_the_owner_has_a_password(payments: Synthesis) -> None:
    """The migration knows every role; whoever logs in by IAM has the name of its function."""
    variables = {
        function.config["handler"].split(".")[2]: function.config["environment"]["variables"]
        for function in payments.stack("prod").resources("aws_lambda_function")
    }
    assert variables["migration"]["DATABASE_USER"] == "payments"
    processing = variables["processing"]
    assert "DATABASE_PASSWORD_PARAMETER" not in processing
    assert variables["migration"]["DATABASE_WRITERS"] == processing["DATABASE_USER"]


def test_a_deploy_with_new_code_migrates(payments: Synthesis) -> None:
    """The migration is called again when the code is another, after the database is there."""
    stack = payments.stack("prod")
    (invocation,) = stack.resources("aws_lambda_invocation")
    (digest,) = {f.config["source_code_hash"] for f in stack.resources("aws_lambda_function")}
    assert digest in invocation.config["input"]
    waited_for = " ".join(invocation.config["depends_on"])
    for part in ("aws_rds_cluster_instance", "aws_route.network_to_nat", "aws_lambda_function"):
        assert part in waited_for


def test_the_password_is_read_back(payments: Synthesis) -> None:
    """The database gets what is in Parameter Store, not the random value of this run."""
    stack = payments.stack("prod")
    (cluster,) = stack.resources("aws_rds_cluster")
    name = cluster.config["master_password_wo"].removeprefix("${").rpartition(".")[0]
    _, type_, id_ = name.split(".")
    source = stack.body["ephemeral"][type_][id_]["arn"]
    assert type_ == "aws_ssm_parameter"
    assert source.startswith("${aws_ssm_parameter.database_password")


@pytest.mark.parametrize("platform", ["payments", "postgres", "aurora"])
def test_logs_are_kept_as_long_as_ours(
    platform: str, synthesize: Callable[[str], Synthesis]
) -> None:
    """What a database exports goes to log groups of our own, made before it."""
    stack = synthesize(platform).stack("prod")
    (database,) = stack.resources("aws_rds_cluster", "aws_db_instance")
    kind = {"aws_rds_cluster": "cluster", "aws_db_instance": "instance"}[database.type]
    names = {
        group.address: group.config["name"]
        for group in stack.resources("aws_cloudwatch_log_group")
        if group.address in database.config["depends_on"]
    }
    exported = database.config["enabled_cloudwatch_logs_exports"]
    assert "postgresql" in exported
    assert sorted(names.values()) == sorted(
        f"/aws/rds/{kind}/payment-database-${{local.deployment_name}}/{log}" for log in exported
    )


@pytest.mark.parametrize("platform", ["payments", "postgres", "aurora"])
def test_slow_statements_are_logged_without_values(
    platform: str, synthesize: Callable[[str], Synthesis]
) -> None:
    """The log says which statement was slow, and never whose card it was about."""
    (group,) = (
        synthesize(platform)
        .stack("prod")
        .resources("aws_rds_cluster_parameter_group", "aws_db_parameter_group")
    )
    values = {one["name"]: one["value"] for one in group.config["parameter"]}
    assert values["log_statement"] == "ddl"
    assert int(values["log_min_duration_statement"]) > 0
    assert values["log_parameter_max_length"] == "0"
    assert values["log_parameter_max_length_on_error"] == "0"


@pytest.mark.parametrize("platform", ["payments", "postgres", "aurora"])
def test_insights_have_our_key(platform: str, synthesize: Callable[[str], Synthesis]) -> None:
    """Performance Insights shows statements: they are encrypted with the environment's key."""
    (instance,) = (
        synthesize(platform).stack("prod").resources("aws_rds_cluster_instance", "aws_db_instance")
    )
    assert instance.config["performance_insights_kms_key_id"].startswith("${aws_kms_key.key_")
