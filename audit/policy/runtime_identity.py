"""Functions are the same code on the same runtime everywhere [F2]."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack
from audit.template import has_expression

LITERAL: Final = ("runtime", "architectures", "handler", "timeout", "source_code_hash")


def _check(stack: Stack) -> Iterator[Violation]:
    hashes: dict[str, tuple[str, object]] = {}
    machines: dict[str, str] = {}
    for function in stack.resources("aws_lambda_function"):
        config = function.config
        for attribute in LITERAL:
            value = config.get(attribute)
            texts = value if isinstance(value, list) else [value]
            if value is None:
                yield violation(function, attribute, "must be set: AWS would decide")
            elif any(isinstance(text, str) and has_expression(text) for text in texts):
                message = f"must be a literal, the same everywhere, got {value}"
                yield violation(function, attribute, message)
        machines.setdefault(
            f"{config.get('runtime')} {config.get('architectures')}", function.address
        )
        first = hashes.setdefault(
            str(config.get("filename")), (function.address, config.get("source_code_hash"))
        )
        if first[1] != config.get("source_code_hash"):
            message = f"must be that of {first[0]}, which has the same file"
            yield violation(function, "source_code_hash", message)
    for machine, address in list(machines.items())[1:]:
        message = f"must be one for all functions, is {machine} here"
        yield Violation(where=address, path="runtime", message=message)


RULE: Final = Rule(
    id="runtime-identity",
    title="One runtime and one code for every function in every environment",
    why="What was tested on another runtime was not tested.",
    source_url="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    pci_dss=("6.5.1",),
    check=_check,
)
