"""Reads from the provider's JavaScript what the kernel must know, and its Python does not say.

    python -m tests.jsii_kernel.provider_javascript

writes `jsii_kernel/provider.json` anew; a test says when that is due.
"""

import importlib.util
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsii_kernel.names import snake_case

FACTS = Path(__file__).parents[2] / "jsii_kernel" / "provider.json"
_SCRIPT = re.compile(r"package/lib/[\w-]+/[\w-]+\.js")
_HCL = re.compile(
    r"^function \w+ToHclTerraform\(struct\) \{.*?^\}|^    synthesizeHclAttributes\(\) \{.*?^    \}",
    re.MULTILINE | re.DOTALL,
)
_CLASS = re.compile(r"^class (\w+) extends (cdktf\.\w+) \{(.*?)^\}", re.MULTILINE | re.DOTALL)
_WRITER = re.compile(r"^function (\w+)ToTerraform\(struct\) \{(.*?)^\}", re.MULTILINE | re.DOTALL)
_ARGUMENT = re.compile(r"^ {8,12}'?(\w+)'?: (.*(?:struct\.|this\._)(\w+).*),$", re.MULTILINE)
_GETTER = re.compile(r"^    get (\w+)\(\) \{\n        return (.*);", re.MULTILINE)
_NAMED = re.compile(r"'(\w+)'")
_BLOCK = re.compile(r'this\._(\w+) = new (\w+)\(this, "(\w+)"(?:, (true|false))?\)')
_TYPE = re.compile(r"terraformResourceType: '(\w+)'")
_FQN = re.compile(r'\{ fqn: "@cdktf/provider-aws\.(\w+)\.(\w+)"')


def scripts() -> Iterator[tuple[str, str]]:
    """Yield each script of the provider without what is for HCL, with its folder."""
    spec = importlib.util.find_spec("cdktf_cdktf_provider_aws")
    assert spec is not None
    assert spec.origin is not None
    (tarball,) = Path(spec.origin).parent.glob("_jsii/*.tgz")
    with tarfile.open(tarball, "r|gz") as members:
        for member in members:
            if _SCRIPT.fullmatch(member.name) and (script := members.extractfile(member)):
                text = script.read().decode().partition("//# sourceMappingURL")[0]
                yield member.name.split("/")[2], _HCL.sub("", text)


def arguments(script: str) -> Iterator[tuple[str, str]]:
    """Yield the properties that a script writes, each with the name of its argument."""
    for name, _, property_ in _ARGUMENT.findall(script):
        yield property_, name


def attributes(script: str) -> Iterator[tuple[str, str]]:
    """Yield the properties that a script reads, each with the name of its attribute."""
    for property_, how in _GETTER.findall(script):
        if found := _NAMED.search(how):
            yield property_, found[1]
    for property_, _, name, _ in _BLOCK.findall(script):
        yield property_, name


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.sets: dict[str, list[str]] = defaultdict(list)
        self.blocks: dict[str, list[str]] = defaultdict(list)
        self.without_index: list[str] = []
        self.nulls: list[str] = []
        self.irregular: dict[str, set[str]] = defaultdict(set)

    def add(self, script: str) -> None:
        """Read one script."""
        submodules = {name: submodule for submodule, name in _FQN.findall(script)}
        for name, _, body in _CLASS.findall(script):
            self._add_class(f"{submodules.get(name)}.{name}", body)
        for name, body in _WRITER.findall(script):
            if "=== undefined ? null" in body:
                self.nulls.append(name[0].upper() + name[1:])
        for property_, name in (*arguments(script), *attributes(script)):
            if name != snake_case(property_):
                self.irregular[property_].add(name)

    def _add_class(self, name: str, body: str) -> None:
        for property_, how in _GETTER.findall(body):
            if "Fn.tolist(" in how:
                self.sets[name].append(property_)
        for property_, _, _, of_set in _BLOCK.findall(body):
            if of_set == "true":
                self.blocks[name].append(property_)
        if "super(terraformResource, terraformAttribute, false);" in body:
            self.without_index.append(name)


def facts() -> dict[str, Any]:
    """Return what `jsii_kernel.provider` has to know."""
    read = _Reading()
    for _, script in scripts():
        read.add(script)
    return {
        "set_attributes": {n: " ".join(sorted(found)) for n, found in sorted(read.sets.items())},
        "set_blocks": {n: " ".join(sorted(found)) for n, found in sorted(read.blocks.items())},
        "blocks_without_index": sorted(read.without_index),
        "written_with_nulls": sorted(read.nulls),
        "irregular": {name: names.pop() for name, names in sorted(read.irregular.items())},
    }


def types() -> dict[str, str]:
    """Return the Terraform type of each folder that has one."""
    return {folder: found[1] for folder, script in scripts() if (found := _TYPE.search(script))}


def main() -> None:
    """Write the facts, a class a line."""
    FACTS.write_text(json.dumps(facts(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
