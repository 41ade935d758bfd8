"""Cutting a `.jsii` document."""

import json
from typing import Any

import pytest

from slim_provider.document import Document

NAME = "@fake/provider"


def cut(document: dict[str, Any], *namespaces: str, indent: int | None = 2) -> Document:
    """Print *document* and cut it."""
    return Document.cut(json.dumps(document, indent=indent).encode(), NAME, set(namespaces))


@pytest.fixture
def document() -> dict[str, Any]:
    """Types that refer to one another, and text made to mislead."""
    return {
        "name": NAME,
        "submodules": {},
        "types": {
            f"{NAME}.a.A": {"kind": "class", "docs": {"x": 1}, "of": f"{NAME}.b.B"},
            f"{NAME}.a.Z": {"kind": "enum", "text": 'line\n    "trap": {\n  },\n  }'},
            f"{NAME}.aa.A": {"kind": "class"},
            f"{NAME}.b.B": {"kind": "class", "parameters": [{"fqn": f"{NAME}.c.C"}]},
            f"{NAME}.c.C": {"kind": "class", "fqn": f"{NAME}.a.A"},
            f"{NAME}.d.D": {},
        },
        "version": "1.0.0",
    }


@pytest.mark.parametrize("indent", [None, 1, 2, 4])
class TestCut:
    """However the document is printed."""

    def test_keeps_what_kept_types_refer_to(
        self, document: dict[str, Any], indent: int | None
    ) -> None:
        """References are followed to their end, in circles too."""
        kept = cut(document, "a", indent=indent).content["types"]

        assert {"a.A", "a.Z", "b.B", "c.C"} == {fqn.removeprefix(f"{NAME}.") for fqn in kept}

    def test_leaves_types_as_they_are_but_for_documentation(
        self, document: dict[str, Any], indent: int | None
    ) -> None:
        """Text that looks like the end of a type is text."""
        kept = cut(document, "a", indent=indent).content["types"]

        assert kept[f"{NAME}.a.Z"] == document["types"][f"{NAME}.a.Z"]
        assert "docs" not in kept[f"{NAME}.a.A"]

    def test_keeps_one_of_two_names_with_the_same_beginning(
        self, document: dict[str, Any], indent: int | None
    ) -> None:
        """`aa` is not `a`."""
        assert {"aa"} == cut(document, "aa", indent=indent).namespaces()

    def test_first_and_last_types_are_whole(
        self, document: dict[str, Any], indent: int | None
    ) -> None:
        """An empty type at the very end is one."""
        assert {f"{NAME}.d.D": {}} == cut(document, "d", indent=indent).content["types"]

    def test_an_unknown_namespace_is_named(
        self, document: dict[str, Any], indent: int | None
    ) -> None:
        """The installed package and its assembly do not fit."""
        with pytest.raises(ValueError, match="has no types in e"):
            cut(document, "e", indent=indent)


def test_nothing_wanted_is_a_document(document: dict[str, Any]) -> None:
    """A program that uses no resource still gets a provider."""
    assert cut(document).content["types"] == {}
