"""Conditions of IAM statements, by what they ask of a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from collections.abc import Iterator, Mapping
from typing import Final, Self

from attrs import frozen

OPERATORS: Final[Mapping[str, str]] = {
    operator.lower(): operator
    for operator in (
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnLike",
        "ArnNotEquals",
        "ArnNotLike",
        "Null",
    )
}
"""Every operator there is, as IAM spells it, by its name in lower case."""
QUANTIFIERS: Final[Mapping[str, str]] = {
    "forallvalues": "ForAllValues",
    "foranyvalue": "ForAnyValue",
}
_WITH_PATTERNS: Final = frozenset({"StringLike", "ArnLike", "ArnEquals"})
"""Operators in whose values `*` and `?` are wildcards; the two of ARNs are one and the same."""
_NAMING: Final = _WITH_PATTERNS | {"StringEquals", "StringEqualsIgnoreCase", "IpAddress"}


@frozen(kw_only=True)
class Condition:
    """One key of a condition and what is asked of it; one of the values must fit.

    Attributes:
        operator: As IAM spells it; what is no operator stands as it was found.

        quantifier: `ForAllValues`, `ForAnyValue` or nothing.

        if_exists: Whether a request without the key fulfils it.

        key: In lower case: IAM does not tell the cases apart.
    """

    operator: str
    quantifier: str = ""
    if_exists: bool = False
    key: str
    values: tuple[str, ...]

    @classmethod
    def all_of(cls, block: object) -> Iterator[Self]:
        """Yield the conditions of a statement's `Condition`.

        Raises:
            TypeError: When it is not shaped as IAM asks.
        """
        if not isinstance(block, dict):
            raise TypeError(f"Condition must be an object, is {type(block).__name__}")
        for name, keys in block.items():
            if not isinstance(keys, dict) or not keys:
                raise TypeError(f"Condition.{name} must be an object of keys, got {keys!r}")
            quantifier, _, rest = name.rpartition(":")
            operator = rest.removesuffix("IfExists")
            for key, values in keys.items():
                yield cls(
                    operator=OPERATORS.get(operator.lower(), str(name)),
                    quantifier=QUANTIFIERS.get(quantifier.lower(), quantifier),
                    if_exists=rest != operator,
                    key=key.lower(),
                    values=tuple(_texts(name, values)),
                )

    @property
    def is_known(self) -> bool:
        """Whether IAM knows the operator and the quantifier."""
        of_sets = self.quantifier in ("", *QUANTIFIERS.values())
        return of_sets and self.operator in OPERATORS.values()

    @property
    def names_values(self) -> bool:
        """Whether it lets only requests through that have the key with one of the values.

        `...IfExists` lets those without the key through, `ForAllValues` as well, and operators
        with Not, and Null, say what must not be.
        """
        return self.operator in _NAMING and not self.if_exists and self.quantifier != "ForAllValues"

    @property
    def has_patterns(self) -> bool:
        """Whether `*` and `?` in its values are wildcards."""
        return self.operator in _WITH_PATTERNS

    def always_holds_without_tls(self) -> bool:
        """Tell whether every request without TLS fulfils it."""
        return (
            self.operator == "Bool"
            and not self.quantifier
            and self.key == "aws:securetransport"
            and "false" in map(str.lower, self.values)
        )


def _texts(name: str, values: object) -> Iterator[str]:
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, bool):
            yield str(value).lower()
        elif isinstance(value, str | int | float):
            yield str(value)
        else:
            raise TypeError(f"Condition.{name} must have texts, got {value!r}")
