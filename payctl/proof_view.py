"""The proof that environments are apart, as `payctl policy --prove` asks for it and shows it."""

from collections.abc import Sequence

from audit.finding import Finding
from audit.proof.prover import prove
from audit.proof.request import Verdict
from audit.proof.side import sides
from payctl.project import Project
from payctl.screen import say, table, working


def verdicts_of(project: Project) -> tuple[Verdict, ...]:
    """Return what is proved of each ordered pair of environments.

    Raises:
        CouldNotCheckError: When the solver is not installed or gives up, or there are no pairs.
    """
    with working("proving that no environment lets another in"):
        return tuple(prove(sides(project.stacks.values())))


def findings_in(verdicts: Sequence[Verdict]) -> tuple[Finding, ...]:
    """Return the requests that go through, as findings."""
    return tuple(
        Finding(
            rule="proof",
            where=one.request.let_in_by,
            message=f"must let nothing from {one.here} into {one.there}: {one.request}",
        )
        for one in verdicts
        if one.request
    )


def show_verdicts(verdicts: Sequence[Verdict]) -> None:
    """Print the verdict on each pair."""
    table(
        "Proved by z3: does any request go through?",
        ("from", "to", "verdict", "principals#", "resources#"),
        [(v.here, v.there, v.word, v.principals, v.resources) for v in verdicts],
    )
    for one in verdicts:
        if one.request:
            say(f"{one.here} to {one.there}: {one.request}", style="red")


def verdicts_json(verdicts: Sequence[Verdict]) -> list[dict[str, object]]:
    """Return *verdicts* for `--json`."""
    return [
        {
            "from": one.here,
            "to": one.there,
            "verdict": one.word,
            "principals": one.principals,
            "resources": one.resources,
            "request": None
            if one.request is None
            else {
                "principal": one.request.principal,
                "action": one.request.action,
                "resource": one.request.resource,
                "context": dict(one.request.context),
                "let_in_by": one.request.let_in_by,
            },
        }
        for one in verdicts
    ]
