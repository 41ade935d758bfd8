"""The production gate: an environment that must be confirmed changes only when it is named [G7].

Terraform itself asks, so that it does not matter who runs it, or with which options:

- A variable guards what is created and changed. Its rule holds while Terraform plans and is
  checked when it applies; the provider refers to it, so that it comes before everything else.
- A `terraform_data` guards what is destroyed, where Terraform checks no variables: it depends on
  everything, hence goes first, and refuses to go unless the environment was named.

The confirmation token is taken from `TF_VAR_confirmation`, which serves both.
"""

from typing import Final

from cdktf import TerraformResource, TerraformVariable, TerraformVariableValidationConfig

from constructs_lib.context import Context

VARIABLE: Final = "confirmation"
_REQUIRED: Final = "deployment.confirmation"
_HOW: Final = (
    "This environment changes only when it is named: repeat the command with TF_VAR_confirmation="
)


def ask_before_change(context: Context) -> str:
    """Declare the variable and return an expression that refers to it and changes nothing.

    A plan is free; an apply of a confirmed environment needs its stack's name. The variable is
    ephemeral: Terraform keeps its value in no plan and asks for it again when it applies one, so
    that a plan file which somebody left behind opens nothing.
    """
    required = context.local(_REQUIRED)
    variable = TerraformVariable(
        context.stack,
        VARIABLE,
        type="string",
        default="",
        description="The name of the stack, where its environment must be confirmed [G7].",
        validation=[
            TerraformVariableValidationConfig(
                condition=(
                    f'${{!terraform.applying || {required} == "" || var.{VARIABLE} == {required}}}'
                ),
                error_message=f"{_HOW}${{{required}}}",
            )
        ],
    )
    variable.add_override("ephemeral", value=True)
    return f'${{var.{VARIABLE} == "" ? "" : ""}}'


def ask_before_destruction(context: Context, *, last: TerraformResource | None = None) -> None:
    """Make the guard that is destroyed before everything else; call it when the stack is complete.

    *last* is made after everything else, and says that everything is there.

    The guard's check is a destroy-time provisioner, run by `/bin/sh`, which can see only the
    guard's own input and the environment of Terraform.
    """
    everything = sorted(
        f"{one.terraform_resource_type}.{one.friendly_unique_id}"
        for one in context.stack.node.find_all()
        if isinstance(one, TerraformResource)
    )
    if last is not None:
        own = f"{last.terraform_resource_type}.{last.friendly_unique_id}"
        last.add_override("depends_on", [address for address in everything if address != own])
    context.stack.add_override(
        "resource.terraform_data.confirmation",
        {
            "input": f"${{{context.local(_REQUIRED)}}}",
            "depends_on": everything,
            "provisioner": {
                "local-exec": {
                    "when": "destroy",
                    "quiet": True,
                    "interpreter": ["/bin/sh", "-c"],
                    "command": (
                        "[ -z '${self.output}' ] || "
                        f"[ \"$TF_VAR_{VARIABLE}\" = '${{self.output}}' ] || "
                        f"{{ echo '{_HOW}${{self.output}}' >&2; exit 1; }}"
                    ),
                }
            },
        },
    )
