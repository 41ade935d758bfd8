"""What a role logs in with: a password, or a token of IAM."""

# Imports are inside the function: each function pays at cold start only for its own way.
# ruff: noqa: PLC0415

from __future__ import annotations

from functions.configuration.database_settings import DatabaseSettings
from functions.database.database import Password


def password_of(settings: DatabaseSettings) -> Password:
    """Return what tells the password of the user of *settings*."""
    if settings.password_parameter is None:
        from functions.database.iam_token import iam_token

        return iam_token(settings)
    from functions.configuration.secret_parameter import secret

    return secret(settings.password_parameter)
