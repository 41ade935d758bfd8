"""A stack says the same in CloudFormation."""

import json
from typing import Any, Final

from audit.cloudformation.bridge import Bridged
from audit.cloudformation.coverage import missing, shares
from tests.audit.cloudformation.conftest import Bridge

QUEUE: Final = {"name": "payment", "visibility_timeout_seconds": "${local.timeout_seconds}"}


def properties(bridged: Bridged, id_: str) -> Any:
    """Return the properties of the resource *id_*."""
    return bridged.template["Resources"][id_]["Properties"]


def unjudged(bridged: Bridged) -> dict[str, str]:
    """Return why attributes and resources are not judged."""
    return {f"{a.address}:{a.path}": a.why for a in bridged.attributes if a.why}


def test_values_are_those_of_the_environment(bridge: Bridge) -> None:
    """Names follow from the schema, or the table; locals are evaluated."""
    made = bridge({"aws_sqs_queue": {"q": QUEUE}}, timeout_seconds=90)
    assert properties(made, "SqsQueueQ") == {"QueueName": "payment", "VisibilityTimeout": 90}
    assert (made.account, made.region) == ("123456789012", "eu-west-1")


def test_references_are_references(bridge: Bridge) -> None:
    """Rules across resources see who refers to whom: `Ref`, `Fn::GetAtt`, text around them."""
    policy = {"Statement": [{"Effect": "Allow", "Resource": ["${aws_sqs_queue.q.arn}/*"]}]}
    made = bridge(
        {
            "aws_sqs_queue": {"q": {"name": "payment"}},
            "aws_iam_role": {"r": {"name": "r", "assume_role_policy": "{}"}},
            "aws_iam_role_policy": {
                "p": {"name": "p", "role": "${aws_iam_role.r.name}", "policy": json.dumps(policy)}
            },
            "aws_lambda_event_source_mapping": {
                "e": {
                    "event_source_arn": "${aws_sqs_queue.q.arn}",
                    "function_name": "${aws_sqs_queue.q.name}",
                }
            },
        }
    )
    source = properties(made, "LambdaEventSourceMappingE")
    assert source["EventSourceArn"] == {"Fn::GetAtt": ["SqsQueueQ", "Arn"]}
    assert source["FunctionName"] == "payment"
    granted = properties(made, "IamRolePolicyP")
    assert granted["RoleName"] == {"Ref": "IamRoleR"}
    [resource] = granted["PolicyDocument"]["Statement"][0]["Resource"]
    assert resource == {"Fn::Join": ["", [{"Fn::GetAtt": ["SqsQueueQ", "Arn"]}, "/*"]]}


def test_count_makes_instances(bridge: Bridge) -> None:
    """Each instance is a resource; `element` and `[*]` find the one that is meant."""
    made = bridge(
        {
            "aws_eip": {"a": {"count": "${local.zones}", "domain": "vpc"}},
            "aws_nat_gateway": {
                "n": {"count": 2, "allocation_id": "${aws_eip.a[count.index].id}"},
            },
            "aws_route": {
                "r": {
                    "route_table_id": "rtb-1",
                    "nat_gateway_id": "${element(aws_nat_gateway.n[*].id, 3)}",
                }
            },
        },
        zones=2,
    )
    assert properties(made, "NatGatewayNI1") == {
        "AllocationId": {"Fn::GetAtt": ["EipAI1", "AllocationId"]}
    }
    assert properties(made, "RouteR")["NatGatewayId"] == {"Ref": "NatGatewayNI1"}


def test_parts_of_a_bucket_are_in_the_bucket(bridge: Bridge) -> None:
    """What Terraform keeps apart is one resource, and findings lead back to the right one."""
    bucket = "${aws_s3_bucket.b.id}"
    made = bridge(
        {
            "aws_s3_bucket": {"b": {"bucket": "b"}},
            "aws_s3_bucket_versioning": {
                "v": {"bucket": bucket, "versioning_configuration": {"status": "Enabled"}}
            },
            "aws_s3_bucket_lifecycle_configuration": {
                "l": {
                    "bucket": bucket,
                    "rule": [{"id": "age", "status": "Enabled", "expiration": [{"days": 30}]}],
                }
            },
        }
    )
    assert properties(made, "S3BucketB") == {
        "BucketName": "b",
        "VersioningConfiguration": {"Status": "Enabled"},
        "LifecycleConfiguration": {
            "Rules": [{"Id": "age", "Status": "Enabled", "ExpirationInDays": 30}]
        },
    }
    address = made.origins.address
    assert address("S3BucketB", ("BucketName",)) == "aws_s3_bucket.b"
    assert address("S3BucketB", ("VersioningConfiguration", "Status")) == (
        "aws_s3_bucket_versioning.v"
    )
    assert address("S3BucketB", ("LifecycleConfiguration", "Rules", "0")) == (
        "aws_s3_bucket_lifecycle_configuration.l"
    )


