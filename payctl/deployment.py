"""Writes down who deployed what, when, from which commit, and why a rule was overridden."""

import datetime as dt
import getpass
import subprocess
from typing import Any

from payctl.project import ROOT
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary


def deployment_record(session: Session, summary: Summary, *, override: str) -> dict[str, Any]:
    """Return the record of a deployment that just ended."""
    commit, clean = source_commit()
    return {
        "stack": session.name,
        "blueprint_sha256": session.workspace.stack.digest,
        "at": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
        "by": getpass.getuser(),
        "commit": commit,
        "clean": clean,
        "override": override,
        "summary": str(summary),
    }


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
