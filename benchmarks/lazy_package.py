"""Runs a program with the stock assembly but without the package's import of everything.

    python -m benchmarks.lazy_package main.py [ARGUMENT…]

The half-measure that the slim provider is compared with; nothing uses it.
"""

import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType

PROVIDER = "cdktf_cdktf_provider_aws"


def main() -> None:
    """Stand an empty package in for the provider's, and run the program."""
    spec = importlib.util.find_spec(PROVIDER)
    package = ModuleType(PROVIDER)
    package.__spec__ = spec
    package.__path__ = list(spec.submodule_search_locations or []) if spec else []
    sys.modules[PROVIDER] = package
    del sys.argv[0]
    sys.path.insert(0, str(Path(sys.argv[0]).absolute().parent))
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
