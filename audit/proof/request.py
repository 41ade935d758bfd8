"""A request to AWS, as a proof finds it."""

from collections.abc import Mapping

from attrs import Factory, frozen


@frozen(kw_only=True)
class Request:
    """One request that goes through.

    Attributes:
        principal: Who asks: an ARN, or a service and for whom it acts.

        action: What is asked for, in lower case; `*` where every action goes through.

        resource: The ARN it is asked of.

        context: The condition keys that the request must bring along.

        let_in_by: The address of what allows it.
    """

    principal: str
    action: str
    resource: str
    context: Mapping[str, str] = Factory(dict)
    let_in_by: str

    def __str__(self) -> str:
        context = ", ".join(f"{key} = {value}" for key, value in sorted(self.context.items()))
        under = f" with {context}" if context else ""
        return (
            f"{self.principal} may {self.action} on {self.resource}{under}: "
            f"allowed by {self.let_in_by}"
        )


@frozen(kw_only=True)
class Verdict:
    """What is proved of one ordered pair of environments.

    Attributes:
        here: Whose principals ask.

        there: Whose resources are asked.

        principals: How many were tried.

        resources: How many there are.

        request: A request that goes through; None where there is none, which is proved.
    """

    here: str
    there: str
    principals: int
    resources: int
    request: Request | None = None

    @property
    def word(self) -> str:
        """What the solver says: `unsat` where no request exists."""
        return "unsat" if self.request is None else "sat"
