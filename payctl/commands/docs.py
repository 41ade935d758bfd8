"""`payctl docs`."""

from typing import Annotated

from cyclopts import Parameter

from payctl.commands_document import commands_document
from payctl.exit_status import FINDINGS, FINE
from payctl.project import ROOT
from payctl.screen import complain, say
from payctl.variations_document import variations_document

Check = Annotated[
    bool, Parameter(negative=(), help="Write nothing; exit status 1 when one is not up to date.")
]


def docs(*, check: Check = False) -> int:
    """Write the documents that are generated: `docs/commands.md` and `docs/variations.md`.

    The first is the help of every command, the second every approved variation with its reason
    and its value in every environment of every platform.
    """
    from payctl.application import APPLICATION, COMMANDS  # noqa: PLC0415 - they include this one

    documents = {
        "commands.md": commands_document(APPLICATION, COMMANDS),
        "variations.md": variations_document(),
    }
    stale = 0
    for name, content in documents.items():
        file = ROOT / "docs" / name
        if file.is_file() and file.read_text(encoding="utf-8") == content:
            continue
        stale += 1
        if check:
            complain(f"docs/{name} is not what the code says", next_step="payctl docs")
        else:
            file.write_text(content, encoding="utf-8")
            say(f"wrote docs/{name}")
    return FINDINGS if check and stale else FINE
