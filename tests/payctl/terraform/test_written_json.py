"""The JSON is found among warnings; what is no JSON is not guessed."""

import pytest

from payctl.terraform.written_json import document_in

WARNING = '\nWarning: Deprecated Parameter\n\nUse "use_lockfile" {instead}.\n\n'


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"value": 1}}\n',
        f'{WARNING}{{"a": {{"value": 1}}}}\n',
        f'{{\n  "a": {{\n    "value": 1\n  }}\n}}\n{WARNING}',
        f'{WARNING}{{\n  "a": {{\n    "value": 1\n  }}\n}}{WARNING}',
    ],
)
def test_warnings_stand_anywhere(text: str) -> None:
    """Before and after, on one line or many."""
    assert document_in(text) == {"a": {"value": 1}}


@pytest.mark.parametrize("text", ["", WARNING, '{"a": ', '[{"a": 1}]', "null\n"])
def test_what_is_no_object_is_none(text: str) -> None:
    """Half a document is no document."""
    assert document_in(text) is None
