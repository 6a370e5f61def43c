"""The one thread that owns all chat state. It works in turns."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial

from tkchat.net.connection import Connection
from tkchat.net.stream import Chunk
from tkchat.server.chat import Chat
from tkchat.server.commands import Request
from tkchat.server.member import Feed, Member
from tkchat.wire import plain
from tkchat.wire.errors import RemoteError

TURN_BYTES = 64 * 1024  # of lines; many more would overflow a healthy reader's backlog
TURN_ITEMS = 1_000
BUSY_ITEMS = 1_000  # so many wait when the client threads outrun the hub
ANSWER_SECONDS = 0.5
CROWD = 100  # from so many people on, who comes and goes is told together with who else does
CROWD_SECONDS = 0.01

_log = logging.getLogger(__name__)


class HubClosed(Exception):
    """Nobody is let in any more: the chat is closing."""


class Hub:
    """Takes what the client threads put on its queue and decides on it, a turn at a time.

    A turn takes everything that waits, up to a bound; decides; and delivers, to each recipient all
    its bytes of the turn in one send that never waits. So a delivery gets cheaper as load rises.
    Between deciding and delivering is the place where a turn is made to last: what is not on disk
    by then must not be delivered.
    """

    def __init__(self, *, echo: bool = True) -> None:
        self._chat = Chat(echo=echo)
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> set[Connection]:
        """Tell everybody that the chat is closing, and end the thread; return who was told."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        return {member.connection for member in self._chat.members}

    @property
    def is_busy(self) -> bool:
        """Whether so much waits that readers should pause."""
        return self._queue.qsize() > BUSY_ITEMS

    def enter(self, name: str, connection: Connection) -> Member:
        """Let somebody in, and wait for the hub's word on it.

        Raises:
            RemoteError: ``name-taken``.
            HubClosed: too late.
        """
        answers: queue.SimpleQueue[Member | RemoteError] = queue.SimpleQueue()
        self._queue.put(partial(self._enter, name, connection, answers))
        while True:
            try:
                answer = answers.get(timeout=ANSWER_SECONDS)
            except queue.Empty:
                if self._thread.is_alive():
                    continue
                raise HubClosed from None
            if isinstance(answer, RemoteError):
                raise answer
            return answer

    def request(self, member: Member, requests: list[Request]) -> None:
        """Have done, in order, what lines of ``member`` ask for."""
        self._queue.put(partial(self._carry_out, member, requests))

    def leave(self, member: Member) -> None:
        """Take ``member`` out of the chat, after what it asked for before.

        Its connection is closed once it was sent all that it is owed.
        """
        self._queue.put(partial(self._chat.leave, member))

    def _run(self) -> None:
        closing = False
        while not closing:
            waiting = self._queue.get()
            began = time.monotonic()
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
                if taken >= TURN_ITEMS or self._chat.turn_bytes > TURN_BYTES:
                    break
                try:
                    waiting = self._queue.get(timeout=self._patience(began))
                except queue.Empty:
                    break
            try:
                self._deliver()
            except Exception:  # noqa: BLE001 (a hub that ends is a chat that hangs in silence)
                _log.exception("a turn could not be delivered")
            finally:
                self._chat.end_turn()

    def _patience(self, began: float) -> float:
        """Return for how many seconds a turn that began then waits for more to happen in it."""
        chat = self._chat
        if chat.has_moves and len(chat.members) >= CROWD:
            return max(0.0, began + CROWD_SECONDS - time.monotonic())
        return 0.0

    def _enter(
        self,
        name: str,
        connection: Connection,
        answers: "queue.SimpleQueue[Member | RemoteError]",
    ) -> None:
        try:
            answers.put(self._chat.enter(name, connection))
        except RemoteError as refusal:
            answers.put(refusal)

    def _carry_out(self, member: Member, requests: list[Request]) -> None:
        for request in requests:
            if member.gone:
                break
            try:
                request(self._chat, member)
            except RemoteError as refusal:
                self._chat.tell(member, plain.Notice(str(refusal)))

    def _deliver(self) -> None:
        chat = self._chat
        blocks: dict[Feed, bytes] = {room.feed: room.feed.block() for room in chat.active_rooms}
        for member in chat.with_script:
            try:
                if not member.gone:
                    member.settle()
                _send_script(member, blocks)
            except Exception:  # noqa: BLE001 (as above)
                _give_up(member)
        for room in chat.active_rooms:
            block = blocks[room.feed]
            if not block:
                continue
            for member in room.members.values():
                if member not in chat.with_script:
                    try:
                        member.connection.send(block)
                    except Exception:  # noqa: BLE001 (as above)
                        _give_up(member)


def _give_up(member: Member) -> None:
    """Log why ``member`` could not be sent to; it is closed, for it has missed something."""
    _log.exception("nothing can be sent to %s", member.name)
    with contextlib.suppress(Exception):
        member.connection.close()


def _send_script(member: Member, blocks: dict[Feed, bytes]) -> None:
    chunks: list[Chunk] = []
    for part in member.script:
        if isinstance(part, bytes):
            chunks.append(part)
        else:
            block = memoryview(blocks[part.feed])
            chunks.append(block[part.start : part.end])
    if chunks:
        member.connection.send(*chunks)
    if member.gone:
        member.connection.finish()
