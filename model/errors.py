"""What can be wrong with settings, and how it is said.

ConfigurationError: the settings of a platform break at least one rule.
"""

from collections.abc import Iterable

from attrs import frozen


@frozen(order=True)
class Problem:
    """One broken rule.

    Attributes:
        where: The file, with its line where one is to blame.

        what: What must hold, and what was found.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class ConfigurationError(ValueError):
    """Settings break rules; all broken rules are in `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
