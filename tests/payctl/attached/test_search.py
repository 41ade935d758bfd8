"""What is attached from outside is found, and what the state knows is not.

The account is moto's, an implementation of AWS that knows nothing of this project.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import botocore.session
import pytest
from attrs import evolve
from botocore.stub import Stubber
from moto import mock_aws

from audit.change import Class
from payctl.access import Access
from payctl.attached.attachment import Attachment
from payctl.attached.principals import reaching
from payctl.attached.search import attached
from payctl.attached.table import ATTACHMENTS, document
from payctl.endpoint import Endpoint
from payctl.errors import AccessError
from tests.payctl.attached.account import ACCOUNT, REGION, TRUST, Account, client, make, state
from tests.payctl.attached.by_hand import BY_HAND

NOT_IN_MOTO = (
    "lambda.list_function_url_configs",
    "dynamodb.describe_kinesis_streaming_destination",
    "rds.describe_db_cluster_endpoints",
)
"""What moto does not answer; a recorded answer stands in for it below."""

TABLE = [row for row in ATTACHMENTS if f"{row.service}.{row.operation}" not in NOT_IN_MOTO]


@contextmanager
def empty_account() -> Iterator[Access]:
    """Lead into an account where nothing is."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
            patch.delenv(name, raising=False)
        yield Access(region=REGION, account_id=ACCOUNT)


@pytest.fixture
def access() -> Iterator[Access]:
    """The way into an empty account."""
    with empty_account() as made:
        yield made


@pytest.fixture
def account(access: Access) -> Account:
    """An account where everything is as Terraform made it."""
    del access
    return make()


@pytest.fixture(scope="module")
def before_and_after() -> tuple[set[str], set[str]]:
    """What is found in an account as Terraform made it, and after every change by hand."""
    with empty_account() as access:
        account = make()
        before = found(access, account)
        for change in dict.fromkeys(BY_HAND.values()):
            change(account)
        return before, found(access, account)


def found(access: Access, account: Account, name: str = "") -> set[str]:
    """Return the names of what is attached; *name* limits the search to one kind."""
    table = [row for row in TABLE if name in ("", row.name)]
    changes = list(attached(access, {"payments-dev": account.state}, table=table))
    assert {change.kind for change in changes} <= {Class.UNMANAGED}
    return {change.path for change in changes}


def test_what_the_state_knows_is_not_reported(before_and_after: tuple[set[str], set[str]]) -> None:
    """An account that nobody touched gives no finding."""
    assert before_and_after[0] == set()


@pytest.mark.parametrize("name", BY_HAND)
def test_what_is_attached_by_hand_is_reported(
    name: str, before_and_after: tuple[set[str], set[str]]
) -> None:
    """Each kind is found under its name."""
    assert name in before_and_after[1]


def test_a_rule_of_the_default_security_group_is_reported(access: Access, account: Account) -> None:
    """The code empties it, so every rule there is a stranger's."""
    group = account.attributes("aws_default_security_group")["id"]
    client("ec2").authorize_security_group_egress(
        GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    )
    assert found(access, account, "security group rule") == {"security group rule"}


def test_the_same_name_at_another_resource_is_no_excuse(access: Access, account: Account) -> None:
    """A permission is known only at the function that it is declared for."""
    BY_HAND["permission"](account)
    elsewhere = ("aws_lambda_permission", {"statement_id": "stranger", "function_name": "other"})
    here = ("aws_lambda_permission", {"statement_id": "stranger", "function_name": "payment-f-dev"})
    for extra, names in ((elsewhere, ["permission"]), (here, [])):
        changes = attached(
            access,
            {"a": account.state, "b": state(extra)},
            table=[r for r in TABLE if r.name == "permission"],
        )
        assert [change.path for change in changes] == names


