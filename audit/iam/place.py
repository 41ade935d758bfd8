"""Where Terraform's AWS provider has policy documents, and how large they may be.

Sizes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and, for those of
resources, the quotas of each service.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final

from attrs import frozen

from audit.block import blocks


class Role(Enum):
    """What a document decides."""

    IDENTITY = "identity"
    BOUNDARY = "boundary"
    TRUST = "trust"
    RESOURCE = "resource"
    ENDPOINT = "endpoint"
    ORGANIZATION = "organization"


@frozen
class Place:
    """An attribute that holds a policy document.

    Attributes:
        path: The blocks that lead to it, and its name.

        service: Whose actions it is about; empty for several, or where nobody knows.

        most: How many characters it may have, white space left out; 0 where it is not known.
    """

    path: tuple[str, ...]
    role: Role = Role.RESOURCE
    service: str = ""
    most: int = 0


_KIB: Final = 1024
_POLICY: Final = ("policy",)
_S3: Final = Place(_POLICY, service="s3", most=20 * _KIB)
_KMS: Final = Place(_POLICY, service="kms", most=32 * _KIB)
_SNS: Final = Place(_POLICY, service="sns", most=30 * _KIB)
_SQS: Final = Place(_POLICY, service="sqs", most=8 * _KIB)
_SECRET: Final = Place(_POLICY, service="secretsmanager", most=20 * _KIB)
_SEARCH: Final = Place(("access_policies",), service="es", most=100 * _KIB)
_API: Final = Place(_POLICY, service="execute-api", most=8 * _KIB)
_ENDPOINT: Final = Place(_POLICY, role=Role.ENDPOINT, most=20_480)

PLACES: Final[Mapping[str, tuple[Place, ...]]] = {
    "aws_acmpca_policy": (Place(_POLICY, service="acm-pca"),),
    "aws_api_gateway_domain_name": (_API,),
    "aws_api_gateway_rest_api": (_API,),
    "aws_api_gateway_rest_api_policy": (_API,),
    "aws_backup_vault_policy": (Place(_POLICY, service="backup"),),
    "aws_cloudwatch_event_bus_policy": (Place(_POLICY, service="events", most=10 * _KIB),),
    "aws_cloudwatch_log_destination_policy": (Place(("access_policy",), service="logs"),),
    "aws_cloudwatch_log_resource_policy": (
        Place(("policy_document",), service="logs", most=5_120),
    ),
    "aws_codeartifact_domain_permissions_policy": (Place(("policy_document",)),),
    "aws_codeartifact_repository_permissions_policy": (Place(("policy_document",)),),
    "aws_codebuild_resource_policy": (Place(_POLICY, service="codebuild"),),
    "aws_dynamodb_resource_policy": (Place(_POLICY, service="dynamodb", most=20 * _KIB),),
    "aws_ecr_registry_policy": (Place(_POLICY, service="ecr"),),
    "aws_ecr_repository_policy": (Place(_POLICY, service="ecr", most=10 * _KIB),),
    "aws_ecrpublic_repository_policy": (Place(_POLICY, service="ecr-public"),),
    "aws_efs_file_system_policy": (Place(_POLICY, service="elasticfilesystem", most=20_000),),
    "aws_elasticsearch_domain": (_SEARCH,),
    "aws_elasticsearch_domain_policy": (_SEARCH,),
    "aws_glacier_vault": (Place(("access_policy",), service="glacier"),),
    "aws_glacier_vault_lock": (Place(_POLICY, service="glacier"),),
    "aws_glue_resource_policy": (Place(_POLICY, service="glue", most=10 * _KIB),),
    "aws_iam_group_policy": (Place(_POLICY, role=Role.IDENTITY, most=5_120),),
    "aws_iam_policy": (Place(_POLICY, role=Role.IDENTITY, most=6_144),),
    "aws_iam_role": (
        Place(("assume_role_policy",), role=Role.TRUST, service="sts", most=2_048),
        Place(("inline_policy", "policy"), role=Role.IDENTITY, most=10_240),
    ),
    "aws_iam_role_policy": (Place(_POLICY, role=Role.IDENTITY, most=10_240),),
    "aws_iam_user_policy": (Place(_POLICY, role=Role.IDENTITY, most=2_048),),
    "aws_iot_policy": (Place(_POLICY, role=Role.IDENTITY, service="iot", most=2_048),),
    "aws_kinesis_resource_policy": (Place(_POLICY, service="kinesis", most=20 * _KIB),),
    "aws_kms_external_key": (_KMS,),
    "aws_kms_key": (_KMS,),
    "aws_kms_key_policy": (_KMS,),
    "aws_kms_replica_external_key": (_KMS,),
    "aws_kms_replica_key": (_KMS,),
    "aws_media_store_container_policy": (Place(_POLICY, service="mediastore"),),
    "aws_msk_cluster_policy": (Place(_POLICY, service="kafka"),),
    "aws_networkfirewall_resource_policy": (Place(_POLICY),),
    "aws_opensearch_domain": (_SEARCH,),
    "aws_opensearch_domain_policy": (_SEARCH,),
    "aws_organizations_policy": (Place(("content",), role=Role.ORGANIZATION, most=5_120),),
    "aws_organizations_resource_policy": (Place(("content",), service="organizations"),),
    "aws_redshift_resource_policy": (Place(_POLICY, service="redshift"),),
    "aws_redshiftserverless_resource_policy": (Place(_POLICY, service="redshift-serverless"),),
    "aws_s3_access_point": (_S3,),
    "aws_s3_bucket": (_S3,),
    "aws_s3_bucket_policy": (_S3,),
    "aws_s3control_access_point_policy": (_S3,),
    "aws_s3control_bucket_policy": (Place(_POLICY, service="s3-outposts", most=20 * _KIB),),
    "aws_s3control_multi_region_access_point_policy": (
        Place(("details", "policy"), service="s3", most=20 * _KIB),
    ),
    "aws_s3control_object_lambda_access_point_policy": (
        Place(_POLICY, service="s3-object-lambda", most=20 * _KIB),
    ),
    "aws_s3tables_table_bucket_policy": (Place(("resource_policy",), service="s3tables"),),
    "aws_s3tables_table_policy": (Place(("resource_policy",), service="s3tables"),),
    "aws_sagemaker_model_package_group_policy": (Place(("resource_policy",), service="sagemaker"),),
    "aws_schemas_registry_policy": (Place(_POLICY, service="schemas"),),
    "aws_secretsmanager_secret": (_SECRET,),
    "aws_secretsmanager_secret_policy": (_SECRET,),
    "aws_ses_identity_policy": (Place(_POLICY, service="ses"),),
    "aws_sesv2_email_identity_policy": (Place(_POLICY, service="ses"),),
    "aws_sns_topic": (_SNS,),
    "aws_sns_topic_policy": (_SNS,),
    "aws_sqs_queue": (_SQS,),
    "aws_sqs_queue_policy": (_SQS,),
    "aws_ssoadmin_permission_set_inline_policy": (
        Place(("inline_policy",), role=Role.IDENTITY, most=32_768),
    ),
    "aws_vpc_endpoint": (_ENDPOINT,),
    "aws_vpc_endpoint_policy": (_ENDPOINT,),
    "aws_vpclattice_auth_policy": (Place(_POLICY, service="vpc-lattice-svcs"),),
    "aws_vpclattice_resource_policy": (Place(_POLICY, service="vpc-lattice"),),
}
"""Every place that is known, by type of resource."""
_USUAL_NAMES: Final = (
    "policy",
    "policy_document",
    "access_policy",
    "access_policies",
    "resource_policy",
    "inline_policy",
)
"""How a policy is called in types that are not listed: it is one until its text says otherwise."""
_USUAL_PLACES: Final = tuple(Place((name,)) for name in _USUAL_NAMES)
_OTHER_LANGUAGE: Final = frozenset(
    {
        "aws_dlm_lifecycle_policy",
        "aws_ecr_lifecycle_policy",
        "aws_iam_role_policies_exclusive",
        "aws_opensearchserverless_access_policy",
        "aws_opensearchserverless_lifecycle_policy",
        "aws_opensearchserverless_security_policy",
        "aws_sns_topic_data_protection_policy",
    }
)
"""Types whose policies are not IAM's."""
BOUNDED: Final = ("aws_iam_role", "aws_iam_user")
"""Types that a permission boundary bounds."""


def texts_at(type_: str, config: Mapping[str, Any]) -> Iterator[tuple[Place, object]]:
    """Yield each policy of a resource as it stands there, with its place."""
    for place in PLACES.get(type_, ()) or _usual(type_):
        *above, name = place.path
        for block in blocks(config, *above):
            if block.get(name) not in (None, "", []):
                yield place, block[name]


def _usual(type_: str) -> tuple[Place, ...]:
    known = type_.startswith("aws_") and type_ not in _OTHER_LANGUAGE
    return _USUAL_PLACES if known else ()
