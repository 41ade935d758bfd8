"""A provider package of two resources, laid out as jsii-pacmak lays one out."""

import io
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from slim_provider.installed import InstalledProvider

DOCUMENT = {
    "name": "@fake/provider",
    "readme": {"markdown": "Long."},
    "submodules": {
        f"@fake/provider.{name}": {"symbolId": f"src/{folder}/index:"}
        for name, folder in {
            "bigBucket": "big-bucket",
            "queue": "queue",
            "shared": "shared",
        }.items()
    },
    "types": {
        "@fake/provider.bigBucket.BigBucket": {"kind": "class", "docs": {"summary": "One."}},
        "@fake/provider.bigBucket.Rule": {
            "kind": "interface",
            "properties": [{"type": {"fqn": "@fake/provider.shared.Rule"}}],
        },
        "@fake/provider.queue.Queue": {"kind": "class", "locationInModule": {"line": 1}},
        "@fake/provider.shared.Rule": {"kind": "interface"},
    },
    "version": "1.0.0",
}
SUBMODULE = """
jsii_type="@fake/provider.{namespace}.X"
CHECKED = __debug__

def where():
    pass
"""
LOADER = """
class JSIIAssembly:
    load = staticmethod(lambda *arguments: arguments)

__jsii_assembly__ = JSIIAssembly.load(
    "@fake/provider", "1.0.0", __name__[0:-6], "fake@1.0.0.jsii.tgz"
)
"""


@pytest.fixture
def provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InstalledProvider]:
    """Install a provider that nothing has imported; remove its traces afterwards."""
    site = tmp_path / "site"
    package = site / "fake_provider"
    for submodule, namespace in {"big_bucket": "bigBucket", "queue": "queue"}.items():
        (package / submodule).mkdir(parents=True)
        text = SUBMODULE.format(namespace=namespace)
        (package / submodule / "__init__.py").write_text(text, encoding="utf-8")
    (package / "_jsii").mkdir()
    (package / "_jsii" / "__init__.py").write_text(LOADER, encoding="utf-8")
    (package / "__init__.py").write_text("STOCK = True\n", encoding="utf-8")
    (site / "fake_provider-1.0.0.dist-info").mkdir()
    metadata = "Metadata-Version: 2.1\nName: fake-provider\nVersion: 1.0.0\n"
    (site / "fake_provider-1.0.0.dist-info" / "METADATA").write_text(metadata, encoding="utf-8")
    write_tarball(package / "_jsii" / "fake@1.0.0.jsii.tgz", json.dumps(DOCUMENT, indent=2))

    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setenv("JSII_NODE", "/not/run")
    monkeypatch.setattr("slim_provider.activation.start_kernel", lambda _: None)
    monkeypatch.delenv("SLIM_PROVIDER", raising=False)
    yield InstalledProvider.find("fake_provider")
    for name in [name for name in sys.modules if name.partition(".")[0] == "fake_provider"]:
        del sys.modules[name]


def write_tarball(path: Path, document: str) -> None:
    """Write an assembly whose scripts end in a source map."""
    members = {"package/.jsii": document, "package/package.json": '{"version": "1.0.0"}'}
    for folder in ("big-bucket", "queue", "shared"):
        script = f"exports.name = '{folder}';\n//# sourceMappingURL=data:abc"
        members[f"package/lib/{folder}/index.js"] = script
    with tarfile.open(path, "w:gz") as tarball:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tarball.addfile(info, io.BytesIO(text.encode()))
