"""Aurora PostgreSQL: a cluster with as many instances as the environment says [R1, R2]."""

from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.rds_cluster_instance import RdsClusterInstance
from cdktf_cdktf_provider_aws.rds_cluster_parameter_group import (
    RdsClusterParameterGroup,
    RdsClusterParameterGroupParameter,
)
from constructs import Construct

from constructs_lib.data import database_plan as plan_of
from constructs_lib.data.database_plan import DatabasePlan, MadeDatabase
from constructs_lib.observability.log_group import log_group

_LOG: Final = "postgresql"
"""The one log that Aurora PostgreSQL exports."""


def database_cluster(scope: Construct, plan: DatabasePlan) -> MadeDatabase:
    """Create the cluster; the version is pinned and changes only with the blueprint."""
    site, settings = plan.site, plan.site.environment.database
    parameters = _parameters(scope, plan)
    log = log_group(
        scope,
        "logs",
        site=site,
        name=f"/aws/rds/cluster/{site.name('database')}/{_LOG}",
    )
    cluster = RdsCluster(
        scope,
        "cluster",
        cluster_identifier=site.name("database"),
        engine=plan.spec.kind.value,
        engine_version=plan.spec.engine_version,
        engine_mode="provisioned",
        engine_lifecycle_support=plan_of.NO_EXTENDED_SUPPORT,
        allow_major_version_upgrade=False,
        database_name=plan_of.DATABASE_NAME,
        port=plan_of.PORT,
        master_username=plan_of.DATABASE_USER,
        master_password_wo=plan.password,
        master_password_wo_version=plan.password_version,
        iam_database_authentication_enabled=True,
        db_subnet_group_name=plan.subnet_group,
        vpc_security_group_ids=[plan.security_group_id],
        db_cluster_parameter_group_name=parameters.name,
        storage_encrypted=True,
        kms_key_id=plan.storage_key_arn,
        network_type=plan_of.NETWORK_TYPE,
        enabled_cloudwatch_logs_exports=[_LOG],
        database_insights_mode=plan_of.INSIGHTS_MODE,
        backup_retention_period=settings.backup_retention_days,
        preferred_backup_window=plan_of.BACKUP_WINDOW,
        preferred_maintenance_window=plan_of.MAINTENANCE_WINDOW,
        copy_tags_to_snapshot=True,
        delete_automated_backups=True,
        deletion_protection=False,
        skip_final_snapshot=True,
        apply_immediately=True,
        tags=site.tags,
        depends_on=[log],  # Or RDS makes it, for ever and with AWS's key.
    )
    instances = _instances(scope, plan, cluster)
    return MadeDatabase(
        endpoint=cluster.endpoint,
        resource_id=cluster.cluster_resource_id,
        dimensions={"DBClusterIdentifier": cluster.cluster_identifier},
        storage_metric="FreeLocalStorage",
        ready=[instances],
    )


def _parameters(scope: Construct, plan: DatabasePlan) -> RdsClusterParameterGroup:
    return RdsClusterParameterGroup(
        scope,
        "parameters",
        name=plan.site.name(f"database-{plan.family}"),
        family=plan.family,
        description="TLS only",
        parameter=[
            RdsClusterParameterGroupParameter(name=name, value=value, apply_method=method)
            for name, (value, method) in plan_of.PARAMETERS.items()
        ],
        tags=plan.site.tags,
        # A group in use cannot go; with another family it has another name, and comes first.
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
    )


def _instances(scope: Construct, plan: DatabasePlan, cluster: RdsCluster) -> RdsClusterInstance:
    site, settings = plan.site, plan.site.environment.database
    return RdsClusterInstance(
        scope,
        "instances",
        count=settings.instance_count,
        identifier=f"{site.name('database')}-${{count.index}}",
        cluster_identifier=cluster.id,
        engine=cluster.engine,
        engine_version=cluster.engine_version,
        instance_class=settings.instance_class,
        db_subnet_group_name=plan.subnet_group,
        publicly_accessible=False,
        auto_minor_version_upgrade=False,
        performance_insights_enabled=True,
        performance_insights_retention_period=plan_of.INSIGHTS_DAYS,
        performance_insights_kms_key_id=site.key.arn,
        ca_cert_identifier=plan_of.CERTIFICATE_AUTHORITY,
        preferred_maintenance_window=plan_of.MAINTENANCE_WINDOW,
        monitoring_interval=plan_of.MONITORING_SECONDS,
        monitoring_role_arn=plan.monitor.arn,
        apply_immediately=True,
        tags=site.tags,
        depends_on=[plan.monitor.policy],
    )