def test_one_resource_may_be_two(bridge: Bridge) -> None:
    """The policy of a queue is a resource of its own, and belongs to the same address."""
    made = bridge({"aws_sqs_queue": {"q": {"name": "q", "policy": '{"Statement": []}'}}})
    assert properties(made, "SqsQueueQQueuePolicy") == {
        "PolicyDocument": {"Statement": []},
        "Queues": [{"Ref": "SqsQueueQ"}],
    }
    assert made.origins.address("SqsQueueQQueuePolicy") == "aws_sqs_queue.q"


def test_forms_follow_the_schema(bridge: Bridge) -> None:
    """Maps become lists of pairs, blocks a value or a list, keys of a table a key schema."""
    made = bridge(
        {
            "aws_dynamodb_table": {
                "t": {
                    "attribute": [{"name": "id", "type": "S"}],
                    "hash_key": "id",
                    "read_capacity": 5,
                    "server_side_encryption": [{"enabled": True}],
                    "tags": {"Team": "payments"},
                }
            }
        }
    )
    assert properties(made, "DynamodbTableT") == {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"KeyType": "HASH", "AttributeName": "id"}],
        "ProvisionedThroughput": {"ReadCapacityUnits": 5},
        "SSESpecification": {"SSEType": "KMS", "SSEEnabled": True},
        "Tags": [{"Key": "Team", "Value": "payments"}],
    }


def test_what_only_the_deployment_knows_is_a_parameter(bridge: Bridge) -> None:
    """It is never guessed: not what another state holds, nor what is decided by such a value."""
    made = bridge(
        {
            "aws_subnet": {
                "s": {
                    "vpc_id": "${data.terraform_remote_state.n.outputs.vpc_id}",
                    "cidr_block": '${var.wide == "" ? "10.0.0.0/16" : "10.0.0.0/24"}',
                    "availability_zone": '${element(split("/", aws_vpc.v.id), 0)}',
                }
            },
            "aws_vpc": {"v": {}},
        }
    )
    assert {"Ref"} == {key for value in properties(made, "SubnetS").values() for key in value}
    attributes = ("vpc_id", "cidr_block", "availability_zone")
    assert set(unjudged(made)) == {f"aws_subnet.s:{attribute}" for attribute in attributes}
    assert len(made.template["Parameters"]) == 3


def test_what_no_table_knows_is_a_finding(bridge: Bridge) -> None:
    """Nothing is left out without somebody's decision."""
    made = bridge(
        {
            "aws_sqs_queue": {"q": {"name": "q", "colour": "red"}},
            "aws_msk_cluster": {"m": {"cluster_name": "m"}},
        }
    )
    assert [(f.where, f.path) for f in missing(made.attributes)] == [
        ("aws_msk_cluster.m", ""),
        ("aws_sqs_queue.q", "colour"),
    ]


def test_a_value_without_a_form_is_a_finding(bridge: Bridge) -> None:
    """Two blocks where there is room for one, broken JSON, a key that nobody knows yet."""
    made = bridge(
        {
            "aws_lambda_function": {"f": {"tracing_config": [{"mode": "Active"}] * 2}},
            "aws_kms_key": {
                "text": {"policy": "allow"},
                "broken": {"policy": '{"Statement": '},
                "open": {"policy": '{"${aws_vpc.v.id}": 1}'},
            },
            "aws_vpc": {"v": {}},
        }
    )
    assert {(f.where, f.path) for f in missing(made.attributes)} == {
        ("aws_lambda_function.f", "tracing_config.mode"),
        ("aws_kms_key.broken", "policy"),
        ("aws_kms_key.open", "policy"),
    }
    assert properties(made, "KmsKeyText") == {"KeyPolicy": "allow"}


def test_what_is_not_judged_has_a_reason(bridge: Bridge) -> None:
    """A type without a word, a value without a word, an attribute without a property."""
    made = bridge(
        {
            "terraform_data": {"t": {"input": "x"}},
            "aws_ssm_parameter": {"p": {"name": "/p", "type": "SecureString"}},
            "aws_s3_bucket": {"b": {"bucket": "b", "force_destroy": True}},
            "aws_s3_bucket_versioning": {"v": {"bucket": "another"}},
        }
    )
    assert set(unjudged(made)) == {
        "terraform_data.t:",
        "aws_ssm_parameter.p:",
        "aws_s3_bucket.b:force_destroy",
        "aws_s3_bucket_versioning.v:",
    }
    assert not list(missing(made.attributes))
    assert [(s.type, s.judged, s.all) for s in shares(made.attributes)] == [("aws_s3_bucket", 1, 2)]
