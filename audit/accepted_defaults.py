"""What may stay unset although AWS decides it, and why.

Whatever is not here is set in the code. `*` stands for every type.
"""

from collections.abc import Mapping
from typing import Final

from audit.defaults import AcceptedDefault

_BY_REASON: Final[Mapping[str, str]] = {
    "It is another way of saying what is set; both cannot be.": """
        * name_prefix
        aws_eip instance network_interface vpc
        aws_flow_log log_group_name
        aws_lambda_permission statement_id_prefix
        aws_rds_cluster cluster_identifier_prefix
        aws_rds_cluster_instance identifier_prefix
        aws_s3_bucket bucket_prefix
        aws_s3_bucket_lifecycle_configuration rule.prefix
        aws_sqs_queue sqs_managed_sse_enabled
        aws_ssm_parameter insecure_value value
        aws_subnet availability_zone_id
    """,
    "A resource of its own says it, or nobody does and a plan shows when somebody did.": """
        aws_api_gateway_rest_api policy
        aws_iam_role managed_policy_arns
        aws_rds_cluster cluster_members iam_roles
        aws_route_table propagating_vgws route
        aws_s3_bucket acceleration_status acl object_lock_enabled policy request_payer
        aws_security_group egress ingress
        aws_sns_topic policy
        aws_sqs_queue policy redrive_allow_policy redrive_policy
    """,
    "It belongs to a kind of the resource that we do not use (FIFO, streams, caches).": """
        aws_api_gateway_integration cache_namespace
        aws_api_gateway_method_settings settings.cache_data_encrypted
        aws_api_gateway_method_settings settings.cache_ttl_in_seconds
        aws_api_gateway_method_settings settings.require_authorization_for_cache_control
        aws_api_gateway_method_settings settings.unauthorized_cache_control_header_strategy
        aws_api_gateway_rest_api endpoint_configuration.vpc_endpoint_ids
        aws_cloudwatch_metric_alarm evaluate_low_sample_count_percentiles
        aws_dynamodb_table read_capacity stream_view_type write_capacity
        aws_eip ipam_pool_id public_ipv4_pool
        aws_lambda_event_source_mapping maximum_record_age_in_seconds maximum_retry_attempts
        aws_lambda_event_source_mapping parallelization_factor
        aws_lb enforce_security_group_inbound_rules_on_private_link_traffic
        aws_lb_listener tcp_idle_timeout_seconds
        aws_lb_target_group connection_termination health_check.matcher health_check.path
        aws_lb_target_group health_check.timeout ip_address_type load_balancing_algorithm_type
        aws_lb_target_group load_balancing_anomaly_mitigation preserve_client_ip protocol_version
        aws_lb_target_group load_balancing_cross_zone_enabled
        aws_nat_gateway secondary_private_ip_address_count secondary_private_ip_addresses
        aws_rds_cluster allocated_storage cluster_scalability_type db_system_id
        aws_rds_cluster master_user_secret_kms_key_id
        aws_route network_interface_id
        aws_s3_bucket_lifecycle_configuration rule.expiration.expired_object_delete_marker
        aws_s3_bucket_lifecycle_configuration rule.filter.object_size_greater_than
        aws_s3_bucket_lifecycle_configuration rule.filter.object_size_less_than
        aws_s3_bucket_lifecycle_configuration
            rule.noncurrent_version_expiration.newer_noncurrent_versions
        aws_s3_object acl etag
        aws_sns_topic fifo_throughput_scope
        aws_sqs_queue deduplication_scope fifo_throughput_limit
        aws_vpc ipv6_cidr_block ipv6_cidr_block_network_border_group
        aws_vpc_endpoint private_dns_enabled security_group_ids subnet_ids
    """,
    "AWS picks one of several equal ones when it is made, and nothing depends on which.": """
        aws_eip network_border_group
        aws_nat_gateway private_ip
        aws_rds_cluster availability_zones
        aws_rds_cluster_instance availability_zone
        aws_vpc_endpoint service_region
    """,
    "The bucket belongs to the account that is pinned in the provider.": """
        aws_s3_bucket_lifecycle_configuration expected_bucket_owner
    """,
    "There is one action, or they are in the order in which they are written.": """
        aws_codepipeline stage.action.region stage.action.run_order
        aws_lb_listener default_action.order
        aws_lb_listener_rule action.order
    """,
    "Headers of answers are the functions' business; a listener adds none unless told.": """
        aws_lb_listener routing_http_request_x_amzn_mtls_clientcert_header_name
        aws_lb_listener routing_http_request_x_amzn_mtls_clientcert_issuer_header_name
        aws_lb_listener routing_http_request_x_amzn_mtls_clientcert_leaf_header_name
        aws_lb_listener routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name
        aws_lb_listener routing_http_request_x_amzn_mtls_clientcert_subject_header_name
        aws_lb_listener routing_http_request_x_amzn_mtls_clientcert_validity_header_name
        aws_lb_listener routing_http_request_x_amzn_tls_cipher_suite_header_name
        aws_lb_listener routing_http_request_x_amzn_tls_version_header_name
        aws_lb_listener routing_http_response_access_control_allow_credentials_header_value
        aws_lb_listener routing_http_response_access_control_allow_headers_header_value
        aws_lb_listener routing_http_response_access_control_allow_methods_header_value
        aws_lb_listener routing_http_response_access_control_allow_origin_header_value
        aws_lb_listener routing_http_response_access_control_expose_headers_header_value
        aws_lb_listener routing_http_response_access_control_max_age_header_value
        aws_lb_listener routing_http_response_content_security_policy_header_value
        aws_lb_listener routing_http_response_server_enabled
        aws_lb_listener routing_http_response_strict_transport_security_header_value
        aws_lb_listener routing_http_response_x_content_type_options_header_value
        aws_lb_listener routing_http_response_x_frame_options_header_value
    """,
    "The type of the parameter decides: a SecureString has our key, others have none.": """
        aws_ssm_parameter key_id
    """,
}


def _accepted() -> tuple[AcceptedDefault, ...]:
    found: list[AcceptedDefault] = []
    for reason, lines in _BY_REASON.items():
        type_ = ""
        for word in lines.split():
            if word == "*" or word.startswith("aws_"):
                type_ = word
            else:
                found.append(AcceptedDefault(type=type_, path=word, reason=reason))
    return tuple(found)


ACCEPTED: Final[tuple[AcceptedDefault, ...]] = _accepted()
