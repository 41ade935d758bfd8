"""Records a deployment: what is meant before anything changes, what became of it in the end."""

import datetime as dt
import getpass
import secrets
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from attrs import evolve, frozen

from audit.archives import archive_hashes
from audit.baseline import Baseline, baseline_of
from audit.canonical import digest
from audit.plan_id import plan_id
from audit.release import release_id
from payctl.aws.records import Records
from payctl.aws.state_bucket import StateBucket
from payctl.interruption import patient
from payctl.project import ROOT
from payctl.record import Left, Outcome, Record
from payctl.terraform.session import Session


@frozen(kw_only=True)
class Intent:
    """What is going to be deployed, and why it may.

    Attributes:
        override: Why the promotion rule does not count, empty where it does.

        summary: What the plan does, in words.

        plan: The plan, as JSON.

        built: When a pipeline built the release; empty outside of one.

        left: Drift that the plan leaves, with the reason.
    """

    summary: str
    plan: Mapping[str, Any]
    built: str = ""
    override: str = ""
    left: tuple[Left, ...] = ()


class Finish:
    """What a deployment says when it is done, before its record is closed."""

    def __init__(self) -> None:
        self.baseline: Baseline | None = None
        self.left: tuple[Left, ...] = ()
        self.unsettled: tuple[str, ...] = ()


@contextmanager
def recorded(
    session: Session, intent: Intent, *, done: Outcome = Outcome.APPLIED
) -> Iterator[Finish]:
    """Record a deployment: the intent now, and what became of it when the block is left.

    *done* is what became of it when nothing failed.
    """
    records = Records.of(session.workspace.stack, session.access)
    record = _begun(session, intent)
    records.write(record)
    finish = Finish()
    try:
        yield finish
    except BaseException as error:
        failed = evolve(record, outcome=Outcome.FAILED, problem=str(error) or type(error).__name__)
        with patient():
            _close(session, failed, records, Finish())
        raise
    ended = evolve(
        record, outcome=done, left=finish.left or record.left, unsettled=finish.unsettled
    )
    _close(session, ended, records, finish)


def _close(session: Session, record: Record, records: Records, finish: Finish) -> None:
    """Write what is there now; a failed deployment leaves something behind, too."""
    state = StateBucket.of(session.workspace.stack, session.access).state() or {}
    ended = evolve(
        record,
        ended=_now(),
        lineage=str(state.get("lineage", "")),
        serial=int(state.get("serial", 0)),
    )
    left = finish.baseline
    records.leave(ended, baseline_of(session.terraform.shown()) if left is None else left)
    records.write(ended)


def _begun(session: Session, intent: Intent) -> Record:
    stack = session.workspace.stack
    commit, clean = source_commit()
    moment = dt.datetime.now(tz=dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    return Record(
        id=f"{moment}-{secrets.token_hex(2)}",
        stack=stack.name,
        environment=session.environment.identity.name,
        outcome=Outcome.BEGUN,
        release=release_id(session.project.stacks),
        blueprint_sha256=stack.digest,
        settings_sha256=digest(stack.locals),
        archives=archive_hashes(stack),
        at=_now(),
        by=getpass.getuser(),
        commit=commit,
        clean=clean,
        endpoint=session.access.endpoint.url,
        override=intent.override,
        summary=intent.summary,
        plan_sha256=plan_id(intent.plan),
        built=intent.built,
        left=intent.left,
    )


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def source_commit() -> tuple[str, bool]:
    """Return the commit of the project, and whether its files are as committed."""
    head = _git("rev-parse", "HEAD")
    return head, bool(head) and not _git("status", "--porcelain", "--untracked-files=no")


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), *arguments],
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() if done.returncode == 0 else ""
