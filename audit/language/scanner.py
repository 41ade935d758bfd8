"""Walks through the text of an expression."""

import re
from typing import Final, NoReturn

from attrs import define

SPACE: Final = re.compile(r"(?:[ \t\r\n]|(?:#|//)[^\n]*|/\*.*?\*/)*", re.DOTALL)
SPACE_IN_LINE: Final = re.compile(r"(?:[ \t]|/\*.*?\*/)*", re.DOTALL)
NAME: Final = re.compile(r"[^\W\d][\w-]*")
NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
DIGITS: Final = re.compile(r"\d+")
OPERATOR: Final = re.compile(r"==|!=|<=|>=|&&|\|\||[-+*/%<>!]")


class SyntaxProblemError(Exception):
    """The text is no expression of Terraform's language, or one whose meaning is not certain."""


@define
class Scanner:
    """A text and how far it has been read.

    Attributes:
        across_lines: Whether the end of a line is mere space here, as it is in parentheses.
    """

    text: str
    position: int = 0
    across_lines: bool = True

    def skip(self) -> None:
        """Go over space and comments."""
        pattern = SPACE if self.across_lines else SPACE_IN_LINE
        found = pattern.match(self.text, self.position)
        self.position = found.end() if found else self.position

    def looking_at(self, text: str) -> bool:
        """Tell whether *text* comes next."""
        return self.text.startswith(text, self.position)

    def at_line_end(self) -> bool:
        """Tell whether the line ends here, or only a comment is left of it."""
        return self.text[self.position : self.position + 1] in {"\n", "\r", "#", "/"}

    def take(self, text: str) -> bool:
        """Read *text* when it comes next, after space."""
        self.skip()
        if not self.looking_at(text):
            return False
        self.position += len(text)
        return True

    def take_word(self, word: str) -> bool:
        """Read *word* when the next name is it."""
        self.skip()
        found = NAME.match(self.text, self.position)
        if not found or found.group() != word:
            return False
        self.position = found.end()
        return True

    def match(self, pattern: re.Pattern[str]) -> str:
        """Read what *pattern* matches next, after space; nothing when it does not."""
        self.skip()
        found = pattern.match(self.text, self.position)
        if not found:
            return ""
        self.position = found.end()
        return found.group()

    def expect(self, text: str) -> None:
        """Read *text*, which must come next."""
        if not self.take(text):
            self.fail(f"must have {text!r} here")

    def name(self) -> str:
        """Read a name, which must come next."""
        return self.match(NAME) or self.fail("must have a name here")

    def fail(self, message: str) -> NoReturn:
        """Refuse the text.

        Raises:
            SyntaxProblemError: Always; with the place in the text.
        """
        raise SyntaxProblemError(f"{message}, at character {self.position + 1} of {self.text!r}")
