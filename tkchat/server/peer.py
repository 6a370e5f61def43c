"""One client's thread: its handshake, its flood control, its lines, in plain sequential code."""

import logging
import re
import ssl
import time
from collections import deque
from collections.abc import Callable

from tkchat.net.address import Address
from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost, ReceiveTimeout
from tkchat.server.door import Door
from tkchat.server.flood import BLANKS_PER_LINE, Allowance, Bucket
from tkchat.server.guard import Guard
from tkchat.server.hub import Hub, HubClosed, Request
from tkchat.server.log import Log
from tkchat.server.member import Member
from tkchat.server.opening import open_up
from tkchat.server.order import PasswordNeeded
from tkchat.server.reader import LineReader
from tkchat.server.tagged_talk import TaggedTalk
from tkchat.server.talk import Errand, PlainTalk, Talk, too_long
from tkchat.wire import info, plain
from tkchat.wire.buffer import TooLong
from tkchat.wire.errors import RemoteError
from tkchat.wire.info import Info
from tkchat.wire.lines import is_tagged

PROMPT_AFTER_SECONDS = 2.0
REFUSED_SECONDS = 2.0  # for the first line of somebody who is turned away, to be told so
LEAVE_SECONDS = 5.0  # for the last lines to reach somebody who has stopped sending
BUSY_PAUSE_SECONDS = 0.005
BLANK_PAUSE_SECONDS = 0.05  # what so many blank lines cost where there is no flood limit
BATCH_LINES = 64  # so that one sender's read cannot fill a turn

_NOTHING = Errand(lambda: None, is_passing=True)  # for a line that nobody has to do anything about

_HTTP = re.compile(rb"[A-Z]+ \S+ HTTP/")
_log = logging.getLogger(__name__)


