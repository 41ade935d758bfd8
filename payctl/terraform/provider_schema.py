"""What the provider says of its resources: which attributes there are, and who decides them."""

import json
import os
import subprocess
from typing import Any

from audit.canonical import digest
from payctl.errors import TerraformError
from payctl.project import CACHE, Project
from payctl.terraform.program import program
from payctl.terraform.surroundings import MIRROR, surroundings
from payctl.terraform.written_json import document_in


def provider_schema(project: Project) -> dict[str, Any]:
    """Return `terraform providers schema -json` for the providers of *project*; asked once.

    Raises:
        TerraformError: When the provider cannot be installed.
    """
    stack = project.stacks[project.stack_name(project.blueprint.environments[0])]
    needed = {"terraform": {"required_providers": stack.body["terraform"]["required_providers"]}}
    folder = CACHE / "schema" / digest(needed)[:16]
    file = folder / "schema.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "main.tf.json").write_text(json.dumps(needed), encoding="utf-8")
        _terraform(folder, "init", "-input=false", "-no-color")
        written = document_in(_terraform(folder, "providers", "schema", "-json"))
        if written is None:
            raise TerraformError("terraform providers schema must write a JSON object, has not")
        part = file.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(written), encoding="utf-8")
        part.replace(file)
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def _terraform(folder: os.PathLike[str], *arguments: str) -> str:
    done = subprocess.run(
        [program(), *arguments],
        check=False,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=surroundings(),
    )
    if done.returncode:
        reason = " ".join((done.stderr.partition("Error: ")[2] or done.stderr).split())
        raise TerraformError(
            f"terraform {arguments[0]} for the provider's schema failed: {reason}",
            next_step=f"check the network, or name a mirror of the provider in {MIRROR}",
        )
    return done.stdout
