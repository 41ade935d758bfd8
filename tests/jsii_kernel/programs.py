"""Runs small cdktf programs, given as JSON a line, and answers with what they wrote.

`PAYMENTS_KERNEL` chooses the kernel; one process of each kind is started and fed by the tests.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jsii_kernel import install

ROOT = Path(__file__).parents[2]
install(cache=ROOT / ".cache" / "bindings")

# cdktf must come after install().
from cdktf import (  # noqa: E402
    App,
    DataResource,
    Fn,
    Op,
    S3Backend,
    TerraformLocal,
    TerraformOutput,
    TerraformResourceLifecycle,
    TerraformStack,
    TerraformVariable,
    Token,
)
from cdktf_cdktf_provider_aws.data_aws_subnets import DataAwsSubnets  # noqa: E402
from cdktf_cdktf_provider_aws.provider import AwsProvider  # noqa: E402
from cdktf_cdktf_provider_aws.rds_cluster import RdsCluster  # noqa: E402
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue, SqsQueueTimeouts  # noqa: E402
from constructs import Construct  # noqa: E402

Program = dict[str, Any]


class Things:
    """What an expression can refer to; each is a token of the kind that its name says."""

    def __init__(self, stack: TerraformStack) -> None:
        local = TerraformLocal(stack, "a_local", "x")
        queue = SqsQueue(stack, "queue", name="q")
        cluster = RdsCluster(stack, "cluster", engine="aurora-postgresql")
        subnets = DataAwsSubnets(stack, "subnets")
        variable = TerraformVariable(Construct(stack, "in"), "variable", type="any")
        self.tokens: dict[str, Callable[[], Any]] = {
            "string": lambda: local.as_string,
            "number": lambda: local.as_number,
            "list": lambda: local.as_list,
            "boolean": lambda: local.as_boolean,
            "map": lambda: local.as_string_map,
            "any": lambda: local.expression,
            "variable": lambda: variable.string_value,
            "fqn": lambda: queue.fqn,
            "attribute": lambda: queue.arn,
            "number_attribute": lambda: queue.delay_seconds,
            "truth_attribute": lambda: queue.fifo_queue,
            "map_attribute": lambda: queue.tags_all,
            "set_attribute": lambda: cluster.vpc_security_group_ids,
            "data_attribute": lambda: subnets.ids,
            "block": lambda: cluster.master_user_secret.get(0).secret_arn,
            "list_of_blocks": lambda: cluster.master_user_secret,
            "timeout": lambda: queue.timeouts.create,
            "null": Token.null_value,
        }
        self.queue = queue


def evaluate(node: Any, things: Things) -> Any:
    """Return the value of an expression."""
    (kind, content), *_ = node.items()
    match kind:
        case "literal":
            return content
        case "token":
            return things.tokens[content]()
        case "text":
            return "".join(f"{evaluate(part, things)}" for part in content)
        case "list":
            return [evaluate(item, things) for item in content]
        case "map":
            return {key: evaluate(item, things) for key, item in content.items()}
        case "string_of":
            return Token.as_string(evaluate(content, things))
        case "number_of":
            return Token.as_number(evaluate(content, things))
        case "list_of":
            return Token.as_list(evaluate(content, things))
    ((owner, name, arguments),) = [content]
    function = getattr({"Fn": Fn, "Op": Op}[owner], name)
    return function(*[evaluate(argument, things) for argument in arguments])


def synthesize(program: Program, folder: str) -> str:
    """Write *program* to *folder* and return its Terraform."""
    app = App(outdir=folder)
    stack = TerraformStack(app, "stack")
    AwsProvider(stack, "aws", region="eu-west-1")
    S3Backend(stack, bucket="b", key="k")
    things = Things(stack)
    values = [evaluate(node, things) for node in program["values"]]
    for number, value in enumerate(values):
        place = Construct(stack, f"Resource{number}")
        TerraformLocal(place, "value", value)
        TerraformOutput(place, "value_too", value=value, static_id=False)
    for path, node in program["overrides"]:
        things.queue.add_override(path, evaluate(node, things))
        stack.add_override(path, evaluate(node, things))
    SqsQueue(
        Construct(stack, "place"),
        "Default",
        name=evaluate(program["name"], things),
        tags={f"tag{number}": f"{value}" for number, value in enumerate(program["tags"])},
        timeouts=SqsQueueTimeouts(create="1m"),
        depends_on=[things.queue],
        lifecycle=TerraformResourceLifecycle(ignore_changes=["tags"], prevent_destroy=True),
        count=evaluate(program["count"], things),
    )
    DataResource(stack, "data", input={"values": values}, triggers_replace={"k": values})
    app.synth()
    return (Path(folder) / "stacks" / "stack" / "cdk.tf.json").read_text(encoding="utf-8")


def main() -> None:
    """Answer until there is no more to answer."""
    for line in sys.stdin:
        with tempfile.TemporaryDirectory() as folder:
            try:
                answer = {"written": synthesize(json.loads(line), folder)}
            except Exception as error:  # noqa: BLE001  whatever it is, it is the answer
                answer = {"error": f"{type(error).__name__}: {error}"[:500]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
