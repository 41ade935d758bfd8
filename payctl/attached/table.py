"""The one table of what can be attached from outside: all that `payctl drift` asks for."""

from typing import Final

from payctl.attached import compute, data, network
from payctl.attached.attachment import Attachment

ATTACHMENTS: Final[tuple[Attachment, ...]] = (
    *compute.ATTACHMENTS,
    *data.ATTACHMENTS,
    *network.ATTACHMENTS,
)


def document() -> str:
    """Return the table for people, as Markdown, one row for each kind of attachment."""
    lines = [
        "| attached to | what | listed by | made by AWS, left out |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{row.parent}` | {row.name} | `{row.service}.{row.operation}` | {row.made_by_aws} |"
        for row in sorted(ATTACHMENTS, key=lambda one: (one.parent, one.name))
    ]
    return "\n".join(lines)
