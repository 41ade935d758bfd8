"""Ways to write a difference between environments into the project's source.

Each is a file, a text in it, and what stands there instead. `import cdktf` is added where needed.
"""

from typing import Final

FUNCTION: Final = "constructs_lib/compute/function.py"
STACK: Final = "stacks/payments.py"
APPLICATION: Final = "stacks/application.py"
HANDLER: Final = "functions/handlers/processing/handler.py"
TELEMETRY: Final = "functions/observability/telemetry.py"
TABLE: Final = "constructs_lib/data/table.py"
DEV: Final = "envs/graviton/dev.py"
PROD: Final = "envs/graviton/prod.py"

_MEMORY: Final = "memory_size=site.environment.functions.memory_mebibytes"
_TIMEOUT: Final = "timeout=spec.timeout_seconds"
_NAME: Final = "site.environment.identity.name"
_MADE: Final = "        function_name = function.function_name\n"
_STACK_MADE: Final = "        # Parts.\n"
_HANDLED: Final = "    return _handlers()[trigger_of(event)](event, context)"


def _override(path: str, value: str) -> tuple[str, str]:
    return _MADE, f"{_MADE}        function.add_override({path!r}, {value})\n"


def _in_stack(*lines: str) -> tuple[str, str]:
    return _STACK_MADE, "".join(f"        {line}\n" for line in lines) + _STACK_MADE


def _token(kind: str, expression: str) -> str:
    return f"cdktf.Token.as_{kind}({expression})"


_IF_PROD: Final = f'cdktf.Fn.conditional(cdktf.Op.eq({_NAME}, "prod"), 900, 30)'
_LOOKUP: Final = f'cdktf.Fn.lookup({{"prod": 900}}, {_NAME}, 30)'