@pytest.mark.parametrize(
    ("call", "answer", "attributes"),
    [
        (
            "lambda.list_function_url_configs",
            {"FunctionUrlConfigs": [{
                "FunctionUrl": "https://abcdefghijklmnopqrstuvwxyz0123456789.lambda-url.x.on.aws/",
                "FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                "CreationTime": "now", "LastModifiedTime": "now", "AuthType": "NONE"}]},
            {"function_name": "f"},
        ),
        (
            "dynamodb.describe_kinesis_streaming_destination",
            {"KinesisDataStreamDestinations": [{
                "StreamArn": "arn:aws:kinesis:us-east-1:123456789012:stream/stranger",
                "DestinationStatus": "ACTIVE"}]},
            {"name": "payment-t-dev"},
        ),
        (
            "rds.describe_db_cluster_endpoints",
            {"DBClusterEndpoints": [
                {"EndpointType": "CUSTOM", "DBClusterEndpointIdentifier": "stranger"},
                {"EndpointType": "WRITER"}]},
            {"cluster_identifier": "payment-c-dev"},
        ),
    ],
)  # fmt: skip
def test_what_moto_does_not_know_is_read_from_answers(
    call: str, answer: dict[str, Any], attributes: dict[str, str]
) -> None:
    """Botocore's own model checks the request and the answer."""
    (row,) = [one for one in ATTACHMENTS if f"{one.service}.{one.operation}" == call]
    made = botocore.session.get_session().create_client(
        row.service,
        region_name=REGION,
        aws_access_key_id="x",
        aws_secret_access_key="x",  # noqa: S106
    )
    with Stubber(made) as stub:
        stub.add_response(row.operation, answer)
        assert len(list(row.read(made, attributes))) == 1


def test_a_refused_call_is_no_silence(access: Access, account: Account) -> None:
    """What AWS does not answer could not be checked."""

    def refuse(client_: Any, _: Any) -> Iterator[str]:
        client_.get_function(FunctionName="no-such-function")
        yield ""

    row = Attachment(
        parent="aws_lambda_function",
        name="x",
        service="lambda",
        operation="get_function",
        read=refuse,
    )
    with pytest.raises(AccessError, match="list each x"):
        list(attached(access, {"payments-dev": account.state}, table=[row]))


def test_what_an_endpoint_does_not_answer_is_left_out(access: Access, account: Account) -> None:
    """It is named in the endpoint's own list, with a reason."""
    BY_HAND["alias"](account)
    endpoint = Endpoint(unanswered={"lambda.list_aliases": "reason"})
    assert found(evolve(access, endpoint=endpoint), account, "alias") == set()


@pytest.mark.parametrize(
    ("action", "resource", "reports"),
    [
        ("*", "*", True),
        ("dynamodb:Get*", "arn:aws:dynamodb:*:*:table/payment-*", True),
        ("s3:GetObject", "arn:aws:s3:::payment-b-dev/*", True),
        ("ec2:Describe*", "*", False),
        ("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/other", False),
    ],
)
def test_a_user_who_may_act_on_our_resources_is_reported(
    action: str,
    resource: str,
    reports: bool,
    access: Access,
) -> None:
    """By what the policy allows, whatever the user is called."""
    client("iam").create_user(UserName="intern")
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    client("iam").put_user_policy(
        UserName="intern",
        PolicyName="p",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statement}),
    )
    ours = state(
        (
            "aws_dynamodb_table",
            {"arn": "arn:aws:dynamodb:us-east-1:123456789012:table/payment-t-dev"},
        ),
        ("aws_s3_bucket", {"arn": "arn:aws:s3:::payment-b-dev"}),
    )
    changes = list(reaching(access, [ours], expected=()))
    assert bool(changes) is reports
    arn = f"arn:aws:iam::{ACCOUNT}:user/intern"
    assert [change.address for change in reaching(access, [ours], expected={arn})] == []


def test_a_role_by_attachment_is_reported_and_a_service_role_is_not(access: Access) -> None:
    """Attached managed policies count as much as inline ones."""
    iam = client("iam")
    made = iam.create_policy(
        PolicyName="p",
        PolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
            }
        ),
    )["Policy"]["Arn"]
    for name, path in (("helper", "/"), ("AWSServiceRoleForX", "/aws-service-role/x/")):
        iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=TRUST)
        iam.attach_role_policy(RoleName=name, PolicyArn=made)
    ours = state(("aws_sqs_queue", {"arn": "arn:aws:sqs:us-east-1:123456789012:payment-q-dev"}))
    changes = list(reaching(access, [ours], expected=()))
    assert [change.address for change in changes] == [f"arn:aws:iam::{ACCOUNT}:role/helper"]


def test_every_kind_has_a_test_or_a_reason() -> None:
    """The table has nothing that nobody tried."""
    tried = {*BY_HAND, "function URL", "streaming destination", "custom endpoint"}
    names = {row.name for row in ATTACHMENTS}
    assert names - tried == {
        "API deployment",  # Made with each stage.
        "API key of a usage plan",
        "API model",
        "access point",
        "analytics export",
        "certificate",
        "code signing configuration",
        "destination of asynchronous invocations",
        "entry of the default network ACL",
        "flow log",
        "gateway response",
        "inventory",
        "network interface",
        "permission of a layer",
        "provisioned concurrency",
        "read replica",
        "request validator",
        "transit gateway attachment",
        "VPN gateway",
        "web ACL",
    }


def test_the_document_names_every_kind() -> None:
    """The scope of the command is as wide as its sentence."""
    text = document()
    assert all(f"| {row.name} |" in text for row in ATTACHMENTS)
