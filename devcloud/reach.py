"""Access to an emulated account, for boto3 and for Terraform."""

from devcloud.certificate import trust
from devcloud.endpoint import endpoint_of
from devcloud.place import Place
from devcloud.record import Record
from payctl.access import Access


def access_to(
    record: Record, *, place: Place | None = None, migrates: bool | None = None
) -> Access:
    """Return the access to the account of *record*.

    Args:
        record: What runs.

        place: Whose processes Terraform's are, where it is run.

        migrates: Whether a deploy calls the functions that need a database; by default it does
            where there is one.
    """
    trust(record.certificate)
    endpoint = endpoint_of(record, migrates=migrates)
    return Access(
        region=record.region,
        account_id=record.account_id,
        endpoint=endpoint,
        variables={**endpoint.variables, **record.variables, **(place.mark if place else {})},
    )
