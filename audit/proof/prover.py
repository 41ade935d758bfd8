"""Proves that no environment lets another in, or finds a request that goes through.

For an ordered pair of environments both sides are asked on their own, and neither may let anything
through: what the policies and the boundary of each role of the one allow on what the other has, and
what the other's resources allow to anybody in the account of the one, or to services acting for it.
Across accounts AWS asks for both; each alone keeps them apart, so that one mistake opens nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.errors import CouldNotCheckError
from audit.iam.actions import ACT_ON_THE_ACCOUNT
from audit.iam.arn import Arn
from audit.iam.statement import allowing
from audit.proof.encoding import Asker, Formula, Values
from audit.proof.example import Question, as_found, example
from audit.proof.language import FIELDS, matches
from audit.proof.request import Request, Verdict
from audit.proof.side import Asking, Lets, Side
from audit.proof.solver import z3

_MILLISECONDS: Final = 10_000
"""How long the solver may think of one question."""
_OF_SERVICES: Final = frozenset(
    {"aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:sourceorgid"}
)
_OF_CALLERS: Final = frozenset(
    {"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths"}
)
WRITES_BELOW: Final[Mapping[str, str]] = {
    "logdelivery.elasticloadbalancing.amazonaws.com": "AWSLogs/",
}
"""Services that write for an account only below its number, and what they write before it.

What comes before that is a prefix, in which `AWSLogs` must not be:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
"""


def prove(sides: Mapping[str, Side]) -> Iterator[Verdict]:
    """Yield the verdict on every ordered pair of *sides*.

    Raises:
        CouldNotCheckError: When the solver is not installed, gives up, or there is a policy that
            nobody can read.
    """
    for side in sides.values():
        if side.unreadable:
            where = ", ".join(side.unreadable)
            raise CouldNotCheckError(f"proof: every policy must be readable, is not: {where}")
    for here in sides.values():
        for there in sides.values():
            if here.name != there.name:
                yield Verdict(
                    here=here.name,
                    there=there.name,
                    principals=len(here.asking) + (here.account != there.account),
                    resources=len(there.resources),
                    request=next(_requests(here, there), None),
                )


def _requests(here: Side, there: Side) -> Iterator[Request]:
    for asking in here.asking:
        yield from _outbound(asking, here, there)
    for lets in there.lets:
        for asker in _askers(lets, here, there):
            yield from _inbound(lets, asker, here, there)


def _outbound(asking: Asking, here: Side, there: Side) -> Iterator[Request]:
    """Yield what a role's own policies and its boundary allow on what is there."""
    solver = z3()
    formula = Formula(_role(asking.arn, here, there))
    by_address = {
        address: formula.decided(statements, here.name, allows=True)
        for address, statements in asking.allowed.items()
    }
    identity = [one for statements in asking.allowed.values() for one in statements]
    within = [one for one in asking.boundary or () if not one.allows]
    bounded = solver.BoolVal(True)
    if asking.boundary is not None:
        bounded = formula.decided(asking.boundary, here.name, allows=True)
    goes_through = solver.And(
        solver.Or(*by_address.values()),
        bounded,
        solver.Not(formula.decided([*identity, *within], here.name, allows=False)),
        _there(formula, here, there),
        *(formula.action != solver.StringVal(one) for one in sorted(ACT_ON_THE_ACCOUNT)),
    )
    yield from _found(
        Question(
            formula=formula,
            goes_through=solver.And(goes_through, formula.facts()),
            by_address=by_address,
            statements=allowing(identity),
            resources=dict.fromkeys(there.resources, there.name),
        )
    )


def _inbound(lets: Lets, asker: Asker, here: Side, there: Side) -> Iterator[Request]:
    """Yield what a resource there lets in from here."""
    solver = z3()
    formula = Formula(asker)
    statements = lets.statements
    if here.account == there.account:
        # Whoever names the account delegates to its IAM, which `_outbound` asks.
        statements = tuple(
            one
            for one in statements
            if not one.allows or not all(p.is_whole_account for p in one.principals)
        )
    allowed = formula.decided(statements, there.name, allows=True)
    denied = formula.decided(statements, there.name, allows=False)
    among = _one_of(formula, lets.targets, there) if lets.targets else _there(formula, here, there)
    goes_through = solver.And(allowed, solver.Not(denied), among, _written_by(formula))
    yield from _found(
        Question(
            formula=formula,
            goes_through=solver.And(goes_through, formula.facts()),
            by_address={lets.address: allowed},
            statements=allowing(statements),
            resources=dict.fromkeys(lets.targets or there.resources, there.name),
        )
    )


