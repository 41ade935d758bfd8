"""The application: which stacks a platform consists of."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen
from cdktf import App

from constructs_lib.code import Archive
from model.blueprint import Blueprint
from model.variation import Variation
from stacks.payments import PaymentsStack
from stacks.state import PATHS as STATE_PATHS
from stacks.state import StateStack


def synthesize(blueprint: Blueprint, folder: Path, *, code: Archive, libraries: Archive) -> None:
    """Write the Terraform of every stack of *blueprint* to *folder*."""
    app = App(outdir=str(folder), hcl_output=False, skip_backend_annotation=True)
    platform = blueprint.platform
    for environment in blueprint.environments:
        name = environment.deployment.name
        if not blueprint.suffix:
            StateStack(
                app, f"{platform.name}-state-{name}", platform=platform, environment=environment
            )
        PaymentsStack(
            app,
            f"{platform.name}-{name}",
            platform=platform,
            environment=environment,
            paths=tuple(blueprint.varying_paths),
            code=code,
            libraries=libraries,
        )
    app.synth()
