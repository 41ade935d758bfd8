"""One kind of thing that can be attached to a resource without changing the resource."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import jmespath
from attrs import field, frozen
from botocore.exceptions import ClientError

Attributes = Mapping[str, Any]
"""The attributes of one resource instance, as the state has them, and the `account_id`."""

Request = Callable[[Attributes], Mapping[str, Any]]
Read = Callable[[Any, Attributes], Iterable[str]]

_NOTHING_THERE: Final = frozenset(
    {
        "404",
        "NoSuchConfiguration",
        "NoSuchEntity",
        "NoSuchTagSet",
        "NotFound",
        "NotFoundException",
        "PolicyNotFoundException",
        "ProvisionedConcurrencyConfigNotFoundException",
        "ResourceNotFoundException",
        "WAFNonexistentItemException",
    }
)
"""The codes with which AWS says that a resource has none of what was asked for."""


@frozen(kw_only=True)
class Attachment:
    """One kind of attachment: whose it is, how it is listed, what in the state it may be.

    Attributes:
        parent: The Terraform type that it is attached to.

        name: What it is, for people.

        service: The name of the boto3 client.

        operation: The call that lists it, as boto3 spells it.

        read: Lists the identities of what is attached to one instance of *parent*.

        managed: The Terraform types that are such an attachment in code. It is known where an
            instance of one of them has its identity in one attribute and, unless the identity is
            unique in AWS, names the parent in another.

        made_by_aws: What AWS itself attaches and *read* leaves out; empty where it makes none.
    """

    parent: str
    name: str
    service: str
    operation: str
    read: Read
    managed: tuple[str, ...] = ()
    made_by_aws: str = ""

    @property
    def source_url(self) -> str:
        """The documentation of the call."""
        return (
            "https://docs.aws.amazon.com/boto3/latest/reference/services/"
            f"{self.service}/client/{self.operation}.html"
        )


def attachment(
    parent: str,
    name: str,
    call: str,
    request: Request,
    items: str,
    *managed: str,
    made_by_aws: str = "",
    document: str = "",
) -> Attachment:
    """Return an attachment that one call lists.

    Args:
        parent: The Terraform type that it is attached to.

        name: What it is, for people.

        call: The boto3 client and its method, such as `lambda.list_aliases`.

        request: Returns the parameters of the call from the parent's attributes.

        items: The identities in the answer, in JMESPath.

        managed: The Terraform types that are such an attachment in code.

        made_by_aws: What AWS attaches by itself and *items* leaves out.

        document: The member of the answer that is a JSON document in a string, if one is.
    """
    service, _, operation = call.partition(".")
    expression = jmespath.compile(items)

    def read(client: Any, attributes: Attributes) -> Iterator[str]:
        for answer in _answers(client, operation, request(attributes)):
            parsed = (
                {**answer, document: json.loads(answer[document])}
                if answer.get(document)
                else answer
            )
            yield from (str(one) for one in expression.search(parsed) or () if one)

    return Attachment(
        parent=parent,
        name=name,
        service=service,
        operation=operation,
        read=read,
        managed=managed,
        made_by_aws=made_by_aws,
    )


def _answers(client: Any, operation: str, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every page of the answer; none where AWS says that there is nothing."""
    try:
        if client.can_paginate(operation):
            yield from client.get_paginator(operation).paginate(**request)
        else:
            yield getattr(client, operation)(**request)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _NOTHING_THERE:
            raise


@frozen(kw_only=True)
class Managed:
    """One resource instance in the state of a stack, with every text in its attributes."""

    stack: str
    type: str
    address: str
    attributes: Attributes
    texts: Collection[str] = field(repr=False)

    def is_of(self, other: "Managed") -> bool:
        """Tell whether it is *other*, or names it in one of its attributes."""
        own = {str(other.attributes.get(key) or "") for key in ("id", "arn", "name")}
        more = ("function_name", "url", "key_id", "stage_name")
        own |= {str(other.attributes.get(key) or "") for key in more}
        return self is other or bool((own - {""}) & set(self.texts))
