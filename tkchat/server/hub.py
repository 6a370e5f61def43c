"""The one thread that owns all chat state. It works in turns."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeVar

from tkchat.net.connection import Connection
from tkchat.queues import next_within
from tkchat.server.chat import Admission, Chat, View
from tkchat.server.limits import Limits
from tkchat.server.log import Log
from tkchat.server.log_records import NOT_STORED, Batch, LogError, StorageFailed
from tkchat.server.member import Member
from tkchat.server.order import Visit
from tkchat.wire import plain, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.info import Door

TURN_BYTES = 64 * 1024  # of lines; many more would overflow a healthy reader's backlog
TURN_ITEMS = 1_000
BUSY_ITEMS = 1_000  # so many wait when the client threads outrun the hub
ANSWER_SECONDS = 0.5
CROWD = 100  # from so many people on, who comes and goes is told together with who else does
CROWD_SECONDS = 0.01
CROWD_FACTOR = 3  # times as long as the last delivery took, if that is more
MOST_GATHER_SECONDS = 0.1
LOOK_SECONDS = 0.001
ENOUGH_BYTES = 4 * 1024  # in one send are so many lines that waking its reader costs little of it

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class HubClosed(Exception):
    """Nobody is let in any more: the chat is closing."""


class Request(NamedTuple):
    """What a client's line asks for: what the hub's thread does, and how the line is named.

    ``mid`` or ``re`` go back with a refusal, so that a tagged client knows which line it is about.
    ``tokens`` and ``is_passing`` are for the flood limit (`flood.Allowance`).
    """

    do: Callable[[Chat, Member], None]
    mid: str = ""
    re: str = ""
    tokens: int = 1
    is_passing: bool = False


class Hub:
    """Takes what the client threads put on its queue and decides on it, a turn at a time.

    A turn takes everything that waits, up to a bound; decides; commits all that is to last, in one
    transaction; and delivers, to each recipient all its bytes of the turn in one send that never
    waits. So a commit and a delivery get cheaper as load rises, and what is not on disk is not
    delivered: if the commit fails, the senders are told, and nobody else hears of it.
    """

    def __init__(
        self,
        log: Log,
        *,
        echo: bool = True,
        limits: Limits | None = None,
        asks_approval: bool = False,
    ) -> None:
        self._log = log
        self._chat = Chat(log, echo=echo, limits=limits, asks_approval=asks_approval)
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._answers: list[Callable[[], None]] = []  # to those who wait for the turn's commit
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
        self._is_stored = True  # whether the last commit could be made
        self._delivered_at = 0.0  # the last time, on the monotonic clock
        self._took = 0.0  # seconds, by the last delivery

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> set[Connection]:
        """Tell everybody that the chat is closing, and end the thread; return who was told."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        members = self._chat.members
        return {member.connection for member in members if member.held is None}

    @property
    def is_busy(self) -> bool:
        """Whether so much waits that readers should pause."""
        return self._queue.qsize() > BUSY_ITEMS

    def enter(self, name: str, connection: Connection, visit: Visit | None = None) -> Member:
        """Let a plain client in, and wait for the hub's word on it.

        Raises:
            RemoteError: ``name-taken``, or another that `Chat.enter` tells of.
            HubClosed: too late.
        """
        return self._ask(lambda: self._chat.enter(name, connection, visit))

    def ask(self, do: Callable[[Chat], _T]) -> _T:
        """Have the hub's thread do something, and return what it returned.

        Raises:
            RemoteError: ``do`` raised it, or ``storage``.
            HubClosed: too late.
        """
        return self._ask(lambda: do(self._chat))

    def do(self, do: Callable[[Chat], object]) -> None:
        """Have the hub's thread do something, sooner or later."""
        self._queue.put(lambda: _drop(do(self._chat)))

    def admit(
        self,
        name: str,
        token: str,
        install: str,
        connection: Connection,
        knows: tuple[str, int] = ("", 0),
        visit: Visit | None = None,
    ) -> Admission:
        """Let a tagged connection in, which hears nothing yet; a new name is on disk by then.

        ``knows`` is which log the client has, and up to where.

        Raises:
            RemoteError: ``storage``, or one that `Chat.admit` tells of.
            HubClosed: too late.
        """
        chat = self._chat

        def confirm(admission: Admission) -> Admission:
            account = admission.member.person.account
            if account is None or chat.accounts.find(account.key) is not account:
                raise _storage()
            return admission

        return self._ask(
            lambda: chat.admit(name, token, install, connection, knows, visit), confirm
        )

    @property
    def people(self) -> int:
        """How many people are in the chat right now; for any thread."""
        return self._chat.people

    @property
    def doors(self) -> frozenset[Door]:
        """What somebody new meets at the door right now; for any thread."""
        is_met = {
            Door.PASSWORD: bool(self._chat.order.password.hash),
            Door.APPROVAL: self._chat.order.asks_approval,
            Door.LOCKED: self._chat.rooms.general.is_locked,
        }
        return frozenset(door for door in is_met if is_met[door])

    def look(self, member: Member) -> View:
        """Return what a tagged connection may read of the log, after all that it asked for before.

        Raises:
            HubClosed: too late.
        """
        return self._ask(lambda: self._chat.look(member))

    def subscribe(self, member: Member) -> View:
        """Let a tagged connection hear what happens, as soon as `release` is called.

        Raises:
            RemoteError: ``not-allowed``, they were put out meanwhile.
            HubClosed: too late.
        """

        def confirm(view: View) -> View:
            # What was said in this turn, before the view, is only read from the log.
            return replace(view, head=min(view.head, self._log.head))

        return self._ask(lambda: self._chat.subscribe(member), confirm)

    def release(self, member: Member) -> None:
        """Send a tagged connection what has waited until it had the log."""
        self._queue.put(partial(self._chat.release, member))

    def request(self, member: Member, requests: list[Request]) -> None:
        """Have done, in order, what lines of ``member`` ask for."""
        self._queue.put(partial(self._carry_out, member, requests))

    def leave(self, member: Member) -> None:
        """Take ``member`` out of the chat, after what it asked for before.

        Its connection is closed once it was sent all that it is owed.
        """
        self._queue.put(partial(self._chat.leave, member))

    def _ask(self, do: Callable[[], _T], confirm: Callable[[_T], _T] = lambda answer: answer) -> _T:
        """Have ``do`` done in a turn; return its answer as ``confirm`` has it after the commit."""
        answers: queue.SimpleQueue[_T | RemoteError] = queue.SimpleQueue()

        def answer_with(make: Callable[[], _T]) -> None:
            try:
                answers.put(make())
            except RemoteError as refusal:
                answers.put(refusal)

        def carry_out() -> None:
            try:
                answer = do()
            except RemoteError as refusal:
                answers.put(refusal)
            except Exception:
                answers.put(_storage())  # whoever waits must not do so for ever
                raise
            else:
                self._answers.append(lambda: answer_with(lambda: confirm(answer)))

        self._queue.put(carry_out)
        while True:
            try:
                answer = next_within(answers, ANSWER_SECONDS)
            except queue.Empty:
                if self._thread.is_alive():
                    continue
                raise HubClosed from None
            if isinstance(answer, RemoteError):
                raise answer
            return answer

    def _run(self) -> None:
        closing = False
        while not closing:
            waiting = self._queue.get()
            began = time.monotonic()
            self._chat.begin_turn()
            taken = 0
            while True:
                if waiting is None:
                    closing = True
                    self._chat.tell_all(plain.Notice(plain.CLOSING))
                    break
                try:
                    waiting()
                except Exception:  # noqa: BLE001 (one line's bug must not end everybody's chat)
                    _log.exception("a request failed")
                taken += 1
                if taken >= TURN_ITEMS or self._chat.turn.owed_bytes > TURN_BYTES:
                    break
                try:
                    waiting = self._next(began)
                except queue.Empty:
                    break
            try:
                self._commit()
                began = time.monotonic()
                self._deliver()
                self._delivered_at = time.monotonic()
                self._took = self._delivered_at - began
            except Exception:  # noqa: BLE001 (a hub that ends is a chat that hangs in silence)
                _log.exception("a turn could not be delivered")
            finally:
                self._chat.end_turn()
                answers, self._answers = self._answers, []
                for answer in answers:
                    answer()

    def _next(self, began: float) -> Callable[[], None] | None:
        """Return what the turn that began then takes next.

        It looks now and then: to be woken for each that comes would cost more than they do.

        Raises:
            queue.Empty: nothing; it has waited long enough.
        """
        while True:
            try:
                return self._queue.get_nowait()
            except queue.Empty:
                patience = self._patience(began)
                if not patience:
                    raise
            time.sleep(min(patience, LOOK_SECONDS))

    def _patience(self, began: float) -> float:
        """Return for how many seconds a turn that began then waits for more to happen in it.

        As long as the last delivery took, so that no more than half of the time goes there: what
        that costs is waking people, however much each is told. Who comes and goes can wait longer.
        """
        chat = self._chat
        if chat.turn.has_moves and len(chat.members) >= CROWD:
            until = began + max(CROWD_SECONDS, CROWD_FACTOR * self._took)
        elif chat.turn.owed_bytes > ENOUGH_BYTES:
            return 0.0
        else:
            until = self._delivered_at + self._took
        now = time.monotonic()
        return min(max(0.0, until - now), max(0.0, began + MOST_GATHER_SECONDS - now))

    def _carry_out(self, member: Member, requests: list[Request]) -> None:
        for request in requests:
            if member.gone:
                break
            try:
                request.do(self._chat, member)
            except RemoteError as refusal:
                self._refuse(member, refusal, request.mid, request.re)
            except LogError as error:
                _log.warning("the log cannot be read: %s", error)
                self._refuse(member, _storage(), request.mid, request.re)

    def _commit(self) -> None:
        """Put what the turn decided on disk; if that fails, take it back and tell who said it."""
        chat = self._chat
        batch = chat.turn.batch
        if batch.is_empty:
            return
        try:
            self._log.commit(batch)
        except Exception as error:  # noqa: BLE001 (kept, a batch with a bug in it would fail for ever)
            if not isinstance(error, StorageFailed):
                _log.exception("a turn could not be stored")
            elif self._is_stored:
                _log.warning("nothing can be stored, and so nothing said: %s", error)
            self._is_stored = False
            for member, mid in chat.turn.unsay(chat.accounts.undo()):
                self._refuse(member, _storage(), mid)
            return
        if not self._is_stored:
            _log.warning("what is said can be stored again")
        self._is_stored = True
        chat.accounts.settle()
        chat.turn.batch = Batch()
        for then in chat.turn.take_consequences():
            self._queue.put(then)

    def _refuse(self, member: Member, refusal: RemoteError, mid: str = "", re: str = "") -> None:
        if member.is_tagged:
            line = tagged.encode(tagged.Refused(refusal.code, str(refusal), mid, re))
        else:
            line = plain.encode(plain.Notice(str(refusal)))
        self._chat.turn.tell(member, line)

    def _deliver(self) -> None:
        turn = self._chat.turn
        for member in turn.with_script:
            try:
                if not member.gone:
                    member.settle()
                if chunks := member.take_script():
                    member.send(*chunks)
                if member.gone:
                    member.connection.finish()
            except Exception:  # noqa: BLE001 (as above)
                _give_up(member)
        for audience in turn.audiences:
            block = audience.feed.block()
            if not block:
                continue
            for member in audience.members:
                if member not in turn.with_script:
                    try:
                        member.send(block)
                    except Exception:  # noqa: BLE001 (as above)
                        _give_up(member)


def _drop(_: object) -> None:
    """Take no interest in what something returned."""


def _storage() -> RemoteError:
    return RemoteError("storage", NOT_STORED)


def _give_up(member: Member) -> None:
    """Log why ``member`` could not be sent to; it is closed, for it has missed something."""
    _log.exception("nothing can be sent to %s", member.name)
    with contextlib.suppress(Exception):
        member.connection.close()
