"""The events that API Gateway, the load balancer, SQS, EventBridge, S3 and SNS send."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

PAYMENT: dict[str, Any] = {
    "amount_minor_units": 1999,
    "currency": "EUR",
    "payment_method": "tok_approve",
    "reference": "order 42",
}
VISA = "4111 1111 1111 1111"


def rest(
    method: str,
    path: str,
    body: object = None,
    *,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return an API Gateway REST proxy event; a str body is sent as it is."""
    return {
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": method,
        "headers": dict(headers or {}),
        "multiValueHeaders": {name: [value] for name, value in (headers or {}).items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": (
            {name: [value] for name, value in query.items()} if query else None
        ),
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {"requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", "stage": "live"},
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }


def load_balancer(
    method: str, path: str, body: object = None, *, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return an event of an application load balancer, whose header names are in small letters."""
    return {
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x:y:z"}},
        "httpMethod": method,
        "path": path,
        "queryStringParameters": {},
        "headers": {name.lower(): value for name, value in (headers or {}).items()},
        "body": json.dumps(body) if body is not None else "",
        "isBase64Encoded": False,
    }


def sqs(bodies: Iterable[str]) -> dict[str, Any]:
    """Return a batch of the payment queue; message ids are "0", "1" and so on."""
    return {
        "Records": [
            {
                "messageId": str(number),
                "receiptHandle": "handle",
                "body": body,
                "attributes": {"ApproximateReceiveCount": "1"},
                "messageAttributes": {
                    "correlation_id": {"dataType": "String", "stringValue": "correlation-1"}
                },
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:payment-queue",
                "awsRegion": "eu-west-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


TICK: dict[str, Any] = {
    "version": "0",
    "source": "aws.events",
    "detail-type": "Scheduled Event",
    "detail": {},
}


def s3(bucket: str, key: str, *, version: str = "") -> dict[str, Any]:
    """Return an S3 ObjectCreated event; *key* is given as S3 sends it, URL-encoded."""
    told = {"key": key, **({"versionId": version} if version else {})}
    return {
        "Records": [
            {
                "eventSource": "aws:s3",
                "eventName": "ObjectCreated:Put",
                "userIdentity": {"principalId": "AWS:AROABATCH:upload"},
                "s3": {"bucket": {"name": bucket}, "object": told},
            }
        ]
    }


def sns(message: str) -> dict[str, Any]:
    """Return an SNS event with one record."""
    return {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": message}}]}
