"""Writes the Terraform of every environment of one platform, and judges it."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from jsii_kernel import install

ROOT: Final = Path(__file__).parent
install(cache=ROOT / ".cache" / "bindings")

# cdktf must come after install().
from audit.errors import CouldNotCheckError  # noqa: E402
from audit.report import exit_status, plain, text  # noqa: E402
from audit.synthesized import FILE, PROVIDER_LOCK, Stack, read_stacks  # noqa: E402
from constructs_lib.compute.api_parts import PARTS_TO_COME, parts_digest  # noqa: E402
from constructs_lib.compute.archive import code_zip  # noqa: E402
from constructs_lib.compute.code import Archive  # noqa: E402
from constructs_lib.compute.layer import LayerBuildError, layer_zip  # noqa: E402
from constructs_lib.delivery.blueprint_record import DIGEST_LOCAL, DIGEST_TO_COME  # noqa: E402
from gates.folder import Folder  # noqa: E402
from gates.judge import judged  # noqa: E402
from gates.source import source_findings  # noqa: E402
from model.blueprint import Blueprint  # noqa: E402
from model.errors import ConfigurationError  # noqa: E402
from stacks.application import synthesize  # noqa: E402

_FINE, _FINDINGS, _COULD_NOT_CHECK = 0, 1, 2


@frozen(kw_only=True)
class Verdict:
    """How it went.

    Attributes:
        status: 0 when all is well, 1 for findings, 2 when something could not be checked.

        said: What there is.

        warned: What is wrong with it.

        findings: What the gates found, as JSON.
    """

    status: int
    said: str = ""
    warned: str = ""
    findings: tuple[Mapping[str, Any], ...] = ()


def synthesized(platform: str, suffix: str, output: Path) -> Verdict:
    """Synthesize, check what is on the disk, and leave nothing that failed a check."""
    done = False
    try:
        _withdraw(output)
        blueprint = Blueprint.load(ROOT / "envs" / platform, suffix=suffix)
        code, libraries = _archives(blueprint, output / "archives")
        synthesize(blueprint, output, code=code, libraries=libraries)
        _fill_in_parts(output)
        _fill_in_digests(output)
        for name in read_stacks(output):
            shutil.copyfile(ROOT / PROVIDER_LOCK, output / "stacks" / name / PROVIDER_LOCK)
        folder = Folder.read(output)
        findings = (*judged(blueprint, folder), *source_findings(ROOT))
        done = not exit_status(findings)
    except ConfigurationError as error:
        return Verdict(status=_FINDINGS, warned=f"{error}\n")
    except (CouldNotCheckError, LayerBuildError) as error:
        return Verdict(status=_COULD_NOT_CHECK, warned=f"{error}\n")
    finally:
        if not done:
            _withdraw(output)
    warned = "".join(f"warning: {warning}\n" for warning in blueprint.warnings)
    if findings:
        warned += f"{text(findings)}\n"
    if not done:
        return Verdict(status=_FINDINGS, warned=warned)
    return Verdict(
        status=_FINE,
        said=_summary(blueprint, folder.stacks),
        warned=warned,
        findings=tuple(plain(finding) for finding in findings),
    )


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


def _fill_in_parts(output: Path) -> None:
    """Write the digest of an API's parts into the trigger of its deployment."""
    for file in output.glob(f"stacks/*/{FILE}"):
        content = file.read_text(encoding="utf-8")
        if PARTS_TO_COME in content:
            digest = parts_digest(json.loads(content))
            file.write_text(content.replace(PARTS_TO_COME, digest), encoding="utf-8")


def _fill_in_digests(output: Path) -> None:
    """Write the digest of each body into the local made for it."""
    for name, stack in read_stacks(output).items():
        if DIGEST_LOCAL in stack.locals:
            file = output / "stacks" / name / FILE
            content = file.read_text(encoding="utf-8")
            file.write_text(content.replace(DIGEST_TO_COME, stack.digest), encoding="utf-8")


def _summary(blueprint: Blueprint, stacks: Mapping[str, Stack]) -> str:
    lines = [
        f"{name:28} {len(list(stack.resources())):4} resources "
        f"{len(stack.locals):3} locals  blueprint {stack.digest[:12]}"
        for name, stack in stacks.items()
    ]
    count = len(blueprint.environments)
    lines.append(f"The {count} environments differ in nothing but their approved variations.")
    return "".join(f"{line}\n" for line in lines)


def _withdraw(output: Path) -> None:
    """Remove what could be deployed; what Terraform keeps beside it stays."""
    for file in (*output.glob(f"stacks/*/{FILE}"), *output.glob("stacks/*/cdk.tf")):
        file.unlink()
    (output / "manifest.json").unlink(missing_ok=True)
