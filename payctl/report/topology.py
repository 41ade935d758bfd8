"""Draws what a stack consists of, from the references in its JSON; graphviz lays it out."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from audit.address import leaves
from audit.matrix import local_closure, locals_of
from audit.reference import references
from audit.synthesized import FILE, Stack

_PROGRAMS: Final = (("tred",), ("dot", "-Tsvg"))
"""The second draws what the first leaves: references that do not follow from others."""

_SPREAD: Final = frozenset({"functions"})
"""The parts that are drawn one level deeper: each function is a part of its own."""

_SIZE: Final = re.compile(r'<svg width="[^"]*" height="[^"]*"')


@frozen(kw_only=True)
class Part:
    """One construct of the stack, with everything in it.

    Attributes:
        name: Its path below the stack, such as `functions/processing`.

        addresses: The resources in it.

        variations: The locals that its resources use.
    """

    name: str
    addresses: tuple[str, ...]
    variations: tuple[str, ...]


@frozen(kw_only=True)
class Topology:
    """The parts of a stack, and how many references lead from one to another."""

    parts: tuple[Part, ...]
    edges: Mapping[tuple[str, str], int]

    def dot(self) -> str:
        """Return the picture in graphviz's language, the same for the same stack."""
        lines = [
            "digraph topology {",
            "  graph [rankdir=LR, bgcolor=transparent, nodesep=0.25, ranksep=0.7];",
            '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
            "  edge [arrowsize=0.6];",
        ]
        for part in self.parts:
            count = len(part.addresses)
            label = f"{part.name}\n{count} resource{'s' if count > 1 else ''}"
            if part.variations:
                label += f", {len(part.variations)} variations"
            tip = ", ".join(part.variations) or "no variation"
            lines.append(
                f"  {json.dumps(part.name)} [label={json.dumps(label)}, "
                f"URL={json.dumps('#part-' + anchor(part.name))}, tooltip={json.dumps(tip)}];"
            )
        lines += [
            f"  {json.dumps(one)} -> {json.dumps(other)} [tooltip={json.dumps(f'{n} references')}];"
            for (one, other), n in sorted(self.edges.items())
        ]
        return "\n".join([*lines, "}"])


def anchor(text: str) -> str:
    """Return *text* as it may stand in the address of a place in a page."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", text)


def topology(stack: Stack, output: Path) -> Topology:
    """Return the topology of *stack*, whose file is below *output*.

    Its parts are the constructs directly below the stack, as cdktf notes them in the file.
    """
    parts = _parts(json.loads((output / "stacks" / stack.name / FILE).read_text("utf-8")))
    through = local_closure(stack.locals)
    addresses: dict[str, list[str]] = {}
    variations: dict[str, set[str]] = {}
    edges: Counter[tuple[str, str]] = Counter()
    for address, config in stack.elements.items():
        part = parts.get(address)
        if part is None:
            continue
        addresses.setdefault(part, []).append(address)
        for _, value in leaves(config):
            if not isinstance(value, str):
                continue
            variations.setdefault(part, set()).update(locals_of(value, through))
            for reference in references(value):
                other = parts.get(reference.address)
                if other and other != part:
                    edges[(part, other)] += 1
    return Topology(
        parts=tuple(
            Part(
                name=name,
                addresses=tuple(sorted(found)),
                variations=tuple(sorted(variations.get(name, ()))),
            )
            for name, found in sorted(addresses.items())
        ),
        edges=dict(edges),
    )


def svg(drawn: Topology) -> str:
    """Return the picture as SVG for a page; empty where graphviz is not installed."""
    text = drawn.dot()
    for name, *options in _PROGRAMS:
        program = shutil.which(name)
        if not program:
            return ""
        done = subprocess.run(
            [program, *options], input=text, capture_output=True, text=True, check=True
        )
        text = done.stdout
    picture = text[text.index("<svg") :]
    picture = re.sub(r"<!--.*?-->\n?", "", picture, flags=re.DOTALL)  # It names its version.
    return _SIZE.sub('<svg role="img" aria-label="Parts and their references"', picture, count=1)


def _parts(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the part of every resource and data source, by its address."""
    found: dict[str, str] = {}
    for section, prefix in (("resource", ""), ("data", "data.")):
        for type_, named in document.get(section, {}).items():
            for name, block in named.items():
                path = block.get("//", {}).get("metadata", {}).get("path", "").split("/")[1:]
                if path:
                    is_deeper = len(path[1:-1]) > 0  # It has a construct of its own below.
                    depth = 2 if path[0] in _SPREAD and is_deeper else 1
                    found[f"{prefix}{type_}.{name}"] = "/".join(path[:depth])
    return found
