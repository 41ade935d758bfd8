"""Synthesizes every environment of one platform and proves that they are the same blueprint.

    python main.py [PLATFORM] [--suffix SUFFIX]

PLATFORM is a folder of envs/, `payments` by default. It is an argument and nothing else: no
context and no environment variable can change it behind your back. For the cdktf command line,
name it in the app: `npx cdktf synth --app "python main.py dynamo"`.

Exit status: 0 when all is well, 1 for findings, 2 when something could not be checked.
"""

import argparse
import gc
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from jsii_kernel import install, run

ROOT = Path(__file__).parent
install(cache=ROOT / ".cache" / "bindings")

# cdktf must come after install().
from audit.errors import CouldNotCheckError  # noqa: E402
from audit.report import exit_status, text  # noqa: E402
from audit.synthesized import FILE, Stack, read_stacks  # noqa: E402
from constructs_lib.compute.archive import code_zip  # noqa: E402
from constructs_lib.compute.code import Archive  # noqa: E402
from constructs_lib.compute.layer import LayerBuildError, layer_zip  # noqa: E402
from constructs_lib.delivery.blueprint_record import DIGEST_LOCAL, DIGEST_TO_COME  # noqa: E402
from gates.folder import Folder  # noqa: E402
from gates.judge import judged  # noqa: E402
from model.blueprint import Blueprint  # noqa: E402
from model.errors import ConfigurationError  # noqa: E402
from stacks.application import synthesize  # noqa: E402

FINDINGS, COULD_NOT_CHECK = 1, 2


def main() -> int:
    """Synthesize, check what is on the disk, and leave nothing that failed a check."""
    arguments = _arguments()
    output = Path(os.environ.get("CDKTF_OUTDIR") or ROOT / "cdktf.out")
    done = False
    try:
        _withdraw(output)
        blueprint = Blueprint.load(ROOT / "envs" / arguments.platform, suffix=arguments.suffix)
        code, libraries = _archives(blueprint, output / "archives")
        synthesize(blueprint, output, code=code, libraries=libraries)
        _fill_in_digests(output)
        folder = Folder.read(output)
        findings = judged(blueprint, folder)
        done = not exit_status(findings)
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return FINDINGS
    except (CouldNotCheckError, LayerBuildError) as error:
        print(error, file=sys.stderr)
        return COULD_NOT_CHECK
    finally:
        if not done:
            _withdraw(output)
    for warning in blueprint.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if findings:
        print(text(findings), file=sys.stderr)
    if not done:
        return FINDINGS
    _summarize(blueprint, folder.stacks)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Synthesize every environment of a platform and prove that they are the same."
    )
    parser.add_argument(
        "platform", nargs="?", default="payments", help="a folder of envs/ (default: payments)"
    )
    parser.add_argument(
        "--suffix", default="", help="make an extra copy, every name ending in -SUFFIX"
    )
    return parser.parse_args()


def _archives(blueprint: Blueprint, folder: Path) -> tuple[Archive, Archive]:
    """Build what functions run; the same files serve every environment."""
    runtime = blueprint.platform.runtime
    code = Archive(
        name="functions.zip", sha256=code_zip(ROOT / "functions", folder / "functions.zip")
    )
    layer, sha256 = layer_zip(
        ROOT / "functions" / "requirements.txt",
        cache=ROOT / ".cache",
        python_version=runtime.identifier.removeprefix("python"),
        architecture=runtime.architecture,
    )
    shutil.copyfile(layer, folder / "libraries.zip")
    return code, Archive(name="libraries.zip", sha256=sha256)


def _fill_in_digests(output: Path) -> None:
    """Write the digest of each body into the local made for it."""
    for name, stack in read_stacks(output).items():
        if DIGEST_LOCAL in stack.locals:
            file = output / "stacks" / name / FILE
            content = file.read_text(encoding="utf-8")
            file.write_text(content.replace(DIGEST_TO_COME, stack.digest), encoding="utf-8")


def _summarize(blueprint: Blueprint, stacks: Mapping[str, Stack]) -> None:
    for name, stack in stacks.items():
        print(
            f"{name:28} {len(list(stack.resources())):4} resources "
            f"{len(stack.locals):3} locals  blueprint {stack.digest[:12]}"
        )
    count = len(blueprint.environments)
    print(f"The {count} environments differ in nothing but their approved variations.")


def _withdraw(output: Path) -> None:
    """Remove what could be deployed; what Terraform keeps beside it stays."""
    for file in (*output.glob(f"stacks/*/{FILE}"), *output.glob("stacks/*/cdk.tf")):
        file.unlink()
    (output / "manifest.json").unlink(missing_ok=True)


if __name__ == "__main__":
    gc.disable()  # It ends before there is garbage worth collecting: 4 % of its time.
    sys.exit(run(main))
