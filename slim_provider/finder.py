"""Finds the slim package first, and the installed one for whatever the slim one lacks."""

import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType

from slim_provider.installed import InstalledProvider


class SlimFinder(MetaPathFinder):
    """An import finder for one provider.

    The package itself and its `_jsii` come from the cache; submodules come from the
    installed package. One outside of the used set makes jsii load the full assembly too.
    """

    def __init__(self, installed: InstalledProvider, entry: Path, used: frozenset[str]) -> None:
        self.provider = installed.name
        self._installed = installed
        self._entry = entry
        self._used = used | {"_jsii"}
        self._widened = False

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  part of the protocol
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the package; for its submodules, only look whether they are known."""
        if fullname == self.provider:
            return importlib.util.spec_from_file_location(
                fullname,
                self._entry / "__init__.py",
                submodule_search_locations=[str(self._entry), str(self._installed.folder)],
            )
        parent, _, submodule = fullname.rpartition(".")
        if (
            parent == self.provider
            and submodule not in self._used
            and self._installed.has(submodule)
        ):
            self._widen(submodule)
        return None

    def _widen(self, submodule: str) -> None:
        """Load the full assembly beside the slim one.

        jsii files an assembly under the name in its own document, so the full one takes the
        slim one's place; objects that exist already keep their JavaScript classes.
        """
        if self._widened:
            return
        self._widened = True
        sys.stderr.write(
            f"slim_provider: {self.provider}.{submodule} is outside of the used set; "
            "loading the full assembly as well\n",
        )
        importlib.import_module(f"{self.provider}._jsii")
        jsii = importlib.import_module("jsii")
        jsii.kernel.load(
            f"{self._installed.assembly_name}-full",
            self._installed.version,
            str(self._installed.tarball),
        )
