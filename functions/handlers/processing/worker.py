"""Work on batches of the payment queue, one failure at a time."""

from __future__ import annotations

from typing import Any

from attrs import define, field
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from functions.messaging.queue_message import Submissions, Work, parse_message
from functions.observability.telemetry import logger, metrics
from functions.payments.acceptance import Acceptance
from functions.payments.progress import Progress
from functions.storage.transaction_store import KeyReusedError


class KeysReusedError(ValueError):
    """Lines of a batch file use idempotency keys of other payments."""


@define(kw_only=True, eq=False)
class Worker:
    """Works on the messages of the payment queue.

    Attributes:
        progress: Carries stored transactions on.

        acceptance: Accepts the payments of batch files.

    """

    progress: Progress
    acceptance: Acceptance
    _processor: BatchProcessor = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Report failures one by one, also when all messages of a batch fail."""
        self._processor = BatchProcessor(
            event_type=EventType.SQS, raise_on_entire_batch_failure=False
        )

    def work(self, event: dict[str, Any], context: Any) -> Any:
        """Return which messages of the batch are to be delivered again."""
        return process_partial_response(
            event=event, record_handler=self._handle, processor=self._processor, context=context
        )

    def _handle(self, record: SQSRecord) -> None:
        attributes = record.message_attributes
        # Not get(): it returns the bare dict where [] returns the attribute.
        known = attributes["correlation_id"] if "correlation_id" in attributes else None  # noqa: SIM401
        logger.set_correlation_id(known.string_value if known else record.message_id)
        try:
            message = parse_message(record.body)
            if isinstance(message, Work):
                self._carry_on(message)
            else:
                self._accept(message)
        except Exception:
            logger.exception("message failed", message_id=record.message_id)
            metrics.add_metric(name="MessagesFailed", unit=MetricUnit.Count, value=1)
            raise
        metrics.add_metric(name="MessagesDone", unit=MetricUnit.Count, value=1)

    def _carry_on(self, work: Work) -> None:
        transaction = self.progress.advance(work.transaction_id)
        logger.info(
            "transaction rests",
            transaction_id=transaction.transaction_id,
            state=transaction.state.value,
        )

    def _accept(self, message: Submissions) -> None:
        reused = 0
        for one in message.submissions:
            try:
                self.acceptance.accept(
                    key=one.key, payment=one.payment, correlation_id=message.source
                )
            except KeyReusedError:
                reused += 1
        if reused:
            # The others are accepted; people look at these in the dead-letter queue.
            raise KeysReusedError(f"{reused} of {len(message.submissions)} keys were used before")
