"""Groups the stacks that are the same thing in different environments."""

from collections.abc import Iterable, Mapping

from audit.synthesized import Stack


def families(
    stacks: Mapping[str, Stack], environments: Iterable[str]
) -> dict[str, dict[str, Stack]]:
    """Group *stacks* by what their names have beside the environment: `payments-state-*`.

    Stacks that name no environment are in none.
    """
    found: dict[str, dict[str, Stack]] = {}
    for environment in environments:
        for name, stack in stacks.items():
            before, separator, after = f"-{name}-".partition(f"-{environment}-")
            if separator:
                found.setdefault(f"{before}-*-{after}".strip("-"), {})[environment] = stack
    return found
