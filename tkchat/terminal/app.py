"""The terminal client: the window's session and model, for people and for scripts."""

import contextlib
import io
import queue
import sys
from collections.abc import Sequence
from getpass import getpass

from tkchat.client.database import Database, DatabaseError
from tkchat.client.events import CertificateChanged, Event, NotIn, Opened, Problem, Welcome
from tkchat.client.explain import explain, explain_key
from tkchat.client.invitation import Invitation
from tkchat.client.model import Model
from tkchat.client.order import Waiting
from tkchat.client.own_host import OwnHost
from tkchat.client.profile import Profile
from tkchat.client.session import Session
from tkchat.i18n import tr
from tkchat.net.address import Address
from tkchat.queues import next_within
from tkchat.terminal import piped
from tkchat.terminal.output import tell

_ASKED_FOR = (Problem.CHAT_PASSWORD, Problem.NAME_PASSWORD)
INTERRUPTED = 130  # what a shell makes of Ctrl+C
POLL_SECONDS = 0.5  # Windows delivers Ctrl+C only between waits
LEAVE_SECONDS = 1.0
LAST_WRITES_SECONDS = 10.0  # how long the end may wait for the disk to have what was said


def run(profile: Profile, where: Invitation, name: str, *, plaintext: bool = False) -> int:
    """Chat in this terminal until the person leaves, or the input ends; return the exit code.

    A prompt appears if both standard input and output are a terminal; see `interactive`. Otherwise
    lines are read and written as scripts like it; see `piped`. 1 is returned, and standard error
    says why, if joining fails or if what was to be said may not have arrived. With ``plaintext`` a
    host need not encrypt, unless it is known to.
    """
    try:
        database = Database(profile.folder / "chats.sqlite3")
    except DatabaseError as error:
        tell(str(error))
        return 1
    with contextlib.closing(database):
        for problem in (profile.problem, database.problem):
            if problem:
                tell(problem)
        passwords: dict[Problem, str] = {}
        while True:
            session = Session(
                where.address,
                name,
                database,
                key=where.key,
                plaintext=plaintext,
                password=passwords.get(Problem.CHAT_PASSWORD, ""),
                name_password=passwords.get(Problem.NAME_PASSWORD, ""),
                own=OwnHost(profile.host_folder),
            )
            code = _chat(session, Model(name), passwords)
            if code is not None:
                return code


def _chat(session: Session, model: Model, passwords: dict[Problem, str]) -> int | None:
    """Chat; return the exit code, or None if ``passwords`` has one more to try with."""
    session.start()
    is_interactive = _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    patience = LEAVE_SECONDS
    try:
        first = _join(session)
        if isinstance(first[-1], NotIn):
            _tell_why(first[-1], first, session.address)
            if first[-1].problem in _ASKED_FOR and is_interactive:
                passwords[first[-1].problem] = getpass(tr("Password:") + " ")
                return None
            return 1
        patience = LAST_WRITES_SECONDS
        if is_interactive:
            from tkchat.terminal import interactive  # scripts need no prompt_toolkit

            return interactive.chat(session, model, first)
        return piped.chat(session, model, first)
    except KeyboardInterrupt:
        return 0 if is_interactive else INTERRUPTED
    finally:
        session.close()
        session.join(patience)


def _tell_why(failure: NotIn, first: Sequence[Event], address: Address) -> None:
    tell(explain(failure, address))
    for event in first:
        if isinstance(event, CertificateChanged):
            tell(explain_key(event, address))
    if failure.problem is Problem.NOT_ENCRYPTED:
        tell(tr("To join all the same, where nothing is secret, add --plaintext."))


def _join(session: Session) -> list[Event]:
    """Return what happens up to being let in or not, or up to what is here without a host."""
    events: list[Event] = []
    while not (events and isinstance(events[-1], Opened | Welcome | NotIn)):
        with contextlib.suppress(queue.Empty):
            events.append(next_within(session.events, POLL_SECONDS))
            if isinstance(events[-1], Waiting):
                tell(tr("Please wait: somebody has to let you in."))
    return events


def _is_terminal(stream: object) -> bool:
    return isinstance(stream, io.TextIOBase) and not stream.closed and stream.isatty()
