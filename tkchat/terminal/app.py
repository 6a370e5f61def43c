"""The terminal client: the window's session and model, for people and for scripts."""

import contextlib
import io
import queue
import sys

from tkchat.client.database import Database, DatabaseError
from tkchat.client.events import Event, NotIn, Opened, Welcome
from tkchat.client.explain import explain
from tkchat.client.model import Model
from tkchat.client.profile import Profile
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.terminal import piped
from tkchat.terminal.output import tell

INTERRUPTED = 130  # what a shell makes of Ctrl+C
POLL_SECONDS = 0.5  # Windows delivers Ctrl+C only between waits
LEAVE_SECONDS = 1.0
LAST_WRITES_SECONDS = 10.0  # how long the end may wait for the disk to have what was said


def run(profile: Profile, address: Address, name: str) -> int:
    """Chat in this terminal until the person leaves, or the input ends; return the exit code.

    A prompt appears if both standard input and output are a terminal; see `interactive`. Otherwise
    lines are read and written as scripts like it; see `piped`. 1 is returned, and standard error
    says why, if joining fails or if what was to be said may not have arrived.
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
        return _chat(Session(address, name, database), Model(name))


def _chat(session: Session, model: Model) -> int:
    session.start()
    is_interactive = _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
    patience = LEAVE_SECONDS
    try:
        first = _join(session)
        if isinstance(first[-1], NotIn):
            tell(explain(first[-1], session.address))
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


def _join(session: Session) -> list[Event]:
    """Return what happens up to being let in or not, or up to what is here without a host."""
    events: list[Event] = []
    while not (events and isinstance(events[-1], Opened | Welcome | NotIn)):
        with contextlib.suppress(queue.Empty):
            events.append(session.events.get(timeout=POLL_SECONDS))
    return events


def _is_terminal(stream: object) -> bool:
    return isinstance(stream, io.TextIOBase) and not stream.closed and stream.isatty()
