"""Imports the Python bindings one module at a time, and without their argument checks.

The provider's package imports two thousand modules when one is asked for, and each of them checks
every argument with typeguard. The finder here imports what is asked for, compiled without those
checks, docstrings and evaluated annotations; `values.py` checks instead. The installed files stay
as they are; what is compiled from them is kept in a cache folder.
"""

import __future__

import importlib.util
import marshal
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

_FORMAT: Final = 1
_STOCK_KERNEL: Final = "jsii._kernel"
_PROVIDER: Final = "cdktf_cdktf_provider_aws"
_PACKAGES: Final = frozenset({"constructs", "cdktf", _PROVIDER})
_CHECKER: Final = re.compile(
    r"^import typeguard\n.*?(?=^from \.+_jsii import|^import [\w.]+\._jsii$|^__jsii_assembly__)",
    re.MULTILINE | re.DOTALL,
)
_SIGNATURES: Final = re.compile(
    r"^def _typecheckingstub__\w+\(.*?^    pass\n", re.MULTILINE | re.DOTALL
)
# Attributes of the package import themselves, as in the installed one, but when asked for.
_LAZY_PACKAGE: Final = """\
import importlib as _importlib
from ._jsii import *


def __getattr__(name: str) -> object:
    try:
        return _importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
"""


class BindingsFinder(MetaPathFinder):
    """Finds jsii's kernel here, and the bindings where they are installed.

    Args:
        cache: Where compiled bindings are kept; safe to delete.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Answer for the kernel and the bindings."""
        if fullname == _STOCK_KERNEL:
            stock = PathFinder.find_spec(fullname, path, target)
            ours = ModuleSpec(fullname, _KernelLoader(), is_package=True)
            ours.submodule_search_locations = stock.submodule_search_locations if stock else None
            return ours
        if fullname.partition(".")[0] not in _PACKAGES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _LeanLoader(fullname, spec.loader.path, self._cache)
        return spec


class _KernelLoader(Loader):
    """Gives jsii this kernel under the name of its own."""

    def exec_module(self, module: ModuleType) -> None:
        """Fill the module."""
        from jsii_kernel.kernel import Kernel  # noqa: PLC0415  a program may need none

        module.Kernel = Kernel  # type: ignore[attr-defined]


class _LeanLoader(SourceFileLoader):
    """Compiles a module of the bindings without what only checks and explains."""

    def __init__(self, fullname: str, path: str, cache: Path) -> None:
        super().__init__(fullname, path)
        self._cached = cache / f"{fullname}.pyc"

    def get_code(self, fullname: str) -> CodeType:
        """Return the module's code, compiled now if it is not in the cache."""
        status = Path(self.path).stat()
        key = f"{_FORMAT} {self.path} {status.st_mtime_ns} {status.st_size}\n".encode()
        header = importlib.util.MAGIC_NUMBER + key
        with suppress(OSError, ValueError, EOFError, TypeError):
            content = self._cached.read_bytes()
            if content.startswith(header):
                code = marshal.loads(content[len(header) :])  # noqa: S302  as Python itself does
                if isinstance(code, CodeType):
                    return code
        code = self._compiled(fullname)
        with suppress(OSError):
            _write(self._cached, header + marshal.dumps(code))
        return code

    def _compiled(self, fullname: str) -> CodeType:
        source = _LAZY_PACKAGE if fullname == _PROVIDER else self._lean_source()
        code: CodeType = compile(
            source,
            self.path,
            "exec",
            flags=__future__.annotations.compiler_flag,
            dont_inherit=True,
            optimize=2,
        )
        return code

    def _lean_source(self) -> str:
        text = Path(self.path).read_text(encoding="utf-8")
        return _SIGNATURES.sub(_blank, _CHECKER.sub(_blank, text, count=1))


def _blank(found: re.Match[str]) -> str:
    """Return as many empty lines: tracebacks keep their numbers."""
    return "\n" * found[0].count("\n")


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename: another process may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)
