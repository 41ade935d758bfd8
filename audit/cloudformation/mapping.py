"""The form of the tables: how a Terraform type is said in CloudFormation.

What is not in a table follows from AWS's schema: an attribute is the property of the same name
(`kms_master_key_id` is `KmsMasterKeyId`), and a value takes the form that the property asks for.

Paths into CloudFormation are relative to the block they stand in: `A.B` is a property of a
property, `A[].B` of each item of a list, `A[Key=x].B` of the item whose Key is x; `.` is the block
itself.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import Factory, frozen

REF: Final = "Ref"
"""What a resource is called by others; any other reference is an attribute for `Fn::GetAtt`."""

Names = Mapping[str, str]


@frozen(kw_only=True)
class Also:
    """A further CloudFormation resource that the same Terraform resource makes.

    Attributes:
        names: The attributes it takes, and where they go.

        owner: Where it refers to the first one.
    """

    type: str
    names: Names
    owner: str


@frozen(kw_only=True)
class Inside:
    """Where a Terraform resource goes that is part of another one in CloudFormation.

    Attributes:
        parent: The attribute that refers to the other one.

        at: The path there, empty for the whole of it.
    """

    parent: str
    at: str = ""


@frozen(kw_only=True)
class Mapped:
    """A Terraform type that CloudFormation has too.

    Attributes:
        type: Its CloudFormation type, or that of the resource it is part of.

        names: Where attributes go whose property has another name; dotted inside blocks.

        constants: What CloudFormation wants said beside a block, by the block's path.

        made: What makes properties of an attribute's value where a name is not enough.

        unmapped: The attributes that CloudFormation has no property for, each with the reason.

        references: What an attribute is called when others refer to it: `Ref`, an attribute for
            `Fn::GetAtt`, or a text with both in `${}`.

        not_judged: Values of attributes with which CloudFormation cannot say the resource, each
            with the reason.
    """

    type: str
    names: Names = Factory(dict)
    constants: Mapping[str, Mapping[str, Any]] = Factory(dict)
    made: Mapping[str, Callable[[Any], Mapping[str, Any]]] = Factory(dict)
    unmapped: Mapping[str, str] = Factory(dict)
    references: Mapping[str, str] = Factory(dict)
    not_judged: Mapping[tuple[str, object], str] = Factory(dict)
    inside: Inside | None = None
    also: tuple[Also, ...] = ()


@frozen
class NotJudged:
    """A Terraform type without a counterpart in CloudFormation."""

    why: str


Table = Mapping[str, Mapped | NotJudged]
