"""RDS PostgreSQL: one instance, with a standby where the environment says so [R1, R2]."""

from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.db_instance import DbInstance
from cdktf_cdktf_provider_aws.db_parameter_group import (
    DbParameterGroup,
    DbParameterGroupParameter,
)
from constructs import Construct

from constructs_lib.data import database_plan as plan_of
from constructs_lib.data.database_plan import DatabasePlan, MadeDatabase
from constructs_lib.observability.log_group import log_group

_STORAGE_GIBIBYTES: Final = 100
_MOST_STORAGE_GIBIBYTES: Final = 500
_LOGS: Final = ("postgresql", "upgrade")


def database_instance(scope: Construct, plan: DatabasePlan) -> MadeDatabase:
    """Create the instance; the version is pinned and changes only with the blueprint."""
    site, settings = plan.site, plan.site.environment.database
    parameters, logs = _parameters(scope, plan), _logs(scope, plan)
    instance = DbInstance(
        scope,
        "instance",
        identifier=site.name("database"),
        engine=plan.spec.kind.value,
        engine_version=plan.spec.engine_version,
        engine_lifecycle_support=plan_of.NO_EXTENDED_SUPPORT,
        allow_major_version_upgrade=False,
        auto_minor_version_upgrade=False,
        instance_class=settings.instance_class,
        multi_az=settings.multi_az,
        allocated_storage=_STORAGE_GIBIBYTES,
        max_allocated_storage=_MOST_STORAGE_GIBIBYTES,
        storage_type="gp3",
        storage_encrypted=True,
        kms_key_id=plan.storage_key_arn,
        network_type=plan_of.NETWORK_TYPE,
        ca_cert_identifier=plan_of.CERTIFICATE_AUTHORITY,
        enabled_cloudwatch_logs_exports=list(_LOGS),
        db_name=plan_of.DATABASE_NAME,
        port=plan_of.PORT,
        username=plan_of.DATABASE_USER,
        password_wo=plan.password,
        password_wo_version=plan.password_version,
        iam_database_authentication_enabled=True,
        db_subnet_group_name=plan.subnet_group,
        vpc_security_group_ids=[plan.security_group_id],
        parameter_group_name=parameters.name,
        publicly_accessible=False,
        backup_retention_period=settings.backup_retention_days,
        backup_window=plan_of.BACKUP_WINDOW,
        maintenance_window=plan_of.MAINTENANCE_WINDOW,
        copy_tags_to_snapshot=True,
        delete_automated_backups=True,
        deletion_protection=False,
        skip_final_snapshot=True,
        performance_insights_enabled=True,
        performance_insights_retention_period=plan_of.INSIGHTS_DAYS,
        performance_insights_kms_key_id=site.key.arn,
        database_insights_mode=plan_of.INSIGHTS_MODE,
        monitoring_interval=plan_of.MONITORING_SECONDS,
        monitoring_role_arn=plan.monitor.arn,
        apply_immediately=True,
        tags=site.tags,
        depends_on=[plan.monitor.policy, *logs],  # Or RDS makes the log groups, for ever.
    )
    return MadeDatabase(
        endpoint=instance.address,
        resource_id=instance.resource_id,
        dimensions={"DBInstanceIdentifier": instance.identifier},
        storage_metric="FreeStorageSpace",
        ready=[instance],
    )


def _parameters(scope: Construct, plan: DatabasePlan) -> DbParameterGroup:
    return DbParameterGroup(
        scope,
        "parameters",
        name=plan.site.name(f"database-{plan.family}"),
        family=plan.family,
        description="TLS only",
        parameter=[
            DbParameterGroupParameter(name=name, value=value, apply_method=method)
            for name, (value, method) in plan_of.PARAMETERS.items()
        ],
        tags=plan.site.tags,
        # A group in use cannot go; with another family it has another name, and comes first.
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    )


def _logs(scope: Construct, plan: DatabasePlan) -> list[CloudwatchLogGroup]:
    site = plan.site
    return [
        log_group(
            scope,
            f"{log}_logs",
            site=site,
            name=f"/aws/rds/instance/{site.name('database')}/{log}",
        )
        for log in _LOGS
    ]
