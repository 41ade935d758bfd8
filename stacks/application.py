"""The application: which stacks a platform consists of."""

from pathlib import Path

from cdktf import App

from constructs_lib.compute.code import Archive
from model.blueprint import Blueprint
from model.delivery_home import delivery_home
from model.names import StackKind
from stacks.governance import GovernanceStack
from stacks.network import NetworkStack
from stacks.payments import PaymentsStack
from stacks.pipeline import PipelineStack
from stacks.state import StateStack


def synthesize(blueprint: Blueprint, folder: Path, *, code: Archive, libraries: Archive) -> None:
    """Write the Terraform of every stack of *blueprint* to *folder*.

    An extra copy (`--suffix`) has only what can be there twice: it keeps its state where the real
    thing does, and is watched over by what watches over the account.
    """
    app = App(outdir=str(folder), hcl_output=False)
    platform, is_copy = blueprint.platform, bool(blueprint.suffix)
    for environment in blueprint.environments:
        stack = environment.names(platform).stack
        if not is_copy:
            StateStack(app, stack(StackKind.STATE), platform=platform, environment=environment)
        if platform.governance and not is_copy:
            GovernanceStack(
                app,
                stack(StackKind.GOVERNANCE),
                spec=platform.governance,
                platform=platform,
                environment=environment,
            )
        if platform.network.own_stack:
            NetworkStack(app, stack(StackKind.NETWORK), platform=platform, environment=environment)
        PaymentsStack(
            app,
            stack(StackKind.APPLICATION),
            code=code,
            libraries=libraries,
            platform=platform,
            environment=environment,
        )
    if platform.pipeline and not is_copy:
        PipelineStack(
            app,
            delivery_home(platform, platform.pipeline).names(platform).stack(StackKind.PIPELINE),
            platform=platform,
            spec=platform.pipeline,
            environments=blueprint.environments,
        )
    app.synth()
