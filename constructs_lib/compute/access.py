"""What one function may do, and what it is told."""

from collections.abc import Mapping

from attrs import frozen

from constructs_lib.identity.policy import Statement


@frozen(kw_only=True)
class Access:
    """What a function may do, and what it is told.

    Attributes:
        variables: Its environment variables; of a secret, only the name [F4].
    """

    statements: tuple[Statement, ...]
    variables: Mapping[str, str]
