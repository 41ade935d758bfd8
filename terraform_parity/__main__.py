"""Runs `terraform-parity`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from terraform_parity.comparison import Comparison, compare
from terraform_parity.environment import Environment
from terraform_parity.errors import UnreadableError
from terraform_parity.ledger import Ledger
from terraform_parity.report import as_json, markdown, text

FINE, FINDINGS, COULD_NOT_CHECK = 0, 1, 2
_FEWEST: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print and return the exit status."""
    options = _options(arguments)
    try:
        environments = _environments(options.files)
        ledger = Ledger.read(options.ledger)
        comparison = compare(environments, ledger)
        if options.write:
            ledger = ledger.with_new(one.place for one in comparison.new)
            options.ledger.write_text(ledger.text(), encoding="utf-8")
            comparison = compare(environments, ledger)
    except UnreadableError as error:
        print(f"error: {error}", file=sys.stderr)
        return COULD_NOT_CHECK
    print(_written(comparison, options))
    return FINDINGS if comparison.has_findings else FINE


def _environments(files: Sequence[str]) -> list[Environment]:
    environments = [Environment.read(one) for one in files]
    names = [one.name for one in environments]
    if len(set(names)) < max(len(names), _FEWEST):
        raise UnreadableError(
            f"environments must be two or more, each with a name of its own, are {names}; "
            "name them: dev=plans/a.json prod=plans/b.json"
        )
    return environments


def _written(comparison: Comparison, options: argparse.Namespace) -> str:
    if options.json:
        return as_json(comparison)
    return markdown(comparison) if options.markdown else text(comparison)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="terraform-parity",
        description="Compare environments of any Terraform configuration by their plans or states.",
        epilog="Exit status: 0 when every difference is in the ledger, 1 for findings, 2 when a "
        "file cannot be read.",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="[NAME=]FILE",
        help="what `terraform show -json` writes of a plan or of a state, one for each environment",
    )
    parser.add_argument(
        "--ledger",
        type=Path,
        default=Path("approved.toml"),
        help="the approved differences (default: %(default)s)",
    )
    parser.add_argument(
        "--write", action="store_true", help="add what is new to the ledger, as unreviewed"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print a pull request's comment")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
