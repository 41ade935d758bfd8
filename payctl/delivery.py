"""Deploys one stack so that nothing is hidden: what differs before and after is said, or repaired.

1. The plan is also the question for drift: what it does not repair stops the deployment, unless it
   is to be made anew (`--repair`) or may stay (`--accept REASON`).
2. The intent is recorded, exactly the plan that was shown is applied, and a second plan is made.
3. Echoes of this very apply are taken over into the state. Anything else that differs by then was
   done by somebody else: it stays in the record as drift.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, frozen

from audit.baseline import Values, baseline_of, changes_since, drift_entries, kept
from audit.change import Change, Class
from audit.drift import classify
from audit.echo import ends_with, is_echo, may_echo
from audit.one_way import one_way_changes
from audit.plan_id import plan_id
from audit.release import release_id
from gates.judge import today
from payctl.adoption import adoptable, left_behind
from payctl.aws.artifacts import Artifacts
from payctl.aws.records import Records
from payctl.aws.state_bucket import StateBucket
from payctl.confirmation import confirmed, named
from payctl.deployment import Finish, Intent, recorded
from payctl.drift_view import show_changes
from payctl.plan_view import show_plan
from payctl.record import Left, Record
from payctl.screen import complain, findings_table, note, say, working
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary
from payctl.watch import APART, apart

REPLACEABLE: Final = frozenset(
    {
        "aws_iam_role_policy",
        "aws_lambda_event_source_mapping",
        "aws_lambda_function",
        "aws_lambda_permission",
        "aws_s3_bucket_policy",
        "aws_sns_topic_policy",
        "aws_sqs_queue_policy",
    }
)
"""Types that keep nothing and are made anew in seconds under the same name."""


@frozen(kw_only=True)
class Orders:
    """How a stack is to be deployed.

    Attributes:
        confirm: The stack's name, where it must be said.

        override: Why the promotion rule does not count; empty where it does.

        repair: Whether what no plan repairs is made anew.

        accept: Why what no plan repairs may stay; empty when it may not.

        unlock: The id of a lock that somebody left and that is to be removed.

        adopt: Whether what a killed deployment made, and no state knows, is imported.

        approved: The plan that somebody approved, by stack; None where nobody need have.

        built: When a pipeline built the release.

        asks_for_losses: Whether a plan that loses data needs the stack's name in any environment.
    """

    confirm: str = ""
    override: str = ""
    repair: bool = False
    accept: str = ""
    unlock: str = ""
    adopt: bool = False
    approved: Mapping[str, str] | None = None
    built: str = ""
    asks_for_losses: bool = False
    verbose: bool = False


def deliver(session: Session, orders: Orders) -> bool:
    """Deploy the stack of *session*; tell whether everything is as the code says then."""
    # Terraform needs the confirmation token at plan time too: in both or in neither.
    session = session.confirmed(session.confirmation_token)
    with session.workspace.alone():
        with working(f"planning {session.name}") as work:
            planning = session.reporting(work.at).terraform
            planning.init()
            if orders.unlock:
                planning.unlock(orders.unlock)
            plan = planning.plan()
        alone = _adopted(session, plan, orders)
        if alone is None:
            return False
        drift = _drift(session, alone, orders)
        plan = drift.plan
        if drift.stuck and not orders.accept:
            _refuse(session, drift.stuck)
            return False
        summary = Summary.of(plan)
        show_plan(session.name, summary, verbose=orders.verbose)
        if not _allowed(session, plan, orders):
            return False
        if summary.losses and orders.asks_for_losses:
            named(session.name, orders.confirm)
        if not summary.changes_nothing:
            session = confirmed(session, orders.confirm)
        last = Records.of(session.workspace.stack, session.access).last()
        intent = Intent(
            summary=str(summary),
            plan=plan,
            built=orders.built,
            override=orders.override,
            left=drift.left(last, orders.accept),
        )
        with recorded(session, intent) as finish:
            if not summary.changes_nothing:
                session.workspace.verify()
                with working(f"deploying {session.name}") as work:
                    session.reporting(work.at).terraform.apply()
            done = _finish(session, drift, finish)
        outputs = session.terraform.outputs()
    Artifacts.of(session.workspace.stack, session.access).keep(
        release_id(session.project.stacks), session.project.output
    )
    if done:
        say(f"{session.name} runs blueprint {session.workspace.stack.digest[:12]}", style="green")
    for output, value in outputs.items():
        say(f"    {output} = {value}")
    return done


def _adopted(session: Session, plan: dict[str, Any], orders: Orders) -> dict[str, Any] | None:
    """Import what a killed deployment made; return the plan then, None where nobody wants that."""
    last = Records.of(session.workspace.stack, session.access).last()
    if not orders.adopt and (last is None or last.is_finished):
        return plan
    if last and not last.is_finished:
        note(
            f"the last deployment of {session.name}, {last.id} by {last.by} at {last.at}, "
            f"{last.outcome.value}: {last.problem or 'it was killed'}",
            style="yellow",
        )
    with working(f"looking for what {session.name} has without a state") as work:
        found = adoptable(plan, left_behind(session))
        if found and orders.adopt:
            terraform = session.reporting(work.at).terraform
            for address, identity in found.items():
                terraform.import_(address, identity)
            plan = terraform.plan()
    for address, identity in found.items():
        if orders.adopt:
            say(f"adopted {identity} as {address}")
        else:
            complain(f"{address} is there as {identity}, and in no state")
    if found and not orders.adopt:
        note(f"{session.name} was not deployed; --adopt imports what is there and goes on.")
        return None
    return plan


@frozen(kw_only=True)
class _Drift:
    """What was changed by hand and the plan leaves as it is.

    Attributes:
        plan: The plan, which repairs what it can.

        unrepaired: All that it does not repair.

        entries: How reality is apart from what was deployed, as entries of a plan.
    """

    plan: dict[str, Any]
    unrepaired: tuple[Change, ...]
    entries: Sequence[Mapping[str, Any]]

    @property
    def stuck(self) -> tuple[Change, ...]:
        """What nobody accepted."""
        return tuple(change for change in self.unrepaired if not change.accepted)

    def left(self, last: Record | None, reason: str) -> tuple[Left, ...]:
        """Return what stays: what was left before for its reason then, the rest for *reason*."""
        places = {(change.address, change.path) for change in self.unrepaired}
        before = [one for one in (last.left if last else ()) if (one.address, one.path) in places]
        now = [Left(address=c.address, path=c.path, reason=reason) for c in self.stuck]
        return (*before, *now)


def _drift(session: Session, plan: dict[str, Any], orders: Orders) -> _Drift:
    """Say what was changed by hand, and have what can be made anew where that is wanted."""
    state = StateBucket.of(session.workspace.stack, session.access).state()
    found = apart(session, plan, state)
    news = [one for one in found if one.kind in APART and not one.accepted]
    if news:
        show_changes(f"{session.name}: changed by hand since it was deployed", news)
    records = Records.of(session.workspace.stack, session.access)
    last = records.last()
    drift = _Drift(
        plan=plan,
        entries=drift_entries(plan, records.baseline(last) if last else None),
        unrepaired=tuple(
            c for c in found if c.kind in (Class.DRIFT, Class.GONE) and not c.repaired
        ),
    )
    again = {c.address for c in drift.stuck if c.address.partition(".")[0] in REPLACEABLE}
    if not (again and orders.repair):
        return drift
    with working(f"planning the repair of {session.name}") as work:
        anew = sorted(ends_with(again, plan))
        plan = session.reporting(work.at).terraform.plan(replace=anew)
    rest = tuple(change for change in drift.unrepaired if change.address not in again)
    return evolve(drift, plan=plan, unrepaired=rest)


def _allowed(session: Session, plan: Mapping[str, Any], orders: Orders) -> bool:
    """Tell whether nothing is replaced that holds payments, and the plan is the approved one."""
    if forbidden := one_way_changes(plan):
        findings_table(forbidden)
        return False
    if orders.approved is None:
        return True
    wanted, found = orders.approved.get(session.name, ""), plan_id(plan)
    if wanted == found:
        return True
    complain(
        f"{session.name}: the plan must be the approved one, {wanted[:12] or 'none'}, "
        f"is {found[:12]}: the account changed since; nothing was deployed",
        next_step="plan again, and have that approved",
    )
    return False


def _refuse(session: Session, stuck: Sequence[Change]) -> None:
    for change in stuck:
        anew = change.address.partition(".")[0] in REPLACEABLE
        how = "--repair makes it anew" if anew else "put it back by hand"
        complain(f"no plan repairs {change.address} {change.path}: {how}".replace("  ", " "))
    note(
        f"{session.name} was not deployed; nothing changed. --repair makes anew what can be, "
        "--accept REASON lets the rest stay, on record."
    )


def _finish(session: Session, drift: _Drift, finish: Finish) -> bool:
    """Take over the echoes of the apply, and keep everything else that differs."""
    with working(f"reading back {session.name}") as work:
        terraform = session.reporting(work.at).terraform
        after = terraform.plan()
        terraform.refresh()
        reality = baseline_of(terraform.shown())
    echoes, known = may_echo(drift.plan), {(c.address, c.path) for c in drift.unrepaired}
    # What changed between the second plan and the refresh was in no plan that anybody judged.
    entries = [*drift_entries(after, None), *changes_since(baseline_of(after), reality)]
    others = [
        change
        for change in classify(
            {**after, "resource_drift": entries, "resource_changes": []}, today=today()
        )
        if change.kind in (Class.DRIFT, Class.GONE)
        and not (is_echo(change.address, echoes) and change.path != "code_sha256")
        and (change.address, change.path) not in known
    ]
    before = _before(drift.entries, entries)
    paths = [(change.address, change.path) for change in (*drift.unrepaired, *others)]
    finish.baseline = kept(reality, paths, before)
    unsettled = [
        step.address
        for step in Summary.of(after).steps
        if step.address.partition(".")[0] not in session.access.endpoint.unsettled
    ]
    finish.unsettled = tuple(dict.fromkeys(unsettled))
    if others:
        show_changes(f"{session.name}: changed by somebody else while it was deployed", others)
    for address in finish.unsettled:
        complain(f"{address}: a plan must be empty right after the apply, would change it again")
    return not others and not finish.unsettled


def _before(*entries: Iterable[Mapping[str, Any]]) -> dict[str, Values]:
    """Return what was at the addresses of *entries* before somebody changed it."""
    return {
        entry["address"]: entry["change"].get("before") or {} for some in entries for entry in some
    }
