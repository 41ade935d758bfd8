"""The installed provider package: where it is and what it holds."""

import importlib.metadata
import importlib.util
import re
from functools import cached_property
from pathlib import Path
from typing import Self

from attrs import frozen


class ProviderNotFoundError(Exception):
    """The provider package is missing, or is not laid out as jsii-pacmak lays it out."""


@frozen(slots=False)
class InstalledProvider:
    """A provider package as pip installed it.

    Attributes:
        name: The Python package's name.

        folder: Where it is.

        tarball: Its jsii assembly, the JavaScript included.

        version: The provider package's version.

    """

    name: str
    folder: Path
    tarball: Path
    version: str

    @classmethod
    def find(cls, name: str) -> Self:
        """Find the package without importing it.

        Raises:
            ProviderNotFoundError: It is missing, or its assembly is.

        """
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise ProviderNotFoundError(f"{name} is not installed")
        folder = Path(spec.origin).parent
        tarballs = list(folder.glob("_jsii/*.jsii.tgz"))
        if len(tarballs) != 1:
            raise ProviderNotFoundError(
                f"{folder}/_jsii must hold one assembly, found {len(tarballs)}"
            )
        return cls(name, folder, tarballs[0], importlib.metadata.version(name.replace("_", "-")))

    @cached_property
    def assembly_name(self) -> str:
        """The assembly's name, such as `@cdktf/provider-aws`.

        Raises:
            ProviderNotFoundError: The package does not say.

        """
        text = (self.folder / "_jsii" / "__init__.py").read_text(encoding="utf-8")
        match = re.search(r'JSIIAssembly\.load\(\s*"([^"]+)"', text)
        if match is None:
            raise ProviderNotFoundError(f"{self.folder}/_jsii loads no assembly")
        return match[1]

    def has(self, submodule: str) -> bool:
        """Say whether *submodule* is one of the package's resources."""
        return not submodule.startswith("_") and (self.folder / submodule / "__init__.py").is_file()

    def namespace(self, submodule: str) -> str:
        """Return the assembly's name for *submodule*, such as `s3Bucket` for `s3_bucket`.

        Raises:
            ProviderNotFoundError: The submodule declares no type.

        """
        text = (self.folder / submodule / "__init__.py").read_text(encoding="utf-8")
        match = re.search(rf'jsii_type="{re.escape(self.assembly_name)}\.(\w+)\.', text)
        if match is None:
            raise ProviderNotFoundError(f"{self.folder}/{submodule} declares no jsii type")
        return match[1]
