"""Who asks: the authenticated principal, under whose name everything of a payment is kept."""

from __future__ import annotations

from typing import Final

UNAUTHENTICATED: Final = "unauthenticated"
"""The caller of requests and files that come without a principal; it shares nothing with others."""


def iam_caller(principal_id: str) -> str:
    """Return the caller of *principal_id*, such as "AROAEXAMPLE:session" or "AWS:AIDAEXAMPLE".

    The unique id of a role or user is never given to another. Sessions of a role are one caller.
    """
    unique, _, _session = principal_id.removeprefix("AWS:").partition(":")
    return f"iam:{unique}" if unique else UNAUTHENTICATED


def key_caller(api_key_id: str) -> str:
    """Return the caller who owns the API key *api_key_id*."""
    return f"key:{api_key_id}"
