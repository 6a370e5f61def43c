"""A stream that encrypts: TLS over another stream, with the same five methods."""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tkchat.i18n import tr
from tkchat.net.errors import ConnectionLost, NotEncrypted, ReceiveTimeout
from tkchat.net.stream import RECEIVE_BYTES, Chunk, Stream

HANDSHAKE_BYTE = b"\x16"  #: what a TLS connection begins with, and no line does
RECORD_BYTES = 16_384  #: the most that one record holds
ANSWER_BYTES = 65_536  #: what may wait of TLS's own answers, to a peer that asks and never reads
PAUSE_SECONDS = 0.01  # between tries to send a handshake to a peer that takes nothing

_ALERT_BYTE = b"\x15"
# No renegotiation, which makes the host calculate as often as a client likes. No tickets and no
# cache, so that a host remembers nothing of a session that has ended.
_OPTIONS = ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_COMPRESSION | ssl.OP_NO_TICKET


def host_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return what a host needs to encrypt, from PEM files with its certificates and its key.

    Raises:
        OSError: a file cannot be read; also `ssl.SSLError`, when they are not what they should be.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # A key with a password would have the host wait for somebody to type it.
    context.load_cert_chain(certificate, key, password="")
    context.num_tickets = 0
    return _hardened(context)


def client_context() -> ssl.SSLContext:
    """Return what a client needs to encrypt; whose certificate it meets, it has to look itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # there is no authority: see `client.trust`
    return _hardened(context)


def _hardened(context: ssl.SSLContext) -> ssl.SSLContext:
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= _OPTIONS
    return context


class TlsStream:
    """TLS over ``plain``, whose bytes nobody else may take or send from now on.

    The SSL object lies between two buffers in memory and never sees the socket. It is touched under
    a lock only, and nobody holds that lock while they wait, so a send never waits for a receive.

    What is sent is encrypted record by record, each when the one before it was taken whole. A
    record of which a part could not be sent counts as not sent: the caller passes the same bytes
    again, and they are not encrypted again.
    """

    def __init__(self, plain: Stream, context: ssl.SSLContext, *, is_host: bool) -> None:
        self._plain = plain
        self._lock = threading.Lock()
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._object = context.wrap_bio(self._incoming, self._outgoing, server_side=is_host)
        self._unsent = memoryview(b"")  # encrypted, and not taken yet
        self._unsent_plain = 0  # what it stands for: how much of the next send is encrypted already
        self._failure: ConnectionLost | None = None  # to be raised once what came before is read

    def shake_hands(self, deadline: float, first: bytes = b"") -> bytes:
        """Agree on keys by ``deadline``, of the monotonic clock; return the peer's certificate.

        That is DER, and empty if the peer showed none, as clients do not. ``first`` is what has
        come already. Nothing else may be called meanwhile but `shutdown`.

        Raises:
            ReceiveTimeout: the peer did not answer in time.
            NotEncrypted: what came is not TLS, or nothing came before the end.
            ConnectionLost: the peer is gone, or cannot agree with us.
        """
        data, is_first = first, True
        while True:
            if is_first and data and data[:1] not in (HANDSHAKE_BYTE, _ALERT_BYTE):
                raise NotEncrypted(data)
            is_first = is_first and not data
            is_done = self._take_step(data)
            while not self._send_step():
                if time.monotonic() > deadline:
                    raise ReceiveTimeout
                time.sleep(PAUSE_SECONDS)
            if is_done:
                return self._object.getpeercert(binary_form=True) or b""
            if time.monotonic() > deadline:  # it drips
                raise ReceiveTimeout
            try:
                data = self._plain.receive(_left(deadline))
            except ConnectionLost:
                data = b""
            if not data and is_first:
                raise NotEncrypted(b"")
            if not data:
                raise ConnectionLost(tr("it was cut off while keys were agreed on"))

    def fileno(self) -> int:
        """Return the descriptor that a selector can wait for."""
        return self._plain.fileno()

    def receive(self, timeout: float) -> bytes:
        """Return what has arrived, at the latest after ``timeout`` seconds; b"" at the end.

        An end of the connection that the peer did not announce is a `ConnectionLost`: anybody on
        the way could have made it.
        """
        deadline = time.monotonic() + timeout
        with self._lock:
            data = self._decrypt()
        while data is None:
            encrypted = self._plain.receive(_left(deadline))
            with self._lock:
                if encrypted:
                    self._incoming.write(encrypted)
                else:
                    self._incoming.write_eof()
                data = self._decrypt()
            if data is None and time.monotonic() > deadline:  # it drips, without a whole record
                raise ReceiveTimeout
        return data

    def send_now(self, chunks: Sequence[Chunk]) -> int:
        """Send what can be sent without waiting and return how many bytes that was."""
        with self._lock:
            sent = 0
            records = _records(chunks, self._unsent_plain)
            while self._send_more():
                sent += self._unsent_plain
                self._unsent_plain = 0
                record = next(records, b"")
                if not record:
                    break
                try:
                    self._object.write(record)
                except ssl.SSLError as error:
                    raise ConnectionLost(_why(error)) from error
                self._unsent_plain = len(record)
            return sent

    def shutdown(self) -> None:
        """End both directions, with a word of goodbye if the peer takes it at once."""
        with self._lock, contextlib.suppress(ConnectionLost):
            if not self._unsent:
                with contextlib.suppress(ssl.SSLError):  # it also wants to hear the peer's goodbye
                    self._object.unwrap()
                self._send_more()
        self._plain.shutdown()

    def close(self) -> None:
        """Give the descriptor back."""
        self._plain.close()

    def _take_step(self, data: bytes) -> bool:
        """Go on with the handshake after ``data``; tell whether it is done."""
        with self._lock:
            self._incoming.write(data)
            try:
                self._object.do_handshake()
            except ssl.SSLWantReadError:
                return False
            except ssl.SSLError as error:
                with contextlib.suppress(ConnectionLost):
                    self._send_more()  # the alert that says why
                raise ConnectionLost(_why(error)) from error
            return True

    def _send_step(self) -> bool:
        """Send our part of the handshake; tell whether there is nothing more to send."""
        with self._lock:
            try:
                return self._send_more()
            except ConnectionLost:  # what the peer said before it left is to be read first
                return True

    def _decrypt(self) -> bytes | None:
        """Return what can be read now, b"" at the end, None for nothing yet; with the lock."""
        if self._failure is not None:
            raise self._failure
        pieces = []
        try:
            while piece := self._object.read(RECEIVE_BYTES):
                pieces.append(piece)
            is_end = True
        except ssl.SSLWantReadError:
            is_end = False
        except ssl.SSLZeroReturnError:
            is_end = True
        except ssl.SSLError as error:
            self._failure = ConnectionLost(_why(error))
            is_end = not pieces
        if self._outgoing.pending:
            self._answer()
        if self._failure is not None and not pieces:
            raise self._failure
        return b"".join(pieces) if pieces or is_end else None

    def _answer(self) -> None:
        """Send what TLS itself has to say, such as an alert, as far as the peer takes it."""
        with contextlib.suppress(ConnectionLost):  # what the peer said before is to be read first
            self._send_more()
        if self._outgoing.pending + len(self._unsent) > ANSWER_BYTES:
            self._failure = ConnectionLost(tr("it asks and asks, and takes no answer"))

    def _send_more(self) -> bool:
        """Send what is encrypted; tell whether nothing is left; with the lock."""
        while True:
            if not self._unsent:
                self._unsent = memoryview(self._outgoing.read())
            if not self._unsent:
                return True
            sent = self._plain.send_now([self._unsent])
            self._unsent = self._unsent[sent:]
            if not sent:
                return False


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())


def _why(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLEOFError):
        return tr("it was cut off")
    reason = (error.reason or "").lower().replace("_", " ")
    return tr("the encryption failed ({why})").format(why=reason or str(error))


def _records(chunks: Sequence[Chunk], skip: int) -> Iterator[bytes]:
    """Yield what ``chunks`` hold after the first ``skip`` bytes, a record's worth at a time."""
    pieces: list[memoryview] = []
    room = RECORD_BYTES
    for chunk in chunks:
        view = memoryview(chunk)[skip:]
        skip = max(0, skip - len(chunk))
        while view:
            pieces.append(view[:room])
            view = view[room:]
            room -= len(pieces[-1])
            if not room:
                yield b"".join(pieces)
                pieces, room = [], RECORD_BYTES
    if pieces:
        yield b"".join(pieces)