class Peer:
    """Somebody at the other end of a connection, from the first byte to the last."""

    def __init__(
        self,
        connection: Connection,
        address: Address,
        hub: Hub,
        log: Log,
        context: ssl.SSLContext,
        *,
        allows_plain: bool,
        flood_limit: bool = True,
        describe: Callable[[], Info] = Info,
        guard: Guard | None = None,
        refusal: RemoteError | None = None,
    ) -> None:
        self.connection = connection
        self._member: Member | None = None
        self._address = address
        self._hub = hub
        self._log = log
        self._context = context
        self._allows_plain = allows_plain
        self._flood_limit = flood_limit
        self._describe = describe
        self._guard = guard or Guard()
        self._limits = self._guard.limits
        self._refusal = refusal  # of this address, whatever it says
        self._reader = LineReader(connection, self._limits.line_bytes)
        self._door = Door(hub, self._guard, address.host, self._wait)
        self._talk: Talk | None = None  # until the first line says which
        # Lines that came with the username in one read, and wait until it is accepted.
        self._unread: deque[bytes | TooLong] = deque()

    def run(self) -> None:
        """Serve this client until it leaves. Runs in a thread of its own."""
        _log.debug("%s connected", self._address)
        why = "hung up"
        began = time.monotonic()
        try:
            if self._is_open(began):
                self._member = self._handshake(began)
            if self._member is not None:
                _log.info("%s is %s", self._address, self._member.name)
                why = self._converse(self._member)
        except ConnectionLost as error:
            why = str(error)
        finally:
            self._leave(why)

    def _leave(self, why: str) -> None:
        who = str(self._address)
        if self.connection.fell_behind:
            why = "was too slow"
        elif self._member is not None and self._member.gone:
            why = "said goodbye"
        if self._member is not None:
            who = f"{self._member.name} at {self._address}"
            self._hub.leave(self._member)
            self.connection.closed.wait(LEAVE_SECONDS)
        self.connection.close()
        _log.info("%s left (%s)", who, why)

    def _is_open(self, began: float) -> bool:
        return open_up(
            self.connection,
            self._address,
            self._context,
            began + PROMPT_AFTER_SECONDS,
            began + self._patience,
            allows_plain=self._allows_plain,
        )

    def _handshake(self, began: float) -> Member | None:
        """Ask for a username until one is accepted; None if none came in time or at all."""
        deadline = began + self._patience
        is_new = self.connection.is_encrypted  # who agreed on keys was not silent
        prompt_at = (time.monotonic() if is_new else began) + PROMPT_AFTER_SECONDS
        bucket = Bucket(self._limits)
        was_blank = was_asked = False
        blanks = 0
        while True:
            if time.monotonic() >= deadline:
                told = f"No username came within {self._patience:g} seconds. Goodbye"
                self._tell(str(self._refusal or told))
                return None
            try:
                raw = self._next_line(min(prompt_at, deadline) - time.monotonic())
            except ReceiveTimeout:
                if prompt_at == deadline:
                    continue
                self._tell("Type your username and press Return.")
                prompt_at = deadline
                continue
            if raw is None:
                return None
            prompt_at = deadline
            is_blank = raw == b""
            if is_blank and was_blank:
                blanks += 1  # one answer to however many
                if not self._unread or blanks % BLANKS_PER_LINE == 0:
                    self._pause(bucket, deadline)
                continue
            was_blank = is_blank
            if _HTTP.match(raw.start if isinstance(raw, TooLong) else raw):
                # Any web page can have a browser send this, with somebody's words after it.
                self._tell("This is a chat, not a web site. Goodbye")
                return None
            self._pause(bucket, deadline)
            if isinstance(raw, bytes) and info.is_question(raw):
                self.connection.send(info.encode(self._describe()))
                continue
            talk = self._talk = self._talk or self._choose_talk(raw)
            try:
                if self._refusal is not None:
                    raise self._refusal
                if isinstance(raw, TooLong):
                    raise too_long(self._limits.line_bytes)
                return talk.come_in(raw)
            except HubClosed:  # whoever closes it tells everybody so
                return None
            except RemoteError as refusal:
                talk.refuse(refusal)
                if self._refusal is not None or time.monotonic() >= deadline:
                    return None
                if isinstance(refusal, PasswordNeeded) and not was_asked:
                    was_asked = True
                    deadline += self._patience  # a person has to find it, and to type it

    @property
    def _patience(self) -> float:
        """For how many seconds the handshake may take."""
        return self._limits.handshake_seconds if self._refusal is None else REFUSED_SECONDS

    def _wait(self, seconds: float) -> None:
        """Let somebody wait who has to be let in, and see whether they are still there.

        Raises:
            ConnectionLost: they are not.
        """
        if len(self._unread) >= self._limits.flood_burst:
            self.connection.closed.wait(seconds)  # the rest stays where it is, until they are in
            return
        try:
            lines = self._reader.read(seconds)
        except ReceiveTimeout:
            return
        if not lines:
            raise ConnectionLost("hung up")
        for raw in lines:
            if isinstance(self._talk, TaggedTalk):
                asked = self._talk.read(raw)
                if isinstance(asked, Errand) and asked.is_passing:
                    asked.run()  # a ping is answered; all else has to wait
            else:
                self._unread.append(raw)
        self.connection.closed.wait(seconds)  # whoever says more is read slowly

    def _pause(self, bucket: Bucket, deadline: float) -> None:
        self.connection.closed.wait(min(bucket.take(), deadline - time.monotonic()))

    def _choose_talk(self, first: bytes | TooLong) -> Talk:
        if is_tagged(first.start if isinstance(first, TooLong) else first):
            return TaggedTalk(self.connection, self._hub, self._log, self._door)
        return PlainTalk(self.connection, self._hub, self._door)

    def _next_line(self, timeout: float) -> bytes | TooLong | None:
        if not self._unread:
            self._unread.extend(self._reader.read(timeout))
        return self._unread.popleft() if self._unread else None

    def _converse(self, member: Member) -> str:
        """Take lines until there are no more; return why."""
        talk = self._talk or self._choose_talk(b"")
        allowance = Allowance(self._limits) if self._flood_limit else None
        lines = list(self._unread)
        self._unread.clear()
        while True:
            self._take(member, talk, lines, allowance)
            try:
                lines = self._reader.read(talk.ping_seconds)
            except ReceiveTimeout:
                lines = []
                if not talk.ping():
                    continue
                try:
                    lines = self._reader.read(talk.answer_seconds)
                except ReceiveTimeout:
                    return "did not answer any more"
            if not lines:
                return "hung up"
            talk.hear()

    def _take(
        self,
        member: Member,
        talk: Talk,
        lines: list[bytes | TooLong],
        allowance: Allowance | None,
    ) -> None:
        """Hand ``lines`` to the hub, no faster than the flood limit allows.

        Blank lines are nearly free. But a read of nothing else counts as a line, and so do many of
        them: whoever sends them without end would take the others' time.
        """
        batch: list[Request] = []
        blanks = 0
        for raw in lines:
            asked = talk.read(raw) if raw else None
            if not raw or (asked is None and isinstance(raw, bytes) and not raw.strip()):
                blanks += 1
                continue
            asked = asked or _NOTHING
            wait = 0.0
            if allowance:
                wait = allowance.take(asked.tokens, is_passing=asked.is_passing)
            if batch and (wait or len(batch) >= BATCH_LINES or isinstance(asked, Errand)):
                self._request(member, batch)
                batch = []
            if wait and self.connection.closed.wait(wait):
                return
            if isinstance(asked, Errand):
                asked.run()
            else:
                batch.append(asked)
        if batch:
            self._request(member, batch)
        tokens = blanks // BLANKS_PER_LINE + (0 < blanks == len(lines))
        if tokens:
            wait = allowance.take(tokens) if allowance else tokens * BLANK_PAUSE_SECONDS
            self.connection.closed.wait(wait)

    def _request(self, member: Member, batch: list[Request]) -> None:
        self._hub.request(member, batch)
        while self._hub.is_busy and not self.connection.closed.wait(BUSY_PAUSE_SECONDS):
            pass

    def _tell(self, text: str) -> None:
        self.connection.send(plain.encode(plain.Notice(text)))
