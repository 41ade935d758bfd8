"""Asks before a confirmed environment changes [G7]."""

import sys

from payctl.errors import CannotError
from payctl.screen import note
from payctl.terraform.session import Session


def confirmed(session: Session, said: str) -> Session:
    """Return *session* with the word it needs, said by option or typed now.

    Raises:
        CannotError: When the word is not said, or another one is.
    """
    word = session.word
    if not word:
        return session
    named(word, said)
    return session.confirmed(word)


def named(word: str, said: str) -> None:
    """Check that *word* is said, by option or typed now.

    Raises:
        CannotError: When it is not.
    """
    if not said and sys.stdin.isatty():
        note(f"{word} is confirmed by name. Type it to go on:", style="bold red")
        said = sys.stdin.readline().strip()
    if said != word:
        what = f"got {said!r}" if said else "nobody named it"
        raise CannotError(
            f"{word} changes only when it is named, {what}; nothing changed",
            next_step=f"repeat with --confirm {word}",
        )
