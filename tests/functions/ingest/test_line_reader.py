"""Lines are the same wherever a file is cut into chunks."""

from functions.ingest.line_reader import MAXIMUM_LINE_BYTES, Line, read_lines
from hypothesis import given
from hypothesis import strategies as st

LINES = st.lists(st.text(st.characters(exclude_characters="\n\r\ufeff", codec="utf-8"), max_size=9))


@given(lines=LINES, data=st.data())
def test_chunks_do_not_matter(lines: list[str], data: st.DataObject) -> None:
    """Numbers and texts are those of the whole file, however it is cut."""
    content = "".join(f"{line}\n" for line in lines).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)))))
    chunks = [content[a:b] for a, b in zip([0, *cuts], [*cuts, len(content)], strict=True)]
    expected = [Line(number=number, text=text) for number, text in enumerate(lines, start=1)]
    assert list(read_lines(chunks)) == expected


@given(extra=st.integers(1, 20_000), chunk=st.integers(100, 9_000))
def test_a_line_without_end_takes_no_memory(extra: int, chunk: int) -> None:
    """A line that is too long is None, whatever follows is read."""
    content = b"x" * (MAXIMUM_LINE_BYTES + extra) + b"\nnext"
    chunks = [content[at : at + chunk] for at in range(0, len(content), chunk)]
    assert list(read_lines(chunks)) == [Line(number=1, text=None), Line(number=2, text="next")]


def test_the_longest_line_is_read() -> None:
    """Exactly the limit is not too long, with either end of line."""
    longest = "x" * MAXIMUM_LINE_BYTES
    for end in ("\n", "\r\n", ""):
        [line] = read_lines([f"{longest}{end}".encode()])
        assert line == Line(number=1, text=longest)
