"""Who sent a request, as API Gateway authenticated it."""

from __future__ import annotations

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from functions.domain.caller import UNAUTHENTICATED, iam_caller, key_caller


def caller_of(event: BaseProxyEvent) -> str:
    """Return the caller: the IAM identity that signed *event*, or else the owner of its API key.

    Headers are not looked at: whoever sends them may write what they like.
    """
    identity = (event.raw_event.get("requestContext") or {}).get("identity") or {}
    if identity.get("caller"):
        return iam_caller(str(identity["caller"]))
    if identity.get("apiKeyId"):
        return key_caller(str(identity["apiKeyId"]))
    return UNAUTHENTICATED
