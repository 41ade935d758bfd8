"""One statement of an IAM policy, as IAM reads it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

from attrs import field, frozen

from audit.iam.arn import Arn
from audit.iam.condition import Condition
from audit.iam.wildcard import covers, is_everything

ELEMENTS: Final = frozenset(
    {
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    }
)
EVERYBODY: Final = "*"
KINDS_OF_PRINCIPALS: Final = ("AWS", "Service", "Federated", "CanonicalUser")


@frozen(kw_only=True)
class Principal:
    """Somebody whom a statement is about.

    Attributes:
        kind: `AWS`, `Service`, `Federated` or `CanonicalUser`.

        name: An ARN, an account, a service, a provider, or `*` for everybody.
    """

    kind: str
    name: str

    @property
    def is_everybody(self) -> bool:
        """Whether it stands for everybody, signed in or not."""
        return self.kind == "AWS" and is_everything(self.name)

    @property
    def account(self) -> str:
        """The account it is of; empty where it says none."""
        if self.kind != "AWS":
            return ""
        if self.name.isdigit():
            return self.name
        try:
            return Arn.parse(self.name).account
        except ValueError:
            return ""

    @property
    def is_whole_account(self) -> bool:
        """Whether it stands for everybody whom an account's own IAM allows."""
        return self.kind == "AWS" and (self.name.isdigit() or self.name.endswith(":root"))


@frozen(kw_only=True)
class Statement:
    """One statement; what may be one or many is always many.

    Attributes:
        raw: The element of the document, for messages.

        not_actions: `NotAction`: every action but these; `actions` is empty then.

        problems: What IAM would not accept in its form.
    """

    sid: str = ""
    allows: bool
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: tuple[Principal, ...] = ()
    not_principals: tuple[Principal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    elements: frozenset[str] = field(factory=frozenset)

    @classmethod
    def of(cls, block: object) -> Self:
        """Read one statement.

        Raises:
            TypeError: When it is not shaped as IAM asks; then nobody knows what it means.
        """
        if not isinstance(block, dict):
            raise TypeError(f"a statement must be an object, is {type(block).__name__}")
        unknown = block.keys() - ELEMENTS
        if unknown:
            raise TypeError(f"a statement must have no {', '.join(sorted(unknown))}")
        if block.get("Effect") not in ("Allow", "Deny"):
            raise TypeError(f"Effect must be Allow or Deny, got {block.get('Effect')!r}")
        return cls(
            sid=str(block.get("Sid", "")),
            allows=block["Effect"] == "Allow",
            actions=_texts(block, "Action"),
            not_actions=_texts(block, "NotAction"),
            resources=_texts(block, "Resource"),
            not_resources=_texts(block, "NotResource"),
            principals=_principals(block, "Principal"),
            not_principals=_principals(block, "NotPrincipal"),
            conditions=tuple(Condition.all_of(block.get("Condition", {}))),
            elements=frozenset(block),
        )

    @property
    def everything_but(self) -> bool:
        """Whether it says what it is not about."""
        return bool(self.elements & {"NotAction", "NotResource", "NotPrincipal"})

    @property
    def is_for_everybody(self) -> bool:
        """Whether its principals are everybody, or everybody but some."""
        return "NotPrincipal" in self.elements or any(one.is_everybody for one in self.principals)

    def covers_action(self, action: str) -> bool:
        """Tell whether it is about every action that the pattern *action* matches."""
        wanted = action.lower()
        return any(covers(pattern.lower(), wanted) for pattern in self.actions)

    def covers_resource(self, resource: str) -> bool:
        """Tell whether it is about every resource that the pattern *resource* matches."""
        return any(covers(pattern, resource) for pattern in self.resources)


def _texts(block: Mapping[str, Any], element: str) -> tuple[str, ...]:
    if element not in block:
        return ()
    values = block[element]
    found = values if isinstance(values, list) else [values]
    if not all(isinstance(value, str) for value in found):
        raise TypeError(f"{element} must be a text or a list of texts, got {values!r}")
    return tuple(found)


def _principals(block: Mapping[str, Any], element: str) -> tuple[Principal, ...]:
    if element not in block:
        return ()
    value = block[element]
    if value == EVERYBODY:
        return (Principal(kind="AWS", name=EVERYBODY),)
    if not isinstance(value, dict):
        raise TypeError(f'{element} must be "*" or an object, got {value!r}')
    unknown = value.keys() - set(KINDS_OF_PRINCIPALS)
    if unknown:
        raise TypeError(f"{element} must be of {', '.join(KINDS_OF_PRINCIPALS)}, got {unknown}")
    return tuple(Principal(kind=kind, name=name) for kind in value for name in _texts(value, kind))


def allowing(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements that allow."""
    return tuple(statement for statement in statements if statement.allows)
