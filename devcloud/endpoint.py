"""What `payctl` is told of an emulator on this machine, by the URL where it listens."""

import ipaddress
from functools import partial
from urllib.parse import urlsplit

from devcloud.artefacts import ARTEFACTS, INVENTIONS, UNANSWERED, why_left_out
from devcloud.override import override
from devcloud.record import Record, every_record, terraform_variables
from payctl.endpoint import Endpoint


def endpoint(url: str) -> Endpoint | None:
    """Return the endpoint at *url*, None where it is not on this machine."""
    if not _is_loopback(urlsplit(url).hostname or ""):
        return None
    record = next((one for one in every_record() if one.endpoint == url), None)
    return _endpoint(url, certificate=record.certificate if record else "",
                     migrates=bool(record and record.ledger))  # fmt: skip


def endpoint_of(record: Record, *, migrates: bool | None = None) -> Endpoint:
    """Return the endpoint of *record*; *migrates* overrules whether its database is migrated."""
    database = bool(record.ledger) if migrates is None else migrates
    return _endpoint(record.endpoint, certificate=record.certificate, migrates=database)


def _endpoint(url: str, *, certificate: str, migrates: bool) -> Endpoint:
    return Endpoint(
        url=url,
        variables=terraform_variables(certificate),
        override=partial(override, migrates=migrates),
        not_deployable=why_left_out,
        unsettled=ARTEFACTS,
        invented=INVENTIONS,
        unanswered=UNANSWERED,
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
