"""Logs in to PostgreSQL as an IAM identity: no password exists."""

from __future__ import annotations

from typing import Final

import boto3
from botocore.exceptions import NoCredentialsError
from botocore.model import ServiceId
from botocore.signers import RequestSigner

from functions.configuration.database_settings import DatabaseSettings
from functions.database.database import Password

_VALID_SECONDS: Final = 900


def iam_token(settings: DatabaseSettings) -> Password:
    """Return what makes a token for the user of *settings*; valid for a login within 15 minutes.

    It is signed here, without a call. The client of RDS would do the same after loading the model
    of all of RDS, which takes longer than logging in.
    """
    session = boto3.Session()

    def token(_again: bool) -> str:
        credentials = session.get_credentials()
        if credentials is None:
            raise NoCredentialsError
        signer = RequestSigner(
            ServiceId("rds-db"),
            session.region_name,
            "rds-db",
            "v4",
            credentials,
            session.events,
        )
        url = signer.generate_presigned_url(
            {
                "method": "GET",
                "url": f"https://{settings.host}:{settings.port}/?Action=connect&DBUser={settings.user}",
                "body": {},
                "headers": {},
                "context": {},
            },
            operation_name="connect",
            expires_in=_VALID_SECONDS,
        )
        return str(url).removeprefix("https://")

    return token
