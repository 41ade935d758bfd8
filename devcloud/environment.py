"""Brings one environment up on this machine, and recovers from anything."""

import re
import threading
from typing import Final

from attrs import evolve, frozen
from botocore.exceptions import BotoCoreError, ClientError

from devcloud.address import LOOPBACK, free_for_database
from devcloud.certificate import certificate
from devcloud.database import NoDatabaseError, set_password, start_database, trusted
from devcloud.deployment import Deployment
from devcloud.emulator import Emulator, EmulatorError, answers
from devcloud.place import Place
from devcloud.processes import end_all, processes
from devcloud.reach import access_to
from devcloud.receiver import start_receiver
from devcloud.record import READY, Record
from devcloud.removal import clear
from devcloud.without_ledger import forget_database
from model.environment import Environment
from model.names import DATABASE_PASSWORD
from payctl.errors import CannotError, TerraformError
from payctl.project import Project
from payctl.selection import Selection
from payctl.terraform.terraform import Progress

_STARTING: Final = threading.Lock()
"""Held while addresses are chosen and taken."""

_ASKED_TWICE: Final = re.compile(
    r"Duplicate|AlreadyExist|AlreadyOwned|already exist|acquiring the state lock"
)
"""What a new account, in which nobody else is, says to a provider that repeats a request."""


@frozen(kw_only=True)
class Wishes:
    """How an environment shall run.

    Attributes:
        enforce_iam: Whether policies are enforced.

        ledger: Whether a database is wanted, where there can be one.

        port: Where the emulator listens, 0 for any free port.
    """

    enforce_iam: bool = False
    ledger: bool = True
    port: int = 0


@frozen(kw_only=True)
class LocalEnvironment:
    """One environment of a project, on this machine.

    Attributes:
        progress: Is told how far the work is.
    """

    project: Project
    environment: Environment
    selection: Selection
    progress: Progress

    @property
    def name(self) -> str:
        """The environment's name."""
        return self.environment.identity.name

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place.of(self.selection, self.name)

    @property
    def _webhook_url(self) -> str:
        """Where webhooks go, empty where the platform sends none."""
        has_webhooks = self.project.blueprint.platform.has_webhooks
        return self.environment.identity.webhook_url if has_webhooks else ""

    def up(self, wishes: Wishes) -> Record:
        """Start what does not run, and deploy; what an interrupted command left is cleared away.

        Raises:
            CannotError: When something does not work; the message says what to do.
        """
        with self.place.alone():
            record = Record.at(self.place)
            if record is not None and self._usable(record, wishes):
                return self._deploy(record)
            try:
                return self._deploy(self._started(wishes))
            except TerraformError as error:
                if not _ASKED_TWICE.search(str(error)):
                    raise
                self.progress(f"starting over, for the emulator was asked twice: {error}")
                return self._deploy(self._started(wishes))

    def _usable(self, record: Record, wishes: Wishes) -> bool:
        alive = processes(self.place)
        return (
            record.phase == READY
            and record.enforces_iam == wishes.enforce_iam
            and (wishes.ledger or not record.ledger)
            and record.emulator_pid in alive
            and (not record.database_pid or record.database_pid in alive)
            and answers(record.endpoint)
        )

    def _started(self, wishes: Wishes) -> Record:
        clear(self.place)
        try:
            return self._start(wishes)
        except CannotError:
            clear(self.place)
            self.place.leave()
            raise

    def _start(self, wishes: Wishes) -> Record:
        identity = self.environment.identity
        absence, database_pid = "", 0
        with _STARTING:
            self.progress("starting a database")
            address = free_for_database()
            try:
                if not wishes.ledger:
                    raise NoDatabaseError("nobody wants one (--no-ledger)")  # noqa: TRY301
                database_pid = start_database(self.place, address)
            except NoDatabaseError as error:
                absence, address = str(error), LOOPBACK
                end_all(self.place)
            self.progress("starting the emulator")
            tls = certificate() if wishes.enforce_iam else None
            network = start_receiver(self.place, address, url=self._webhook_url)
            emulator = Emulator.start(
                self.place.emulator,
                account_id=identity.account_id,
                region=identity.region,
                address=address,
                port=wishes.port,
                enforce_iam=wishes.enforce_iam,
                mark={**network, **trusted(self.place), **self.place.mark},
                tls=tls,
            )
        return Record(
            platform=self.selection.platform,
            suffix=self.selection.suffix,
            environment=identity.name,
            account_id=identity.account_id,
            region=identity.region,
            phase="starting",
            endpoint=emulator.endpoint,
            emulator_pid=emulator.pid,
            database_pid=database_pid,
            enforces_iam=wishes.enforce_iam,
            certificate=str(tls[0]) if tls else "",
            ledger="" if absence else address,
            ledger_absence=absence,
        ).write(self.place)

    def _deploy(self, record: Record) -> Record:
        first = record.phase != READY
        record = evolve(record, phase="deploying").write(self.place)
        deployment = Deployment(
            project=self.project,
            environment=self.environment,
            place=self.place,
            record=record,
            progress=self.progress,
        )
        done = threading.Event()
        thread = threading.Thread(target=self._hand_over_password, args=(record, done))
        if record.ledger:
            thread.start()
        try:
            outputs = deployment.deploy(first=first)
            if not record.ledger:
                forget_database(record)
        except CannotError as error:
            if record.emulator_pid in processes(self.place):
                raise
            raise EmulatorError(
                f"the emulator of {self.name} died while it was used: see "
                f"{self.place.emulator / 'emulator.log'}",
                next_step=f"payctl local up {self.name} starts over",
            ) from error
        finally:
            done.set()
            if record.ledger:
                thread.join()
        stack = self.project.stacks[self.project.stack_name(self.environment)]
        return evolve(
            record,
            phase=READY,
            outputs=outputs,
            digest=stack.digest,
            stacks=deployment.stack_names,
            state_stack=deployment.state_stack,
        ).write(self.place)

    def _hand_over_password(self, record: Record, done: threading.Event) -> None:
        """Do what RDS does: log its owner in with the password that Terraform had made."""
        platform = self.project.blueprint.platform
        name = self.environment.names(platform).parameter(DATABASE_PASSWORD)
        ssm = access_to(record).client("ssm")
        while not done.wait(0.5):
            try:
                found = ssm.get_parameter(Name=name, WithDecryption=True)
            except (BotoCoreError, ClientError):
                continue
            set_password(self.place, record.ledger, found["Parameter"]["Value"])
            return
