"""Work on batches of the payment queue, one failure at a time."""

from __future__ import annotations

from typing import Any, Final

from attrs import define, field
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from functions.messaging.payment_queue import PaymentQueue
from functions.messaging.queue_message import PoisonMessageError, Submissions, Work, parse_message
from functions.observability.telemetry import logger, metrics
from functions.payments.acceptance import Acceptance
from functions.payments.progress import WORK_SECONDS, HeldError, Progress
from functions.payments.unknown_transaction import UnknownTransactionError
from functions.storage.transaction_store import KeyReusedError

GIVEN_BACK_SECONDS: Final = 120
"""How long the payments of a file wait before the store is tried again."""


class KeysReusedError(ValueError):
    """Lines of a batch file use idempotency keys of other payments."""


@define(kw_only=True, eq=False)
class Worker:
    """Works on the messages of the payment queue.

    Attributes:
        progress: Carries stored transactions on.

        acceptance: Accepts the payments of batch files.

        queue: Takes back what can't be worked on now.

    """

    progress: Progress
    acceptance: Acceptance
    queue: PaymentQueue
    _processor: BatchProcessor = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Report failures one by one, also when all messages of a batch fail."""
        self._processor = BatchProcessor(
            event_type=EventType.SQS, raise_on_entire_batch_failure=False
        )

    def work(self, event: dict[str, Any], context: Any) -> Any:
        """Return which messages of the batch are to be delivered again.

        Only what can never be worked on is: it ends as a dead letter. The rest is kept by the
        store, whose relay takes up whatever is unfinished, or goes back as a new message.
        """
        return process_partial_response(
            event=event, record_handler=self._handle, processor=self._processor, context=context
        )

    def _handle(self, record: SQSRecord, lambda_context: Any) -> None:
        attributes = record.message_attributes
        # Not get(): it returns the bare dict where [] returns the attribute.
        known = attributes["correlation_id"] if "correlation_id" in attributes else None  # noqa: SIM401
        correlation_id = (known.string_value if known else None) or record.message_id
        logger.set_correlation_id(correlation_id)
        if lambda_context.get_remaining_time_in_millis() < WORK_SECONDS * 1000:
            self._give_back(record, correlation_id, delay_seconds=0)
            return
        try:
            message = parse_message(record.body)
            if isinstance(message, Work):
                self._carry_on(message)
            else:
                self._accept(message, record)
        except (PoisonMessageError, UnknownTransactionError, KeysReusedError):
            logger.exception("message failed", message_id=record.message_id)
            metrics.add_metric(name="MessagesFailed", unit=MetricUnit.Count, value=1)
            raise
        metrics.add_metric(name="MessagesDone", unit=MetricUnit.Count, value=1)

    def _carry_on(self, work: Work) -> None:
        try:
            transaction = self.progress.advance(work.transaction_id)
        except UnknownTransactionError:
            raise
        except HeldError as held:
            logger.info("transaction is held", reason=str(held))
        except Exception as error:  # noqa: BLE001 - whatever it is, the transaction stays due
            metrics.add_metric(name="PaymentsPostponed", unit=MetricUnit.Count, value=1)
            logger.warning(
                "postponed; the relay goes on with it",
                transaction_id=work.transaction_id,
                exc_info=error,
            )
        else:
            logger.info(
                "transaction rests",
                transaction_id=transaction.transaction_id,
                state=transaction.state.value,
            )

    def _accept(self, message: Submissions, record: SQSRecord) -> None:
        reused = 0
        try:
            for one in message.submissions:
                try:
                    self.acceptance.accept(
                        caller=message.caller,
                        key=one.key,
                        payment=one.payment,
                        correlation_id=message.source,
                    )
                except KeyReusedError:
                    reused += 1
        except Exception as error:  # noqa: BLE001 - the store can't be reached, as for hours
            logger.warning("given back; the store takes nothing", exc_info=error)
            self._give_back(record, message.source, delay_seconds=GIVEN_BACK_SECONDS)
        if reused:
            # The others are accepted; people look at these in the dead-letter queue.
            raise KeysReusedError(f"{reused} of {len(message.submissions)} keys were used before")

    def _give_back(self, record: SQSRecord, correlation_id: str, *, delay_seconds: int) -> None:
        """Send the message as a new one; if that fails, the queue delivers this one again."""
        self.queue.send_again(
            record.body, correlation_id=correlation_id, delay_seconds=delay_seconds
        )
        metrics.add_metric(name="MessagesGivenBack", unit=MetricUnit.Count, value=1)