ATTEMPTS: Final[tuple[tuple[str, str, str], ...]] = (
    (FUNCTION, _MEMORY, f"memory_size={_token('number', _IF_PROD)}"),
    (FUNCTION, _TIMEOUT, f"timeout={_token('number', _LOOKUP)}"),
    (FUNCTION, _TIMEOUT, f"timeout={_token('number', f'cdktf.Fn.length_of({_NAME})')}"),
    (FUNCTION, _TIMEOUT, f"timeout={_token('number', repr('${length(local.identity_name)}'))}"),
    (FUNCTION, _TIMEOUT, "timeout=site.environment.functions.memory_mebibytes"),
    (FUNCTION, _TIMEOUT, f"timeout=900 if len({_NAME}) > 30 else len({_NAME})"),
    (FUNCTION, 'description=f"Payments: {spec.name}"', f"description={_NAME}"),
    (FUNCTION, 'handler=f"functions.handlers.{spec.name}', f'handler=f"functions.{{{_NAME}}}'),
    (FUNCTION, *_override("timeout", "'${local.identity_name == \"prod\" ? 900 : 30}'")),
    (FUNCTION, *_override("timeout", "'${substr(local.identity_region, 0, 1) == \"u\" ? 9 : 3}'")),
    (FUNCTION, *_override("timeout", "'${[9, 3][local.identity_name == \"prod\" ? 0 : 1]}'")),
    (FUNCTION, *_override("count", "'${regexall(\"p\", local.identity_name) == [] ? 0 : 1}'")),
    (FUNCTION, *_override("timeout", "'${{dev = 1, prod = 9}[local.identity_name]}'")),
    (FUNCTION, *_override("memory_size", "'${tonumber(split(\"/\", local.network_cidr)[1])}'")),
    (FUNCTION, *_override("timeout", "'${length(aws_sqs_queue.x.name)}'")),
    (FUNCTION, *_override("timeout", "'%{ if local.identity_name == \"prod\" }9%{ endif }'")),
    (FUNCTION, *_override("s3_bucket", "'code'")),
    (FUNCTION, *_override("provisioner.local-exec.command", "'env'")),
    (FUNCTION, *_override("environment.variables.API_TOKEN", "'hunter2'")),
    (FUNCTION, *_override("filename", "'${path.module}/../../archives/libraries.zip'")),
    (
        FUNCTION,
        _MADE,
        f"{_MADE}        import uuid; function.add_override('x', str(uuid.uuid4()))\n",
    ),
    (TABLE, "read_capacity=read", f"read_capacity={_token('number', _IF_PROD)}"),
    (
        STACK,
        *_in_stack(
            "if environment.identity.name == 'prod':", "    self.add_override('output.x.value', 1)"
        ),
    ),
    (
        STACK,
        *_in_stack(
            "if len(environment.identity.name) == 4:", "    self.add_override('output.x.value', 1)"
        ),
    ),
    (STACK, *_in_stack("self.add_override('locals.functions_memory_mebibytes', 128)")),
    (
        STACK,
        *_in_stack(
            "if environment.identity.account_id[0] == '3':",
            "    self.add_override('locals.functions_memory_mebibytes', 128)",
        ),
    ),
    (STACK, *_in_stack("self.add_override('locals.more', environment.identity.name)")),
    (STACK, *_in_stack("self.add_override('locals.identity_name', '${terraform.workspace}')")),
    (STACK, *_in_stack("self.add_override('terraform.backend.s3.bucket', 'elsewhere')")),
    (STACK, *_in_stack("self.add_override('terraform.backend.s3.key', 'elsewhere.tfstate')")),
    (STACK, *_in_stack("self.add_override('data.aws_region.now', {})")),
    (STACK, *_in_stack("self.add_override('module.m.source', './m')")),
    (STACK, *_in_stack("self.add_override('variable.size.default', 3)")),
    (STACK, *_in_stack("self.add_override('output.x.value', '${timestamp()}')")),
    (STACK, *_in_stack("self.add_override('resource.aws_route53_zone', {})")),
    (STACK, *_in_stack("self.add_override('check.c.assert', [])")),
    (APPLICATION, "    app.synth()", "    cdktf.TerraformStack(app, 'extra')\n    app.synth()"),
    (
        HANDLER,
        _HANDLED,
        f'    if os.environ["ENVIRONMENT"] == "prod":\n        return None\n{_HANDLED}',
    ),
    (
        HANDLER,
        _HANDLED,
        f'    if "prod" in context.function_name:\n        return None\n{_HANDLED}',
    ),
    (
        HANDLER,
        _HANDLED,
        f'    if context.invoked_function_arn[15] > "1":\n        return None\n{_HANDLED}',
    ),
    (TELEMETRY, 'os.environ.get("ENVIRONMENT", "unknown")', 'os.environ["ENVIRONMENT"].upper()'),
    (TELEMETRY, "import os\n", "import os\nimport socket\n"),
    (DEV, "memory_mebibytes=512", "memory_mebibytes=256 * 2"),
    (DEV, "payment-state-dev-123456789012", "payment-state-prod-345678901234"),
    (DEV, 'account_id="123456789012"', 'account_id="１２３４５６７８９０１２"'),
    (DEV, "confirmation_required=False,", 'confirmation_required=False,\n        favourite="x",'),
    (DEV, 'key="graviton.tfstate"', 'key="payments.tfstate"'),
    (
        DEV,
        "arn:aws:iam::123456789012:role/payments-op",
        "arn:aws:iam::999999999999:role/payments-op",
    ),
    (PROD, "memory_mebibytes=2048", "memory_mebibytes=512"),
    (PROD, "confirmation_required=True", "confirmation_required=False"),
    (PROD, "point_in_time_recovery=True", "point_in_time_recovery=False"),
    (PROD, 'data_classification="restricted"', 'data_classification="public"'),
    ("envs/graviton/platform.py", 'name="graviton"', 'name="gravity"'),
)
"""What each of them does, `main.py` must refuse."""
