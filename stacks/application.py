"""The application: which stacks a platform consists of."""

from pathlib import Path

from cdktf import App

from constructs_lib.compute.code import Archive
from model.blueprint import Blueprint
from stacks.governance import GovernanceStack
from stacks.network import STATE_PATHS as NETWORK_STATE_PATHS
from stacks.network import NetworkStack
from stacks.payments import PaymentsStack
from stacks.pipeline import PipelineStack
from stacks.state import PATHS as STATE_PATHS
from stacks.state import StateStack


def synthesize(blueprint: Blueprint, folder: Path, *, code: Archive, libraries: Archive) -> None:
    """Write the Terraform of every stack of *blueprint* to *folder*.

    An extra copy (`--suffix`) has only what can be there twice: it keeps its state where the real
    thing does, and is watched over by what watches over the account.
    """
    app = App(outdir=str(folder), hcl_output=False)
    platform = blueprint.platform
    for environment in blueprint.environments:
        name = environment.deployment.name
        if not blueprint.suffix:
            StateStack(
                app, f"{platform.name}-state-{name}", platform=platform, environment=environment
            )
        if platform.governance and not blueprint.suffix:
            GovernanceStack(
                app,
                f"{platform.name}-governance-{name}",
                platform=platform,
                spec=platform.governance,
                environment=environment,
                paths=blueprint.varying_paths,
            )
        if platform.network.own_stack:
            NetworkStack(
                app,
                f"{platform.name}-network-{name}",
                platform=platform,
                environment=environment,
                paths=blueprint.varying_paths,
            )
        PaymentsStack(
            app,
            f"{platform.name}-{name}",
            platform=platform,
            environment=environment,
            paths=application_paths(blueprint),
            code=code,
            libraries=libraries,
        )
    if platform.pipeline and not blueprint.suffix:
        PipelineStack(
            app,
            f"{platform.name}-pipeline",
            platform=platform,
            spec=platform.pipeline,
            environments=blueprint.environments,
        )
    app.synth()


def application_paths(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the settings that become locals in the main stack."""
    own_stack = blueprint.platform.network.own_stack
    return (*blueprint.varying_paths, *(NETWORK_STATE_PATHS if own_stack else ()))


def localized_paths(blueprint: Blueprint) -> tuple[str, ...]:
    """Return the settings that become locals in any stack of *blueprint*."""
    state = () if blueprint.suffix else STATE_PATHS
    return tuple(dict.fromkeys((*application_paths(blueprint), *state)))
