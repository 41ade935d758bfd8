"""Which command removes what is left in an account."""

from typing import Final

_COMMANDS: Final = {
    "cloudwatch": "aws cloudwatch delete-alarms --alarm-names {name}",
    "dynamodb": "aws dynamodb delete-table --table-name {name}",
    "events": "aws events remove-targets --rule {name} --ids ID, then delete-rule --name {name}",
    "iam": "aws iam delete-role --role-name {name}, after its policies are detached",
    "kms": "aws kms schedule-key-deletion --key-id {name}",
    "lambda": "aws lambda delete-function --function-name {name}",
    "logs": "aws logs delete-log-group --log-group-name {path}",
    "s3": "aws s3 rb s3://{name} --force",
    "sns": "aws sns delete-topic --topic-arn {arn}",
    "sqs": "aws sqs delete-queue --queue-url {arn}",
    "ssm": "aws ssm delete-parameter --name {path}",
    "secretsmanager": "aws secretsmanager delete-secret --secret-id {arn}",
    "rds": "aws rds delete-db-cluster --db-cluster-identifier {name}, or delete-db-instance",
    "ec2": "aws ec2 delete-{kind} --{kind}-id {name}",
}


def how_to_remove(identity: str) -> str:
    """Return the command that removes *identity*: an ARN, a URL of a queue, or a bare name.

    A bare name is that of a table or a bucket, which the account lists without ARNs.
    """
    if identity.startswith("http"):
        return _COMMANDS["sqs"].format(arn=identity)
    if not identity.startswith("arn:"):
        return (
            f"{_COMMANDS['s3'].format(name=identity)}, or "
            f"{_COMMANDS['dynamodb'].format(name=identity)}"
        )
    service, rest = identity.split(":")[2], identity.split(":", 5)[5]
    kind = rest.partition("/")[0].partition(":")[0]
    name = rest.rpartition("/")[2].rpartition(":")[2]
    path = rest.removeprefix(f"{kind}").removeprefix(":").removesuffix(":*")
    command = _COMMANDS.get(service, f"remove it in the console of {service}")
    return command.format(arn=identity, kind=kind, name=name, path=path)
