"""What answers for an account: AWS itself, or a service at an endpoint of its own.

An installed package that offers such a service registers a function under the entry point group
`payctl.endpoints`. It takes the endpoint's URL and returns an `Endpoint`, or None for a URL that is
not its own.
"""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from typing import Any, Final

from attrs import field, frozen

from audit.synthesized import Stack

_GROUP: Final = "payctl.endpoints"


def _no_override(_: Stack) -> Mapping[str, Any]:
    return {}


def _deployable(_: Stack) -> str:
    return ""


@frozen(kw_only=True)
class Endpoint:
    """A service that answers for AWS; without a URL, AWS itself, which needs nothing.

    Attributes:
        url: Where it listens, empty for AWS.

        variables: What Terraform's environment needs to reach it.

        override: Returns the override file that a working copy of a stack needs there.

        not_deployable: Returns why a stack cannot be deployed there, empty when it can.

        unsettled: The resource types whose plan is never empty there, with the reason.

        invented: The checkov checks that fail there for what only the endpoint says, with the
            reason.

        unanswered: The calls, such as `ec2.describe_vpcs`, that it does not answer, with the
            reason.
    """

    url: str = ""
    variables: Mapping[str, str] = field(factory=dict, repr=False)
    override: Callable[[Stack], Mapping[str, Any]] = _no_override
    not_deployable: Callable[[Stack], str] = _deployable
    unsettled: Mapping[str, str] = field(factory=dict)
    invented: Mapping[str, str] = field(factory=dict)
    unanswered: Mapping[str, str] = field(factory=dict)

    @property
    def is_aws(self) -> bool:
        """Whether AWS itself answers."""
        return not self.url


AWS: Final = Endpoint()


def endpoint_at(url: str) -> Endpoint:
    """Return the endpoint at *url*: AWS where it is empty, otherwise what a package registered."""
    if not url:
        return AWS
    for entry in entry_points(group=_GROUP):
        found: Endpoint | None = entry.load()(url)
        if found is not None:
            return found
    return Endpoint(url=url)
