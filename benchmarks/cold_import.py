"""Measures what each handler costs to import in a new process, and what of it is not ours.

Run: python benchmarks/cold_import.py [rounds]. It builds the layer and code as they are deployed,
and imports from them. Bytecode is off: Lambda can't write any, so a cold start compiles.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from constructs_lib.compute.archive import code_zip  # noqa: E402 - found only now
from constructs_lib.compute.layer import layer_zip  # noqa: E402 - as above

_PROGRAM: Final = """
import sys, time
start = time.process_time()
__import__(sys.argv[1])
print(time.process_time() - start, len(sys.modules), *(
    name for name in ("boto3", "pg8000", "aws_xray_sdk") if name in sys.modules
))
"""


def main() -> None:
    """Print one line for each handler: milliseconds of CPU, modules, heavy imports."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = _deployed(folder)
        handlers = sorted((ROOT / "functions" / "handlers").glob("*/handler.py"))
        sys.stdout.write(
            f"{'handler':<14}{'median ms':>10}{'min-max ms':>14}{'modules':>9}  imports\n"
        )
        for handler in handlers:
            module = f"functions.handlers.{handler.parent.name}.handler"
            runs = [_import(module, environ) for _ in range(rounds)]
            times = [float(run[0]) * 1000 for run in runs]
            span = f"{min(times):.0f}-{max(times):.0f}"
            sys.stdout.write(
                f"{handler.parent.name:<14}{statistics.median(times):>10.0f}{span:>14}"
                f"{runs[0][1]:>9}  {' '.join(runs[0][2:]) or '-'}\n"
            )


def _deployed(folder: Path) -> dict[str, str]:
    """Unpack code and layer into *folder*; return the environment of a process that sees them."""
    code_zip(ROOT / "functions", folder / "code.zip")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    layer, _ = layer_zip(
        ROOT / "functions" / "requirements.txt", cache=ROOT / ".cache", python_version=version
    )
    for archive in (folder / "code.zip", layer):
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{folder}:{folder / 'python'}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }


def _import(module: str, environ: dict[str, str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, module],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


if __name__ == "__main__":
    main()
