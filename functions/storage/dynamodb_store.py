"""Transactions in DynamoDB: every change one conditional write or one write transaction."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from attrs import frozen
from botocore.exceptions import ClientError

from functions.domain.instant import Clock, format_instant
from functions.domain.transaction import AuditRecord, Transaction
from functions.storage.dynamodb_item import (
    CLAIM,
    MARK,
    OUTBOX_SHARDS,
    Item,
    audit_item,
    audit_record_from,
    changing_attributes,
    claim_item,
    key_of,
    transaction_from,
    transaction_item,
    unfinished_from,
)
from functions.storage.transaction_store import (
    Creation,
    KeyReusedError,
    StaleTransactionError,
    Unfinished,
)

_IS_NEW: Final = "attribute_not_exists(transaction_id)"
_CONFLICT_TRIES: Final = 6
_CONFLICT: Final = frozenset({"TransactionConflict", "TransactionConflictException"})
_CONDITION_FAILED: Final = frozenset({"ConditionalCheckFailed", "ConditionalCheckFailedException"})


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
        """See TransactionStore; without an audit record it is a plain write, at half the price."""
        values = changing_attributes(after)
        gone = [name for name in MARK if name not in values]
        update = {
            "TableName": self.transactions_table,
            "Key": key_of(after),
            "UpdateExpression": "SET "
            + ", ".join(f"#{name} = :{name}" for name in values)
            + (f" REMOVE {', '.join(gone)}" if gone else ""),
            "ConditionExpression": "#version = :before",
            "ExpressionAttributeNames": {f"#{name}": name for name in values},
            "ExpressionAttributeValues": {
                **{f":{name}": value for name, value in values.items()},
                ":before": {"N": str(before.version)},
            },
        }
        if after.state is before.state:
            written = self._holds(lambda: self.client.update_item(**update))
        else:
            step = self._put(self.audit_table, audit_item(after, self.clock()))
            written = self._write([{"Update": update}, step])
        if not written:
            raise StaleTransactionError(before.transaction_id, before.version)
        return after

    def history(self, transaction_id: str) -> tuple[AuditRecord, ...]:
        """See TransactionStore."""
        items = self._query(self.audit_table, transaction_id)
        records = [audit_record_from(item) for item in items if item["kind"]["S"] == "audit"]
        return tuple(sorted(records, key=lambda record: record.version))

    def unfinished(self, *, due_before: datetime, limit: int) -> Iterator[Unfinished]:
        """See TransactionStore; the index is eventually consistent, so some may just be done."""
        found = (
            unfinished_from(item)
            # In another order each time: what stops one run early starves no shard.
            for shard in random.sample(OUTBOX_SHARDS, len(OUTBOX_SHARDS))
            for page in self._due(shard, due_before)
            for item in page["Items"]
        )
        return islice(found, limit)

    def defer(self, one: Unfinished, due_at: datetime) -> bool:
        """See TransactionStore."""
        update = {
            "TableName": self.transactions_table,
            "Key": {
                "transaction_id": {"S": one.transaction_id},
                "timestamp": {"S": format_instant(one.received_at)},
            },
            "UpdateExpression": "SET due_at = :later",
            "ConditionExpression": "due_at = :before",
            "ExpressionAttributeValues": {
                ":later": {"S": format_instant(due_at)},
                ":before": {"S": format_instant(one.due_at)},
            },
        }
        return self._holds(lambda: self.client.update_item(**update))

    def _due(self, shard: str, due_before: datetime) -> Iterable[dict[str, Any]]:
        pages: Iterable[dict[str, Any]] = self.client.get_paginator("query").paginate(
            TableName=self.transactions_table,
            IndexName="outbox",
            KeyConditionExpression="outbox_shard = :shard AND due_at < :before",
            ExpressionAttributeValues={
                ":shard": {"S": shard},
                ":before": {"S": format_instant(due_before)},
            },
        )
        return pages

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
        return self._holds(lambda: self.client.transact_write_items(TransactItems=writes))

    @staticmethod
    def _holds(write: Callable[[], Any]) -> bool:
        """Do *write*, again where it meets a write transaction; False if a condition fails."""
        for tries_left in reversed(range(_CONFLICT_TRIES)):
            try:
                write()
            except ClientError as error:
                codes = _codes(error)
                if codes & _CONDITION_FAILED:
                    return False
                # Two writes met on one item, one of them a transaction: DynamoDB cancels one.
                if not codes & _CONFLICT or not tries_left:
                    raise
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - jitter, not a secret
            else:
                return True
        raise AssertionError  # The last try returned or raised.


def _codes(error: ClientError) -> set[str]:
    reasons: Any = error.response.get("CancellationReasons", [])
    code = error.response.get("Error", {}).get("Code", "")
    return {code, *(reason.get("Code", "") for reason in reasons)}
