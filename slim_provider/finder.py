"""Finds the slim package first, and the installed one for whatever the slim one lacks."""

import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType

from slim_provider.cache import bytecode
from slim_provider.installed import InstalledProvider


class SlimFinder(MetaPathFinder):
    """An import finder for one provider.

    The package itself, its `_jsii` and the used submodules come from the cache, the others from
    the installed package. One outside of the used set makes jsii load the full assembly too.
    """

    def __init__(self, installed: InstalledProvider, entry: Path, used: frozenset[str]) -> None:
        self.provider = installed.name
        self._installed = installed
        self._entry = entry
        self._used = used
        self._widened = False

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  part of the protocol
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the package and its used submodules; notice the others."""
        if fullname == self.provider:
            return importlib.util.spec_from_file_location(
                fullname,
                self._entry / "__init__.py",
                submodule_search_locations=[str(self._entry), str(self._installed.folder)],
            )
        parent, _, submodule = fullname.rpartition(".")
        if parent != self.provider:
            return None
        if submodule in self._used:
            return self._compiled(fullname, submodule)
        if self._installed.has(submodule):
            self._widen(submodule)
        return None

    def _compiled(self, fullname: str, submodule: str) -> importlib.machinery.ModuleSpec | None:
        """Return the submodule as the build compiled it, if it did."""
        file = bytecode(self._entry, submodule)
        if not file.is_file():
            return None
        return importlib.util.spec_from_file_location(
            fullname,
            file,
            loader=importlib.machinery.SourcelessFileLoader(fullname, str(file)),
            submodule_search_locations=[str(self._installed.folder / submodule)],
        )

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
