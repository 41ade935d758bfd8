"""Puts the slim package in front of the installed one, or says why it could not."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from slim_provider.cache import entry_for
from slim_provider.finder import SlimFinder
from slim_provider.installed import InstalledProvider
from slim_provider.kernel import start_kernel
from slim_provider.node import use_packaged_node
from slim_provider.usage import used_submodules

SWITCH = "SLIM_PROVIDER"
PROVIDER = "cdktf_cdktf_provider_aws"


def activate(
    packages: Iterable[Path],
    *,
    cache: Path = Path(".cache") / "slim_provider",
    provider: str = PROVIDER,
) -> bool:
    """Make every later import of *provider* load only what *packages* import from it.

    Must run before the first import of cdktf. Never fails: when the slim package cannot be
    built, the installed one is used and one line on stderr says why.

    Args:
        packages: Folders (or files) whose imports define the used submodules.

        cache: Where slim packages are kept; safe to delete.

        provider: The name of the provider's Python package.

    Returns:
        Whether the slim package is in use.

    """
    use_packaged_node()
    if os.environ.get(SWITCH, "").lower() in {"off", "0", "no", "false"}:
        return False
    if any(
        isinstance(finder, SlimFinder) and finder.provider == provider for finder in sys.meta_path
    ):
        return True
    if provider in sys.modules:
        return _stay_stock(f"{provider} was imported before activate()")
    try:
        installed = InstalledProvider.find(provider)
        named = used_submodules(packages, provider)
        used = frozenset(name for name in named if installed.has(name))
        entry = entry_for(installed, used, cache.absolute())
        start_kernel(entry / "kernel")
    except Exception as error:  # noqa: BLE001  a failed speed-up must not stop a synthesis
        return _stay_stock(f"{type(error).__name__}: {error}")
    sys.meta_path.insert(0, SlimFinder(installed, entry, used))
    return True


def _stay_stock(reason: str) -> bool:
    sys.stderr.write(f"slim_provider: not in use, synthesis will be slow ({reason})\n")
    return False
