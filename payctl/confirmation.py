"""Asks for the confirmation token before a confirmed environment changes [G7]."""

import sys

from payctl.errors import CannotError
from payctl.screen import note
from payctl.terraform.session import Session


def confirmed(session: Session, said: str) -> Session:
    """Return *session* with its confirmation token, given by option or typed now.

    Raises:
        CannotError: When the token is missing, or another one is given.
    """
    token = session.confirmation_token
    if not token:
        return session
    named(token, said)
    return session.confirmed(token)


def named(token: str, said: str) -> None:
    """Check that *token* is given, by option or typed now.

    Raises:
        CannotError: When it is not.
    """
    if not said and sys.stdin.isatty():
        note(f"Type the confirmation token {token} to continue:", style="bold red")
        said = sys.stdin.readline().strip()
    if said != token:
        what = f"got {said!r}" if said else "got none"
        raise CannotError(
            f"{token}: the confirmation token must be {token}, {what}; nothing changed",
            next_step=f"repeat with --confirm {token}",
        )
