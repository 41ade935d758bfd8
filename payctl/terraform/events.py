"""Follows the JSON lines that `terraform plan -json` and `apply -json` write."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

_DONE: Final = ("apply_complete", "refresh_complete")
_STRAY: Final = 20
"""Lines that are no JSON and are kept: a crash of Terraform has hundreds."""


class Events:
    """What a command has said so far: progress for a person, and what went wrong."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress = progress
        self._done = self._total = 0
        self._problems: list[str] = []
        self._stray: list[str] = []

    def take(self, line: str) -> None:
        """Take the next line."""
        try:
            event = json.loads(line)
        except ValueError:
            text = line.strip(" ╷│╵\r\n")
            if text and len(self._stray) < _STRAY:
                self._stray.append(text)
            return
        if isinstance(event, dict):
            self._take(event)

    @property
    def problems(self) -> str:
        """Why it failed, in Terraform's words; empty when it did not say."""
        return "; ".join(self._problems or self._stray)

    def _take(self, event: Mapping[str, Any]) -> None:
        kind = event.get("type")
        if kind == "diagnostic" and event["diagnostic"]["severity"] == "error":
            diagnostic = event["diagnostic"]
            where = diagnostic.get("address", "")
            text = f"{diagnostic['summary']}: {diagnostic.get('detail', '')}".strip(": ")
            self._problems.append(" ".join(f"{where} {text}".split()))
        elif kind == "change_summary":
            self._total = sum(event["changes"].get(key, 0) for key in ("add", "change", "remove"))
        elif kind in _DONE:
            self._done += kind == "apply_complete"
            if self._total:
                count = f"{self._done} of {self._total}"
            else:
                count = f"{self._done}" if self._done else "reading"
            self._progress(f"{count} ({event['hook']['resource']['addr']})")
