"""Writes the page: one HTML file that needs nothing else."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from payctl.report.content import Content
from payctl.report.topology import anchor

_TEMPLATE: Final = "page.html.jinja"


def page(content: Content) -> str:
    """Return the page of *content*, the same bytes for the same content."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["anchor"] = anchor
    return environment.get_template(_TEMPLATE).render(content=content)
