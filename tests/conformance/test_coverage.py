"""The table of requirements is what the tests show."""

from tests.conformance.coverage import DOCUMENT, table


def test_document_is_fresh() -> None:
    """docs/requirements-coverage.md is what its generator writes."""
    hint = "run: python -m tests.conformance.coverage"
    assert DOCUMENT.read_text(encoding="utf-8") == table(), hint
