"""What constructs become; `test_programs.py` and `test_identity.py` ask the stock kernel too."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cdktf import (
    App,
    DataResource,
    DataTerraformRemoteStateS3,
    Fn,
    LocalExecProvisioner,
    Precondition,
    S3Backend,
    TerraformLocal,
    TerraformOutput,
    TerraformResourceLifecycle,
    TerraformStack,
)
from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster
from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue, SqsQueueTimeouts

from jsii_kernel.errors import OutsideOfKernelError

Build = Callable[[TerraformStack], object]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Build], dict[str, Any]]:
    """Write one stack and return its Terraform."""

    def write(build: Build) -> dict[str, Any]:
        app = App(outdir=str(tmp_path / "out"))
        stack = TerraformStack(app, "stack")
        AwsProvider(stack, "aws", region="eu-west-1")
        S3Backend(stack, bucket="b", key="k")
        build(stack)
        app.synth()
        text = (tmp_path / "out" / "stacks" / "stack" / "cdk.tf.json").read_text(encoding="utf-8")
        document: dict[str, Any] = json.loads(text)
        return document

    return write


Written = Callable[[Build], dict[str, Any]]


def test_blocks_lists_and_nulls(written: Written) -> None:
    """A block is its fields; in a security group's rules what is not given is null."""

    def build(stack: TerraformStack) -> None:
        SqsQueue(stack, "q", name="a", timeouts=SqsQueueTimeouts(create="1m"))
        SecurityGroup(stack, "g", ingress=[SecurityGroupIngress(from_port=1, self_attribute=True)])

    resources = written(build)["resource"]
    assert resources["aws_sqs_queue"]["q"]["timeouts"] == {"create": "1m"}
    (rule,) = resources["aws_security_group"]["g"]["ingress"]
    assert (rule["from_port"], rule["self"], rule["to_port"]) == (1, True, None)


def test_attributes(written: Written) -> None:
    """A set becomes a list, a block has an index, a data source its prefix."""

    def build(stack: TerraformStack) -> None:
        cluster = RdsCluster(stack, "c", engine="e")
        TerraformLocal(stack, "set", cluster.vpc_security_group_ids)
        TerraformLocal(stack, "block", cluster.master_user_secret.get(0).secret_arn)
        TerraformLocal(stack, "data", f"{DataAwsSubnets(stack, 'd').id}!")
        TerraformLocal(stack, "call", Fn.upper(f"a-{cluster.arn}"))

    values = written(build)["locals"]
    assert values == {
        "set": "${tolist(aws_rds_cluster.c.vpc_security_group_ids)}",
        "block": "${aws_rds_cluster.c.master_user_secret[0].secret_arn}",
        "data": "${data.aws_subnets.d.id}!",
        "call": '${upper("a-${aws_rds_cluster.c.arn}")}',
    }


def test_overrides(written: Written) -> None:
    """They go into maps, extend lists, and remove with None; the comment lists them."""

    def build(stack: TerraformStack) -> None:
        group = SecurityGroup(stack, "g", name="n", description="d", tags={"a": "1"})
        group.add_override("tags.b", "2")
        group.add_override("description", None)
        stack.add_override("terraform.required_version", ">= 1.11")

    document = written(build)
    group = document["resource"]["aws_security_group"]["g"]
    assert group["tags"] == {"a": "1", "b": "2"}
    assert "description" not in group
    assert document["terraform"]["required_version"] == ">= 1.11"
    assert document["//"]["metadata"]["overrides"] == {
        "aws_security_group": ["tags", "description"],
        "stack": ["terraform"],
    }


def test_what_is_around_resources(written: Written) -> None:
    """Lifecycles, provisioners, moves, imports, remote states and `terraform_data`."""

    def build(stack: TerraformStack) -> None:
        state = DataTerraformRemoteStateS3(stack, "s", bucket="b", key="k", region="r")
        queue = SqsQueue(
            stack,
            "q",
            count=2,
            lifecycle=TerraformResourceLifecycle(
                precondition=[Precondition(condition="${true}", error_message="no")]
            ),
            provisioners=[LocalExecProvisioner(type="local-exec", command="true")],
        )
        queue.move_from_id("aws_sqs_queue.old")
        queue.import_from("id")
        DataResource(stack, "d", input={"list": [state.get_string("x")]}, depends_on=[queue])
        TerraformOutput(stack, "o", value=queue, sensitive=True)

    document = written(build)
    queue = document["resource"]["aws_sqs_queue"]["q"]
    assert queue["lifecycle"] == {"precondition": [{"condition": "${true}", "error_message": "no"}]}
    assert queue["provisioner"] == [{"local-exec": {"command": "true"}}]
    assert document["moved"] == [{"from": "aws_sqs_queue.old", "to": "aws_sqs_queue.q"}]
    assert document["import"] == [{"id": "id", "to": "aws_sqs_queue.q"}]
    data = document["resource"]["terraform_data"]["d"]
    assert data["depends_on"] == ["aws_sqs_queue.q"]
    assert data["input"] == {"list": ["${data.terraform_remote_state.s.outputs.x}"]}
    assert document["output"]["o"]["value"] == "${aws_sqs_queue.q}"


class _Renamed(TerraformStack):
    def allocate_logical_id(self, tf_element: object) -> str:
        return str(tf_element)


def _other_stack(stack: TerraformStack) -> None:
    other = TerraformStack(stack, "other")
    TerraformLocal(stack, "l", TerraformLocal(other, "far", "x").as_string)


@pytest.mark.parametrize(
    "build",
    [
        lambda stack: SqsQueue(stack, "q", name=5),  # type: ignore[arg-type]
        lambda stack: SqsQueue(stack, "q", delay_seconds=True),
        lambda stack: SqsQueue(stack, "q", tags={"a": None}),  # type: ignore[dict-item]
        lambda stack: SecurityGroup(stack, "g", ingress=[{"from_port": 1}]),
        lambda stack: TerraformLocal(stack, "a", ("a", "tuple")),
        lambda stack: TerraformLocal(stack, "a", {1: "key"}),
        lambda stack: TerraformLocal(stack, "a", 2**60),
        lambda stack: (TerraformLocal(stack, "a", 1), TerraformLocal(stack, "a", 2)),
        lambda _: f"{Fn.conditional(True, 1, 2)}",
        lambda _: Fn.upper('a"b'),
        lambda stack: SqsQueue(stack, "q").node.add_metadata("a", "b"),
        lambda stack: TerraformLocal(stack, "a", [*DataAwsSubnets(stack, "d").ids, "b"]),
        lambda stack: _Renamed(stack, "b"),
        _other_stack,
    ],
)
def test_what_is_for_the_stock_kernel(build: Any, written: Written) -> None:
    """Mistakes, and what is not on the list, are never written."""
    with pytest.raises(OutsideOfKernelError):
        written(build)


def test_a_stack_without_a_provider(tmp_path: Path) -> None:
    """The stock kernel says so."""
    app = App(outdir=str(tmp_path))
    stack = TerraformStack(app, "stack")
    S3Backend(stack, bucket="b", key="k")
    SqsQueue(stack, "q")
    with pytest.raises(OutsideOfKernelError, match="without a provider"):
        app.synth()
