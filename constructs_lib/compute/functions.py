"""All functions of a platform."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from attrs import field, frozen
from cdktf import Fn, ITerraformDependable
from cdktf_cdktf_provider_aws.lambda_invocation import LambdaInvocation
from constructs import Construct

from constructs_lib.compute.code import Code
from constructs_lib.compute.function import Function
from constructs_lib.compute.resources import Resources
from constructs_lib.compute.triggers import start
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.site import Site


@frozen(kw_only=True, eq=False)
class Functions:
    """The functions of a platform, by name."""

    by_name: Mapping[str, Function] = field(factory=dict)
    node: Construct

    def __getitem__(self, name: str) -> Function:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Function]:
        return iter(self.by_name.values())

    @classmethod
    def create(
        cls, scope: Construct, id_: str, *, site: Site, code: Code, resources: Resources
    ) -> Self:
        """Create every function of the platform, what it may reach, and what starts it."""
        node = Construct(scope, id_)
        group = SecurityGroup.create(scope, f"{id_}_group", site=site, kind="functions")
        group.may_call_https()
        resources.let_in(group)
        made = {
            spec.name: Function.create(
                node,
                spec.name,
                site=site,
                spec=spec,
                code=code,
                group=group,
                access=resources.access(spec),
            )
            for spec in site.platform.functions
        }
        ready = [*site.network.ways_out, *resources.ready]
        migrated = [
            _on_deploy(node, function, code, ready)
            for function in made.values()
            if function.spec.runs_on_deploy
        ]
        for function in made.values():
            start(node, function, site=site, resources=resources, after=migrated)
        return cls(by_name=made, node=node)


def _on_deploy(
    node: Construct, function: Function, code: Code, after: Sequence[ITerraformDependable]
) -> LambdaInvocation:
    """Call *function* once for every version of the code; the deploy fails when it does."""
    return LambdaInvocation(
        node,
        f"{function.spec.name}_on_deploy",
        function_name=function.name,
        input=Fn.jsonencode({"code_sha256": code.archive.sha256}),
        lifecycle_scope="CREATE_ONLY",
        depends_on=[function.resource, *after],
    )
