"""The floor: Node alone, told what Python told it, with nobody asking or answering.

A run is recorded through `JSII_NODE`, jsii's own hook: a script stands in for Node, keeps a copy
of all messages, and passes everything on.
"""

import os
import shlex
from pathlib import Path

from attrs import evolve

from benchmarks.measure import Cost, Way
from slim_provider.node import use_packaged_node

NAME = "Node alone, the same messages"
_RECORDER = """\
#!/bin/sh
printf '%s ' "$NODE_OPTIONS" > {folder}/options
printf '%s ' "$@" > {folder}/arguments
tee {folder}/messages | exec {node} "$@"
"""


def floor(way: Way, folder: Path) -> Way:
    """Run *way* once, and return the way in which Node does its share alone.

    Raises:
        RuntimeError: It failed.

    """
    use_packaged_node()
    folder.mkdir()
    node, place = shlex.quote(os.environ["JSII_NODE"]), shlex.quote(str(folder))
    recorder = folder / "node"
    recorder.write_text(_RECORDER.format(node=node, folder=place), encoding="utf-8")
    recorder.chmod(0o755)
    Cost.of(way.command, way.folder, {**way.environment, "JSII_NODE": str(recorder)})
    options, arguments = ((folder / name).read_text() for name in ("options", "arguments"))
    replay = f"exec {node} {options} {arguments} < {place}/messages > {place}/answers"
    return evolve(way, name=NAME, command=("sh", "-c", replay))
