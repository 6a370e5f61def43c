"""One client's thread: its handshake, its flood control, its lines, in plain sequential code."""

import logging
import re
import time
from collections import deque

from tkchat.net.address import Address
from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost, ReceiveTimeout
from tkchat.server.flood import BLANKS_PER_LINE, Allowance, Bucket
from tkchat.server.hub import Hub, HubClosed, Request
from tkchat.server.log import Log
from tkchat.server.member import Member
from tkchat.server.reader import LineReader
from tkchat.server.tagged_talk import TaggedTalk
from tkchat.server.talk import Errand, PlainTalk, Talk, too_long
from tkchat.wire import plain
from tkchat.wire.buffer import TooLong
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import is_tagged

PROMPT_AFTER_SECONDS = 2.0
HANDSHAKE_SECONDS = 20.0
LEAVE_SECONDS = 5.0  # for the last lines to reach somebody who has stopped sending
BUSY_PAUSE_SECONDS = 0.005
BLANK_PAUSE_SECONDS = 0.05  # what so many blank lines cost where there is no flood limit
BATCH_LINES = 64  # so that one sender's read cannot fill a turn

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
        *,
        flood_limit: bool = True,
    ) -> None:
        self.connection = connection
        self._member: Member | None = None
        self._address = address
        self._hub = hub
        self._log = log
        self._flood_limit = flood_limit
        self._reader = LineReader(connection)
        self._talk: Talk | None = None  # until the first line says which
        # Lines that came with the username in one read, and wait until it is accepted.
        self._unread: deque[bytes | TooLong] = deque()

    def run(self) -> None:
        """Serve this client until it leaves. Runs in a thread of its own."""
        _log.info("%s connected", self._address)
        why = "hung up"
        try:
            self._member = self._handshake()
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

    def _handshake(self) -> Member | None:
        """Ask for a username until one is accepted; None if none came in time or at all."""
        deadline = time.monotonic() + HANDSHAKE_SECONDS
        prompt_at = time.monotonic() + PROMPT_AFTER_SECONDS
        bucket = Bucket()
        was_blank = False
        blanks = 0
        while True:
            if time.monotonic() >= deadline:
                self._tell(f"No username came within {HANDSHAKE_SECONDS:g} seconds. Goodbye")
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
            talk = self._talk = self._talk or self._choose_talk(raw)
            try:
                if isinstance(raw, TooLong):
                    raise too_long()
                return talk.come_in(raw)
            except HubClosed:  # whoever closes it tells everybody so
                return None
            except RemoteError as refusal:
                talk.refuse(refusal)

    def _pause(self, bucket: Bucket, deadline: float) -> None:
        self.connection.closed.wait(min(bucket.take(), deadline - time.monotonic()))

    def _choose_talk(self, first: bytes | TooLong) -> Talk:
        if is_tagged(first.start if isinstance(first, TooLong) else first):
            return TaggedTalk(self.connection, self._hub, self._log)
        return PlainTalk(self.connection, self._hub)

    def _next_line(self, timeout: float) -> bytes | TooLong | None:
        if not self._unread:
            self._unread.extend(self._reader.read(timeout))
        return self._unread.popleft() if self._unread else None

    def _converse(self, member: Member) -> str:
        """Take lines until there are no more; return why."""
        talk = self._talk or self._choose_talk(b"")
        allowance = Allowance() if self._flood_limit else None
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
            if asked is None:
                blanks += 1
                continue
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