def _written_by(formula: Formula) -> Any:
    """Return that a service that writes below the number of an account does so."""
    solver, asker = z3(), formula.asker
    folder = WRITES_BELOW.get(asker.name)
    if folder is None:
        return solver.BoolVal(True)
    anything = solver.Star(solver.AllChar(solver.ReSort(solver.StringSort())))
    written = solver.Re(folder)
    before = solver.Complement(solver.Concat(anything, written, anything))
    path = solver.Concat(before, written, solver.Re(f"{asker.account}/"), anything)
    return solver.InRe(formula.arn["resource"], path)


def _there(formula: Formula, here: Side, there: Side) -> Any:
    """Return that the resource is one of *there*: declared, or anything in another account."""
    solver = z3()
    declared = _one_of(formula, there.resources, there)
    if here.account == there.account:
        return declared
    return solver.Or(formula.arn["account"] == solver.StringVal(there.account), declared)


def _one_of(formula: Formula, arns: tuple[str, ...], side: Side) -> Any:
    """Return that the resource is one of *arns*, or below one."""
    solver = z3()
    return solver.Or(
        *(_is_or_is_below(formula, Arn.parse(text), side) for text in dict.fromkeys(arns))
    )


def _is_or_is_below(formula: Formula, arn: Arn, side: Side) -> Any:
    solver = z3()
    fixed = [
        matches(formula.arn[field], getattr(arn, field), side.name, allows=True)
        for field in FIELDS
        if field != "resource"
    ]
    resource = formula.arn["resource"]
    named = [
        matches(resource, f"{arn.resource}{below}", side.name, allows=True)
        for below in ("", "/*", ":*")
    ]
    return solver.And(*fixed, solver.Or(*named))


def _role(arn: str, here: Side, there: Side) -> Asker:
    return Asker(
        kind="AWS",
        name=arn,
        account=here.account,
        known={
            "aws:principalaccount": Values(any_of=(here.account,)),
            "aws:principalarn": Values(any_of=(arn,)),
            "aws:principalisawsservice": Values(any_of=("false",)),
            "aws:resourceaccount": Values(any_of=(there.account,)),
            "kms:calleraccount": Values(any_of=(here.account,)),
        },
        absent=_OF_SERVICES,
    )


def _askers(lets: Lets, here: Side, there: Side) -> Iterator[Asker]:
    """Yield who of *here* may be let in: anybody in its account, and services that act for it."""
    if here.account == there.account:
        yield from (_role(asking.arn, here, there) for asking in here.asking)
        return
    yield _role(f"arn:aws:iam::{here.account}:*", here, there)
    if lets.is_trust:
        return
    services = {
        principal.name
        for statement in lets.statements
        for principal in statement.principals
        if principal.kind == "Service"
    }
    for service in sorted(services) or ["any-service.amazonaws.com"]:
        yield _service(service, here, there)


def _service(service: str, here: Side, there: Side) -> Asker:
    """Return a service that acts for *here*: what it says of the source is of that account."""
    buckets = tuple(arn for arn in there.resources if arn.startswith("arn:aws:s3:::"))
    source = Values(any_of=(f"arn:*:*:*:{here.account}:*", "arn:aws:s3:::*"), none_of=buckets)
    account = Values(any_of=(here.account,))
    return Asker(
        kind="Service",
        name=service,
        account=here.account,
        known={
            "aws:principalisawsservice": Values(any_of=("true",)),
            "aws:principalservicename": Values(any_of=(service,)),
            "aws:resourceaccount": Values(any_of=(there.account,)),
            "aws:sourceaccount": account,
            "aws:sourcearn": source,
            "aws:sourceowner": account,
            "kms:encryptioncontext:aws:*": source,
        },
        absent=_OF_CALLERS,
    )


def _found(question: Question) -> Iterator[Request]:
    """Yield a request that goes through, if there is one, with the address of what allows it."""
    solver = z3()
    asked = solver.Solver()
    asked.set("timeout", _MILLISECONDS)
    asked.add(question.goes_through)
    answer = asked.check()
    if answer == solver.unsat:
        return
    request = example(question)
    if request is None and answer == solver.unknown:
        where = ", ".join(question.by_address)
        raise CouldNotCheckError(f"proof: {where} must be decided, {asked.reason_unknown()}")
    yield request or as_found(question, asked.model())
