"""What is put on the queue is read back, and nothing else is taken for it."""

import pytest
from functions.domain.money import Money
from functions.domain.payment import Payment
from functions.messaging.queue_message import (
    LINES_PER_MESSAGE,
    PoisonMessageError,
    Submission,
    Submissions,
    Work,
    parse_message,
)
from hypothesis import given
from hypothesis import strategies as st
from tests.functions.support.events import VISA

PAYMENTS = st.builds(
    Payment,
    money=st.builds(Money, amount_minor_units=st.integers(1, 10**12 - 1), currency=st.just("EUR")),
    payment_method=st.from_regex(r"tok_[A-Za-z_]{1,60}", fullmatch=True),
    reference=st.just("order 42"),
)
SUBMISSIONS = st.builds(
    Submission, key=st.from_regex(r"[A-Za-z_:.-]{1,255}", fullmatch=True), payment=PAYMENTS
)


class TestParseMessage:
    """Reading a message."""

    @given(st.uuids())
    def test_reads_back_work(self, transaction_id: object) -> None:
        """A transaction's id survives the queue."""
        work = Work(transaction_id=str(transaction_id))
        assert parse_message(work.to_json()) == work

    @given(st.lists(SUBMISSIONS, min_size=1, max_size=3))
    def test_reads_back_submissions(self, submissions: list[Submission]) -> None:
        """Keys and payments survive the queue."""
        message = Submissions(caller="iam:A", source="ingest-1", submissions=tuple(submissions))
        assert parse_message(message.to_json()) == message

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "[]",
            "5",
            "{}",
            '{"source": "s"}',
            '{"source": "s", "submissions": [5]}',
            '{"source": "s", "submissions": [{"key": "k"}]}',
            f'{{"source": "s", "submissions": [{{"key": "{VISA}"}}]}}',
        ],
    )
    def test_anything_else_is_poison(self, body: str) -> None:
        """The error does not repeat the body, nor does what caused it."""
        with pytest.raises(PoisonMessageError) as caught:
            parse_message(body)
        assert VISA not in str(caught.value)
        assert caught.value.__suppress_context__

    def test_the_largest_call_fits_into_sqs(self) -> None:
        """Ten full messages of the longest lines stay below what SQS takes in one call."""
        longest = Submission(
            key="k" * 255,
            payment=Payment(
                money=Money(amount_minor_units=10**12 - 1, currency="EUR"),
                payment_method="tok_" + "a" * 60,
                reference="r" * 64,
            ),
        )
        message = Submissions(
            caller="iam:A", source="s" * 40, submissions=(longest,) * LINES_PER_MESSAGE
        )
        assert len(message.to_json()) * 10 < 262_144
