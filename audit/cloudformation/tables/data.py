"""Databases and tables."""

from typing import Final

from audit.cloudformation.mapping import Mapped, Table
from audit.cloudformation.tables.reasons import CHANGE, WRITE_ONLY

_SNAPSHOT: Final = "the deletion policy of the template says so"
_INDEX: Final = "global_secondary_index"

DATA: Final[Table] = {
    "aws_db_instance": Mapped(
        type="AWS::RDS::DBInstance",
        names={
            "backup_window": "PreferredBackupWindow",
            "ca_cert_identifier": "CACertificateIdentifier",
            "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "identifier": "DBInstanceIdentifier",
            "instance_class": "DBInstanceClass",
            "maintenance_window": "PreferredMaintenanceWindow",
            "parameter_group_name": "DBParameterGroupName",
            "password_wo": "MasterUserPassword",
            "performance_insights_enabled": "EnablePerformanceInsights",
            "username": "MasterUsername",
            "vpc_security_group_ids": "VPCSecurityGroups",
        },
        unmapped={"password_wo_version": WRITE_ONLY, "skip_final_snapshot": _SNAPSHOT},
        references={"address": "Endpoint.Address", "resource_id": "DbiResourceId"},
    ),
    "aws_db_parameter_group": Mapped(
        type="AWS::RDS::DBParameterGroup",
        names={"name": "DBParameterGroupName", "parameter": "Parameters"},
    ),
    "aws_db_subnet_group": Mapped(
        type="AWS::RDS::DBSubnetGroup",
        names={"description": "DBSubnetGroupDescription", "name": "DBSubnetGroupName"},
    ),
    "aws_dynamodb_table": Mapped(
        type="AWS::DynamoDB::Table",
        names={
            "attribute": "AttributeDefinitions",
            "attribute.name": "AttributeName",
            "attribute.type": "AttributeType",
            _INDEX: "GlobalSecondaryIndexes",
            f"{_INDEX}.hash_key": "KeySchema[KeyType=HASH].AttributeName",
            f"{_INDEX}.name": "IndexName",
            f"{_INDEX}.non_key_attributes": "Projection.NonKeyAttributes",
            f"{_INDEX}.projection_type": "Projection.ProjectionType",
            f"{_INDEX}.range_key": "KeySchema[KeyType=RANGE].AttributeName",
            f"{_INDEX}.read_capacity": "ProvisionedThroughput.ReadCapacityUnits",
            f"{_INDEX}.write_capacity": "ProvisionedThroughput.WriteCapacityUnits",
            "hash_key": "KeySchema[KeyType=HASH].AttributeName",
            "name": "TableName",
            "point_in_time_recovery": "PointInTimeRecoverySpecification",
            "point_in_time_recovery.enabled": "PointInTimeRecoveryEnabled",
            "range_key": "KeySchema[KeyType=RANGE].AttributeName",
            "read_capacity": "ProvisionedThroughput.ReadCapacityUnits",
            "server_side_encryption": "SSESpecification",
            "server_side_encryption.enabled": "SSEEnabled",
            "server_side_encryption.kms_key_arn": "KMSMasterKeyId",
            "stream_view_type": "StreamSpecification.StreamViewType",
            "ttl": "TimeToLiveSpecification",
            "write_capacity": "ProvisionedThroughput.WriteCapacityUnits",
        },
        constants={"server_side_encryption": {"SSEType": "KMS"}},
        unmapped={"stream_enabled": "in CloudFormation a stream is on where its view is said"},
    ),
    "aws_rds_cluster": Mapped(
        type="AWS::RDS::DBCluster",
        names={
            "cluster_identifier": "DBClusterIdentifier",
            "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "master_password_wo": "MasterUserPassword",
        },
        unmapped={
            "allow_major_version_upgrade": CHANGE,
            "apply_immediately": CHANGE,
            "master_password_wo_version": WRITE_ONLY,
            "skip_final_snapshot": _SNAPSHOT,
        },
        references={
            "cluster_resource_id": "DBClusterResourceId",
            "endpoint": "Endpoint.Address",
        },
    ),
    "aws_rds_cluster_instance": Mapped(
        type="AWS::RDS::DBInstance",
        names={
            "ca_cert_identifier": "CACertificateIdentifier",
            "cluster_identifier": "DBClusterIdentifier",
            "identifier": "DBInstanceIdentifier",
            "instance_class": "DBInstanceClass",
            "performance_insights_enabled": "EnablePerformanceInsights",
        },
    ),
    "aws_rds_cluster_parameter_group": Mapped(
        type="AWS::RDS::DBClusterParameterGroup",
        names={"name": "DBClusterParameterGroupName", "parameter": "Parameters"},
    ),
}
