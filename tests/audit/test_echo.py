"""Right after an apply, only what it touched, and what that refers to, may differ."""

from audit.echo import is_echo, may_echo

PLAN = {
    "resource_changes": [
        {"address": "aws_s3_bucket_versioning.v", "change": {"actions": ["update"]}},
        {"address": "aws_lambda_function.f", "change": {"actions": ["no-op"]}},
        {"address": 'aws_x.many["a"]', "change": {"actions": ["create"]}},
        {"address": "aws_x.taken", "change": {"actions": ["no-op"], "importing": {"id": "t"}}},
    ],
    "configuration": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_s3_bucket_versioning.v",
                    "expressions": {
                        "bucket": {"references": ["aws_s3_bucket.b.id", "aws_s3_bucket.b"]}
                    },
                },
                {
                    "address": "aws_lambda_function.f",
                    "expressions": {"role": {"references": ["aws_iam_role.r.arn"]}},
                },
            ]
        }
    },
}


def test_what_an_apply_touches_and_refers_to_may_echo() -> None:
    """A bucket learns of its versioning."""
    blocks = may_echo(PLAN)
    assert is_echo("aws_s3_bucket.b", blocks)
    assert is_echo("aws_s3_bucket_versioning.v", blocks)
    assert is_echo('aws_x.many["b"]', blocks)
    assert is_echo("aws_x.taken", blocks)


def test_nothing_else_echoes() -> None:
    """A role that only an untouched function refers to was changed by somebody."""
    blocks = may_echo(PLAN)
    assert not is_echo("aws_iam_role.r", blocks)
    assert not is_echo("aws_lambda_function.f", blocks)
