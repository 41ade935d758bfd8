"""The app command with which the cdktf command line deploys to an emulator on this machine.

    npx cdktf deploy payments-dev --app "python -m devcloud.cdktf_app" --output .local/cdktf.out

It synthesizes as `main.py` does, with the same arguments, then places an override beside each
stack: local state, a provider for one address, and no call of the functions that need a database.
It takes another output folder than `cdktf.out`, where `main.py` accepts no such file.
"""

import os
import sys
from pathlib import Path
from typing import Final

import main as application
from audit.synthesized import read_stacks
from devcloud.override import FILE, place
from jsii_kernel import run

_COULD_NOT_CHECK: Final = 2


def main() -> int:
    """Synthesize, and place the overrides; return the exit status of `main.py`."""
    folder = os.environ.get("CDKTF_OUTDIR", "")
    if not folder or Path(folder).resolve() == application.ROOT / "cdktf.out":
        print(
            "devcloud.cdktf_app: --output must name a folder other than cdktf.out, where overrides "
            "are refused; add --output .local/cdktf.out",
            file=sys.stderr,
        )
        return _COULD_NOT_CHECK
    output = Path(folder)
    for file in output.glob(f"stacks/*/{FILE}"):
        file.unlink()
    status = application.main()
    if status == 0:
        for name, stack in read_stacks(output).items():
            place(output / "stacks" / name, stack, migrates=False)
    return status


if __name__ == "__main__":
    sys.exit(run(main))
