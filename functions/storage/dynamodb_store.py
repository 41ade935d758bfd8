"""Transactions in DynamoDB: every change one conditional write or one write transaction."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import frozen
from botocore.exceptions import ClientError

from functions.domain.instant import Clock, format_instant
from functions.domain.transaction import AuditRecord, Transaction
from functions.storage.dynamodb_item import (
    CLAIM,
    OUTBOX_SHARDS,
    Item,
    audit_item,
    audit_record_from,
    changing_attributes,
    claim_item,
    key_of,
    transaction_from,
    transaction_item,
)
from functions.storage.transaction_store import Creation, KeyReusedError, StaleTransactionError

_IS_NEW: Final = "attribute_not_exists(transaction_id)"
_CONFLICT_TRIES: Final = 6


@frozen(kw_only=True, eq=False)
class DynamoDBStore:
    """A transaction store on DynamoDB tables whose key is transaction_id and timestamp.

    Attributes:
        client: A boto3 DynamoDB client.

        transactions_table: Holds transactions, and one claim item for each.

        audit_table: Holds audit records; may be the same table.

        clock: Dates the audit records.

    """

    client: Any
    transactions_table: str
    audit_table: str
    clock: Clock

    def create(self, transaction: Transaction) -> Creation:
        """See TransactionStore; a claim item with a fixed key makes the second attempt fail."""
        writes = [
            self._put(self.transactions_table, claim_item(transaction)),
            self._put(self.transactions_table, transaction_item(transaction)),
            self._put(self.audit_table, audit_item(transaction, transaction.received_at)),
        ]
        if self._write(writes):
            return Creation(transaction=transaction, created=True)
        claim, stored = self._read(transaction.transaction_id) or ({}, {})
        if claim["fingerprint"]["S"] != transaction.payment.fingerprint:
            raise KeyReusedError
        return Creation(transaction=transaction_from(stored), created=False)

    def find(self, transaction_id: str) -> Transaction | None:
        """See TransactionStore; the read is strongly consistent."""
        found = self._read(transaction_id)
        return transaction_from(found[1]) if found else None

    def save(self, before: Transaction, after: Transaction) -> Transaction:
        """See TransactionStore; the outbox mark is left as it is."""
        values = changing_attributes(after)
        update = {
            "TableName": self.transactions_table,
            "Key": key_of(after),
            "UpdateExpression": "SET " + ", ".join(f"#{name} = :{name}" for name in values),
            "ConditionExpression": "#version = :before",
            "ExpressionAttributeNames": {f"#{name}": name for name in values},
            "ExpressionAttributeValues": {
                **{f":{name}": value for name, value in values.items()},
                ":before": {"N": str(before.version)},
            },
        }
        writes: list[dict[str, Any]] = [{"Update": update}]
        if after.state is not before.state:
            writes.append(self._put(self.audit_table, audit_item(after, self.clock())))
        if not self._write(writes):
            raise StaleTransactionError(before.transaction_id, before.version)
        return after

    def history(self, transaction_id: str) -> tuple[AuditRecord, ...]:
        """See TransactionStore."""
        items = self._query(self.audit_table, transaction_id)
        records = [audit_record_from(item) for item in items if item["kind"]["S"] == "audit"]
        return tuple(sorted(records, key=lambda record: record.version))

    def unqueued(self, *, received_before: datetime, limit: int) -> Iterator[Transaction]:
        """See TransactionStore; the index is eventually consistent, so some may just be queued."""
        left = limit
        for shard in OUTBOX_SHARDS:
            pages = self.client.get_paginator("query").paginate(
                TableName=self.transactions_table,
                IndexName="outbox",
                KeyConditionExpression="outbox_shard = :shard AND #timestamp < :before",
                ExpressionAttributeNames={"#timestamp": "timestamp"},
                ExpressionAttributeValues={
                    ":shard": {"S": shard},
                    ":before": {"S": format_instant(received_before)},
                },
            )
            for item in (item for page in pages for item in page["Items"]):
                if left <= 0:
                    return
                left -= 1
                yield transaction_from(item)

    def mark_queued(self, transaction: Transaction) -> None:
        """See TransactionStore."""
        self.client.update_item(
            TableName=self.transactions_table,
            Key=key_of(transaction),
            UpdateExpression="REMOVE outbox_shard",
            ConditionExpression="attribute_exists(transaction_id)",
        )

    def _read(self, transaction_id: str) -> tuple[Item, Item] | None:
        items = self._query(self.transactions_table, transaction_id)
        claims = [item for item in items if item["timestamp"]["S"] == CLAIM]
        stored = [item for item in items if item["kind"]["S"] == "transaction"]
        return (claims[0], stored[0]) if claims and stored else None

    def _query(self, table: str, transaction_id: str) -> list[Item]:
        pages = self.client.get_paginator("query").paginate(
            TableName=table,
            KeyConditionExpression="transaction_id = :id",
            ExpressionAttributeValues={":id": {"S": transaction_id}},
            ConsistentRead=True,
        )
        return [item for page in pages for item in page["Items"]]

    @staticmethod
    def _put(table: str, item: Item) -> dict[str, Any]:
        return {"Put": {"TableName": table, "Item": item, "ConditionExpression": _IS_NEW}}

    def _write(self, writes: Sequence[dict[str, Any]]) -> bool:
        """Write all or none; False if a condition does not hold."""
        for tries_left in reversed(range(_CONFLICT_TRIES)):
            try:
                self.client.transact_write_items(TransactItems=writes)
            except ClientError as error:
                codes = _cancellation_codes(error)
                if "ConditionalCheckFailed" in codes:
                    return False
                # Two write transactions met on one item: DynamoDB cancels one of them.
                if "TransactionConflict" not in codes or not tries_left:
                    raise
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - jitter, not a secret
            else:
                return True
        raise AssertionError  # The last try returned or raised.


def _cancellation_codes(error: ClientError) -> set[str]:
    reasons: Any = error.response.get("CancellationReasons", [])
    return {reason.get("Code", "") for reason in reasons}
