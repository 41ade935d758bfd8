"""Synthesizes every environment of one platform and proves that they are the same blueprint.

    python main.py [PLATFORM] [--suffix SUFFIX] [--fresh]

PLATFORM is a folder of envs/, `payments` by default. It is an argument and nothing else: no
context and no environment variable can change it behind your back. For the cdktf command line,
name it in the app: `npx cdktf synth --app "python main.py dynamo"`.

Nothing is done twice: while no input has changed, what was written and found last is there again,
checked by its SHA-256. `--fresh` does it anew.

Exit status: 0 when all is well, 1 for findings, 2 when something could not be checked.
"""

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import Final

from jsii_kernel import run
from last_synthesis import Record, key

ROOT: Final = Path(__file__).parent


def main() -> int:
    """Print and write what is known for these inputs, or find it out."""
    arguments = _arguments()
    output = Path(os.environ.get("CDKTF_OUTDIR") or ROOT / "cdktf.out")
    copy = "-".join(filter(None, (arguments.platform, arguments.suffix)))
    folder = ROOT / ".cache" / "synthesis" / copy
    inputs = key(ROOT, (arguments.platform, arguments.suffix))
    known = None if arguments.fresh else Record.find(folder, inputs)
    if known and known.restore(folder, output):
        sys.stderr.write(known.warned)
        sys.stdout.write(known.said)
        return 0

    from synthesis import synthesized  # noqa: PLC0415  half a second, when nothing is known

    verdict = synthesized(arguments.platform, arguments.suffix, output)
    if verdict.status == 0:
        record = Record.of(
            inputs, output, said=verdict.said, warned=verdict.warned, findings=verdict.findings
        )
        record.keep(folder, output)
    sys.stderr.write(verdict.warned)
    sys.stdout.write(verdict.said)
    return verdict.status


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Synthesize every environment of a platform and prove that they are the same."
    )
    parser.add_argument(
        "platform", nargs="?", default="payments", help="a folder of envs/ (default: payments)"
    )
    parser.add_argument(
        "--suffix", default="", help="make an extra copy, every name ending in -SUFFIX"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="synthesize and judge even if nothing has changed"
    )
    return parser.parse_args()


if __name__ == "__main__":
    gc.disable()  # It ends before there is garbage worth collecting: 4 % of its time.
    sys.exit(run(main))
