"""Planted defects: what a body must not draw on, and secrets in every block."""

from tests.audit.policy.planting import (
    FUNCTION,
    Planted,
    add,
    at,
    provider,
    put,
    put_output,
    resource,
)

DRAWN: tuple[Planted, ...] = (
    at("inputs", "module", "", lambda d: d.update(module={"store": {"source": "./m"}})),
    at("inputs", "import", "", lambda d: d.update({"import": [{"to": "aws_x.y", "id": "z"}]})),
    at("inputs", "check", "", lambda d: d.update(check={"c": {"assert": []}})),
    at("inputs", "anything", "", lambda d: d.update(anything={})),
    at("inputs", "resource.aws_eip", "", lambda d: d["resource"].update(aws_eip={})),
    at("inputs", "data.http.x", "", lambda d: d.update(data={"http": {"x": {"url": "a"}}})),
    at("inputs", "variable.size", "", lambda d: d["variable"].update(size={"default": 1})),
    at("inputs", "provider.http", "", lambda d: d["provider"].update(http=[{}])),
    at("inputs", "terraform.cloud", "", lambda d: d["terraform"].update(cloud={})),
    at("inputs", "local.a", "", lambda d: d["locals"].update(a="${local.identity_name}")),
    at("inputs", "moved", "", lambda d: d.update(moved=[{"from": "a.b", "to": "a.c", "x": 1}])),
    at("inputs", "output.queue_url", "value", lambda d: put_output(d, "${timestamp()}")),
    at("inputs", "output.queue_url", "value", lambda d: put_output(d, "${aws_x.}")),
    at("inputs", "output.queue_url", "value", lambda d: put_output(d, "${terraform.workspace}")),
    at("inputs", "output.queue_url", "value", lambda d: put_output(d, "${aws_sqs_queue.no.url}")),
    at("inputs", "output.queue_url", "value", lambda d: put_output(d, "${provider::a::b(1)}")),
    put("inputs", "aws_sqs_queue.payments_queue", "provisioner", [{"local-exec": {}}]),
    put("inputs", "aws_sqs_queue.payments_queue", "dynamic", {"tag": {}}),
    put("inputs", "aws_sqs_queue.payments_queue", "name", "%{ if true }x"),
    add("inputs", "random_id.x", "", {"byte_length": 2}),
    at(
        "secrets",
        "provider.aws",
        "[0].secret_key",
        lambda d: provider(d).update({"secret_key": "aB3$"}),
    ),
    at(
        "secrets",
        "output.db_password",
        "value",
        lambda d: d["output"].update(db_password={"value": "hunter2-Pa55word"}),
    ),
    at(
        "secrets",
        "variable.confirmation",
        "default",
        lambda d: d["variable"]["confirmation"].update(default="AKIAQWERTYUIOPASDFGH"),
    ),
    at(
        "secrets", "local.db_password", "", lambda d: d["locals"].update({"db_password": "hunter2"})
    ),
    put(
        "secrets",
        FUNCTION,
        "description",
        "${data.aws_secretsmanager_secret_version.s.secret_string}",
    ),
    put("secrets", FUNCTION, "description", "${data.aws_ssm_parameter.p.value}"),
    put("secrets", FUNCTION, "description", "${ephemeral.aws_ssm_parameter.p.value}"),
    at("inputs", "provider.aws", "endpoints", lambda d: provider(d).update({"endpoints": [{}]})),
    at(
        "inputs", "provider.aws", "assume_role", lambda d: provider(d).update({"assume_role": [{}]})
    ),
    Planted(
        "inputs",
        FUNCTION,
        "lifecycle.ignore_changes",
        lambda d: resource(d, FUNCTION).update(lifecycle={"ignore_changes": ["memory_size"]}),
    ),
)
"""What comes from elsewhere, what nobody can read, and what is a secret."""
