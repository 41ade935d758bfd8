"""Names a release: everything that any environment of a platform is made of."""

from collections.abc import Mapping

from audit.canonical import digest
from audit.synthesized import Stack


def release_id(stacks: Mapping[str, Stack]) -> str:
    """Return the SHA-256 of all *stacks*: bodies, locals and backends, of every environment.

    The code is in it, for the bodies hold the hashes of the archives; so are the pins of the
    provider and of the libraries. The digest of a blueprint leaves the locals out: two releases
    that differ in a setting have one blueprint, and are two.
    """
    return digest(
        {
            name: {"body": stack.body, "locals": stack.locals, "backend": stack.backend}
            for name, stack in stacks.items()
        }
    )
