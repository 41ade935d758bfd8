"""The planted siblings of: everybody is allowed, with any condition."""

from tests.audit.policy.planting import Planted, add
from tests.audit.policy.planting_policies import (
    GITHUB,
    QUEUE_ARN,
    SAML,
    STRANGER,
    everybody,
    queue,
    trust,
)
from tests.audit.sample_policies import allow, policy

PUBLIC: tuple[Planted, ...] = (
    everybody({"StringEqualsIfExists": {"aws:SourceAccount": "${local.identity_account_id}"}}),
    everybody({"StringNotEquals": {"aws:SourceAccount": STRANGER}}),
    everybody({"Null": {"aws:PrincipalArn": "false"}}),
    everybody({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}),
    everybody({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:alerts"}}),
    everybody({"StringLike": {"aws:PrincipalOrgID": "o-*"}}),
    everybody({"StringLike": {"aws:PrincipalAccount": "*"}}),
    everybody({"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}),
    everybody({"IpAddress": {"aws:SourceIp": "::/0"}}),
    everybody({"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "64.0.0.0/2"]}}),
    everybody({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-abcdefghij/r-1/"}}),
    everybody({"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
    everybody({"StringEquals": {"aws:SourceVpc": "${data.aws_vpc.x.id}"}}),
    everybody({"StringEquals": {"aws:SourceAccount": ["123456789012", "*"]}}),
    queue(
        "public-access",
        allow("sqs:SendMessage", QUEUE_ARN, Principal={"Service": "sns.amazonaws.com"}),
    ),
    queue(
        "public-access",
        allow("sqs:SendMessage", QUEUE_ARN, Principal={"AWS": "AIDAABCDEFGHIJKLMNOPQ"}),
    ),
    queue("public-access", allow("sqs:SendMessage", QUEUE_ARN, Principal={"AWS": "${var.who}"})),
    trust({"Federated": GITHUB}),
    trust(
        {"Federated": GITHUB}, {"StringEquals": {"token.actions.githubusercontent.com:aud": "a"}}
    ),
    trust(
        {"Federated": GITHUB},
        {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}},
    ),
    trust({"Federated": SAML}, action="sts:AssumeRoleWithSAML"),
    trust({"Federated": "cognito-identity.amazonaws.com"}),
    trust({"AWS": "*"}, {"Bool": {"aws:MultiFactorAuthPresent": "true"}}, "sts:AssumeRole"),
    trust({"AWS": "123456789012"}, action="sts:AssumeRole"),
    add(
        "public-access",
        "aws_lambda_permission.p",
        "source_arn",
        {"principal": "sns.amazonaws.com", "source_arn": "arn:aws:sns:*:*:*"},
    ),
    add(
        "public-access",
        "aws_lambda_permission.p",
        "source_arn",
        {"principal": "*", "function_url_auth_type": "NONE"},
    ),
    add("public-access", "aws_s3_bucket_acl.a", "acl", {"bucket": "b", "acl": "public-read"}),
    add(
        "public-access",
        "aws_s3_bucket_acl.a",
        "access_control_policy.grant[0].grantee.uri",
        {
            "access_control_policy": {
                "grant": [{"grantee": {"uri": "http://acs.amazonaws.com/groups/global/AllUsers"}}]
            }
        },
    ),
    add("public-access", "aws_s3_object.o", "acl", {"acl": "public-read"}),
    add("public-access", "aws_db_snapshot.s", "shared_accounts", {"shared_accounts": ["all"]}),
    add("public-access", "aws_ami_launch_permission.a", "group", {"group": "all"}),
    add(
        "public-access",
        "aws_ssm_document.d",
        "permissions",
        {"permissions": {"account_ids": "All"}},
    ),
    add("public-access", "aws_ram_resource_share.s", "allow_external_principals", {}),
    add("public-access", "aws_opensearch_domain.d", "vpc_options", {}),
    add("public-access", "aws_api_gateway_method.m", "authorization", {"authorization": "NONE"}),
    add(
        "public-access",
        "aws_subnet.s",
        "map_public_ip_on_launch",
        {"map_public_ip_on_launch": True},
    ),
    add(
        "public-access",
        "aws_secretsmanager_secret_policy.p",
        "policy",
        {"policy": policy(allow("secretsmanager:GetSecretValue", "*", Principal="*"))},
    ),
    add(
        "public-access",
        "aws_new_service_policy.p",
        "document",
        {"document": policy(allow("new:Get", "*", Principal="*"))},
    ),
    add("public-access", "aws_vpc_endpoint.e", "policy", {"service_name": "com.amazonaws.x.s3"}),
    add("public-access", "aws_redshift_cluster.c", "publicly_accessible", {"encrypted": True}),
    add(
        "public-access",
        "aws_s3_bucket_acl.a",
        "access_control_policy.grant[0].grantee.id",
        {"access_control_policy": {"grant": [{"grantee": {"id": "79a59d"}}]}},
    ),
)
"""Siblings of: everybody with any condition."""
