"""What a stack has one of: provider, state, key, permission boundary and network.

`Site` is the first argument of every construct. Constructs are frozen attrs classes that hold their
resources and are no `Construct` themselves: jsii turns attrs subclasses of it into dictionaries,
and their equality makes them unhashable. Permissions are verbs of the owner (`table.write()`) that
return a `Statement`. An id never contains the environment, so addresses are the same everywhere.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Self

from attrs import frozen
from cdktf import TerraformStack

from constructs_lib.context import Context
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.network.network import Network
from constructs_lib.network.shared_network import shared_network
from constructs_lib.provider import provide_aws
from model.environment import Environment
from model.names import StackKind
from model.platform import Platform


@frozen(kw_only=True, eq=False, slots=False)
class Site(Context):
    """The ground that a stack is built on.

    Key, boundary and network are made when they are first used: a stack without roles has no
    boundary, one without functions no network.

    Attributes:
        bound: What makes the boundary, where a stack's roles need another than the usual one.
    """

    bound: Callable[[Context], PermissionBoundary]

    @classmethod
    def create(
        cls,
        stack: TerraformStack,
        *,
        kind: StackKind,
        platform: Platform,
        environment: Environment,
        bound: Callable[[Context], PermissionBoundary] = PermissionBoundary.create,
    ) -> Self:
        """Pin account and region, and keep the state where the environment says."""
        context = Context.of(stack, kind=kind, platform=platform, environment=environment)
        provide_aws(context, state=environment.state_of(platform, kind))
        return cls(
            stack=stack,
            kind=kind,
            platform=platform,
            environment=context.environment,
            tags=context.tags,
            varying=context.varying,
            bound=bound,
        )

    @cached_property
    def key(self) -> EncryptionKey:
        """The key that everything in the stack is encrypted with."""
        return EncryptionKey.create(self)

    @cached_property
    def boundary(self) -> PermissionBoundary:
        """The most that any role of the stack can ever do."""
        return self.bound(self)

    @property
    def has_own_network(self) -> bool:
        """Whether this stack makes the network, instead of finding it in another one's state."""
        return self.kind is StackKind.NETWORK or not self.platform.network.own_stack

    @cached_property
    def network(self) -> Network:
        """The network of the environment."""
        return Network.create(self) if self.has_own_network else shared_network(self)
