"""How webhooks get out: one try, and as many as it takes."""

from __future__ import annotations

import http.client
import random
import time
from collections.abc import Callable
from typing import Final, Protocol
from urllib.parse import urlsplit

from attrs import field, frozen

from functions.handlers.notification.logic import Webhook

_TIMEOUT_SECONDS: Final = 5
_TRY_AGAIN: Final = frozenset({408, 425, 429})


class NotDeliveredError(RuntimeError):
    """The receiver did not take the webhook, for now or for good."""


class RefusedError(NotDeliveredError):
    """The receiver will not take this webhook however often it is sent."""


class WebhookSender(Protocol):
    """Delivers webhooks."""

    def send(self, webhook: Webhook) -> None:
        """Deliver *webhook*.

        Raises:
            RefusedError: If the receiver will never take it.

            NotDeliveredError: If it did not take it this time.

        """


@frozen(kw_only=True)
class HttpSender:
    """Posts webhooks, one try each; redirects are not followed.

    Attributes:
        url: Where to.

    """

    url: str

    def send(self, webhook: Webhook) -> None:
        """See WebhookSender."""
        try:
            status = self._post(webhook)
        except (OSError, http.client.HTTPException) as error:
            raise NotDeliveredError(f"no answer: {type(error).__name__}") from error
        if 200 <= status < 300:  # noqa: PLR2004 - the successful statuses
            return
        if status in _TRY_AGAIN or status >= 500:  # noqa: PLR2004 - the server's own errors
            raise NotDeliveredError(f"answered {status}")
        raise RefusedError(f"answered {status}")

    def _post(self, webhook: Webhook) -> int:
        parts = urlsplit(self.url)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        connection = kind(parts.netloc, timeout=_TIMEOUT_SECONDS)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("POST", path, webhook.body.encode(), webhook.headers)
            return connection.getresponse().status
        finally:
            connection.close()


@frozen(kw_only=True)
class PatientSender:
    """Sends again after growing pauses, for as long as the invocation lasts.

    Attributes:
        sender: Does one try.

        pauses_seconds: The longest pause after each failed try; each is drawn from half of it up.

        sleep: Waits that many seconds.

        remaining_seconds: Tells how much of the invocation is left.

    """

    sender: WebhookSender
    remaining_seconds: Callable[[], float]
    pauses_seconds: tuple[float, ...] = (0.5, 1, 2, 4)
    sleep: Callable[[float], None] = field(factory=lambda: time.sleep)

    def send(self, webhook: Webhook) -> None:
        """See WebhookSender; what is not delivered in the end is left to Lambda's own retries."""
        for longest in self.pauses_seconds:
            try:
                return self.sender.send(webhook)
            except RefusedError:
                raise
            except NotDeliveredError:
                pause_seconds = random.uniform(longest / 2, longest)  # noqa: S311 - jitter
                if self.remaining_seconds() < pause_seconds + _TIMEOUT_SECONDS + 1:
                    raise
                self.sleep(pause_seconds)
        return self.sender.send(webhook)
