"""How patient the sender is."""

import pytest
from functions.handlers.notification.logic import Webhook, read_secret, sign
from functions.handlers.notification.webhook_sender import NotDeliveredError, PatientSender

KEY = b"a key of at least 24 bytes"


class Never:
    """A sender that never gets through."""

    def __init__(self) -> None:
        self.tries = 0

    def send(self, webhook: Webhook) -> None:
        """Fail."""
        assert webhook.event_id == "e"
        self.tries += 1
        raise NotDeliveredError("answered 503")


def _webhook(body: str = "{}", timestamp_seconds: int = 1) -> Webhook:
    return sign(event_id="e", body=body, key=KEY, timestamp_seconds=timestamp_seconds)


class TestPatientSender:
    """Sending again."""

    def test_pauses_grow(self) -> None:
        """Each pause is between half and all of its limit, and the limits grow."""
        pauses: list[float] = []
        never = Never()
        sender = PatientSender(sender=never, remaining_seconds=lambda: 99, sleep=pauses.append)
        with pytest.raises(NotDeliveredError):
            sender.send(_webhook())
        assert never.tries == 5
        for pause, limit in zip(pauses, (0.5, 1, 2, 4), strict=True):
            assert limit / 2 <= pause <= limit

    def test_stops_before_the_invocation_ends(self) -> None:
        """Without time for a pause and a try there is no other try."""
        never = Never()
        sender = PatientSender(sender=never, remaining_seconds=lambda: 6, sleep=lambda _: None)
        with pytest.raises(NotDeliveredError):
            sender.send(_webhook())
        assert never.tries == 1


class TestSign:
    """What the signature covers."""

    def test_differs_with_everything_that_is_signed(self) -> None:
        """Another body, time or key is another signature; the same is the same."""
        other_key = sign(event_id="e", body="{}", key=KEY + b"x", timestamp_seconds=1)
        signatures = {
            _webhook().signature,
            _webhook(body="[]").signature,
            _webhook(timestamp_seconds=2).signature,
            other_key.signature,
        }
        assert len(signatures) == 4
        assert _webhook().signature == _webhook().signature

    def test_follows_the_specification(self) -> None:
        """The example of the Standard Webhooks specification has the signature it gives."""
        webhook = sign(
            event_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
            body='{"test": 2432232314}',
            key=read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            timestamp_seconds=1614265330,
        )
        assert webhook.signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    @pytest.mark.parametrize("text", ["short", "whsec_", "not base64 at all, but long enough!!"])
    def test_refuses_weak_secrets_without_repeating_them(self, text: str) -> None:
        """A secret that is no key is refused, and not named."""
        with pytest.raises(ValueError, match="base64 of 24 to 64 bytes") as caught:
            read_secret(text)
        assert text not in str(caught.value)
