"""How values are shown."""

from audit.finding import ABSENT
from payctl.written import apart, cell


def test_of_two_lists_only_the_difference_is_shown() -> None:
    """A rule added to a long group stands there alone."""
    kept, opened = {"from_port": 5432}, {"from_port": 22}
    assert apart([kept], [opened, kept]) == (ABSENT, [opened])
    assert apart([kept, opened], [kept]) == ([opened], ABSENT)


def test_what_is_no_list_or_only_in_another_order_is_shown_whole() -> None:
    """Nothing is left out that somebody may look for."""
    assert apart("a", ["a"]) == ("a", ["a"])
    assert apart(["a", "b"], ["b", "a"]) == (["a", "b"], ["b", "a"])


def test_a_cell_has_one_item_a_line() -> None:
    """Strings are bare."""
    assert cell(["a", {"b": 1}]) == 'a\n{"b": 1}'
    assert cell([]) == "[]"
