"""Single looks at a host from outside: what a name stands for, who answers, and how."""

import contextlib
import queue
import re
import socket
import threading
import time
from dataclasses import dataclass, replace
from enum import Enum, auto
from ipaddress import IPv4Address

from tkchat.net.address import Address, connect
from tkchat.net.errors import (
    Cause,
    ConnectFailed,
    ConnectionLost,
    NotEncrypted,
    ReceiveTimeout,
    connect_failed,
)
from tkchat.net.identity import BadCertificate, fingerprint_of
from tkchat.net.stream import PlainStream, Stream
from tkchat.net.tls import TlsStream, client_context
from tkchat.queues import next_within
from tkchat.wire import info
from tkchat.wire.buffer import LineBuffer
from tkchat.wire.errors import RemoteError
from tkchat.wire.info import Info
from tkchat.wire.lines import decode_plain, decode_tagged, is_tagged
from tkchat.wire.names import SERVER
from tkchat.wire.text import clean

MOST_ADDRESSES = 4  # of a name that are tried
MOST_BYTES = 65_536  # of an answer that are read
MOST_QUOTED = 200
_OTHER_WORDS = re.compile(rb"HTTP/|SSH-|\+OK|\* OK|220[ -]|RFB |<\?xml|<!DOCTYPE|<html", re.I)


class Kind(Enum):
    """What answers."""

    TKCHAT = auto()  #: a host of this version, or of one that says which
    OTHER_TKCHAT = auto()  #: a host of a version that does not know the question
    CHAT = auto()  #: a chat that knows no tags
    REFUSING = auto()  #: a host that says why it lets nobody in, and hangs up
    OTHER = auto()  #: some other program
    SILENT = auto()  #: something that says nothing
    HUNG_UP = auto()  #: something that hangs up without a word


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back. ``quote`` is what was said, for a person, if that tells more than ``kind``.

    ``fingerprint`` is of the key that encrypts it; empty where nothing does.
    """

    kind: Kind
    info: Info | None = None
    quote: str = ""
    fingerprint: bytes = b""


def look_up(host: str, seconds: float) -> list[str]:
    """Return the numeric addresses that ``host`` stands for; waits for no more than ``seconds``.

    Raises:
        ConnectFailed: ``UNKNOWN_HOST``, or ``TIMEOUT`` if nobody answers the question.
    """
    answers: queue.SimpleQueue[list[str] | ConnectFailed] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except UnicodeError:
            answers.put(ConnectFailed(Cause.UNKNOWN_HOST))
        except OSError as error:
            answers.put(connect_failed(error))

    # Nothing interrupts a look-up; so it gets a thread that may be left behind.
    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    try:
        answer = next_within(answers, seconds)
    except queue.Empty:
        raise ConnectFailed(Cause.TIMEOUT) from None
    if isinstance(answer, ConnectFailed):
        raise answer
    return answer[:MOST_ADDRESSES]


def knock(hosts: list[str], port: int, seconds: float, cancelled: threading.Event) -> socket.socket:
    """Connect to the first of ``hosts`` that lets us, within ``seconds`` in all.

    Raises:
        ConnectFailed: none does; it is about the first, the likeliest.
    """
    until = time.monotonic() + seconds
    failure: ConnectFailed | None = None
    for number, host in enumerate(hosts):
        share = (until - time.monotonic()) / (len(hosts) - number)
        try:
            return connect(Address(host, port), max(0.1, share), cancelled)
        except ConnectFailed as error:
            failure = failure or error
    raise failure or ConnectFailed(Cause.UNKNOWN_HOST)


def answers_at(host: str, port: int, seconds: float, cancelled: threading.Event) -> bool:
    """Tell whether anything listens there."""
    try:
        knock([host], port, seconds, cancelled).close()
    except ConnectFailed:
        return False
    return True


def ask(sock: socket.socket, seconds: float) -> Heard:
    """Ask whoever is at the other end what it is, unencrypted; closes ``sock``."""
    with contextlib.closing(PlainStream(sock)) as stream:
        return _converse(stream, time.monotonic() + seconds)


def ask_encrypted(sock: socket.socket, seconds: float) -> Heard:
    """Ask whoever is at the other end what it is, encrypted by whatever key; closes ``sock``.

    Raises:
        NotEncrypted: it does not encrypt, as far as can be seen.
        ConnectionLost: it does, but not so that one could agree with it.
    """
    until = time.monotonic() + seconds
    with contextlib.closing(PlainStream(sock)) as plain:
        stream = TlsStream(plain, client_context(), is_host=False)
        try:
            fingerprint = fingerprint_of(stream.shake_hands(until))
        except ReceiveTimeout:
            raise NotEncrypted(b"") from None
        except BadCertificate as error:
            raise ConnectionLost(str(error)) from error
        return replace(_converse(stream, until), fingerprint=fingerprint)


def heard_unencrypted(said: bytes) -> Heard:
    """Return what it must be that gave this answer to a TLS handshake; empty for no answer."""
    first, _, _ = said.partition(b"\n")
    return _read(first) or _judge(said, has_ended=bool(said))


def likely_meant(host: str) -> str:
    """Return the number that a mistyped one should be, as far as that can be guessed; or nothing.

    Letters for digits, commas for dots.
    """
    guess = host.translate(str.maketrans("oOlI,", "0011."))
    return guess if guess != host and is_number(guess) else ""


def is_number(host: str) -> bool:
    """Tell whether ``host`` is a whole IPv4 address."""
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def _converse(stream: Stream, until: float) -> Heard:
    buffer = LineBuffer()
    said = b""
    try:
        stream.send_now([info.QUESTION])
        while len(said) < MOST_BYTES and not _OTHER_WORDS.match(said):
            left = until - time.monotonic()
            data = stream.receive(left) if left > 0 else b""
            if not data:
                return _judge(said, has_ended=left > 0)
            said += data
            for raw in buffer.feed(data):
                if isinstance(raw, bytes) and (heard := _read(raw)):
                    return heard
    except ReceiveTimeout:
        return _judge(said, has_ended=False)
    except ConnectionLost:
        return _judge(said, has_ended=True)
    return _judge(said, has_ended=False)


def _read(raw: bytes) -> Heard | None:
    """Return what a line says for certain."""
    if not is_tagged(raw):
        return None
    try:
        if answer := info.decode(raw):
            return Heard(Kind.TKCHAT, answer)
        line = decode_tagged(raw)
    except RemoteError:
        return None
    if line.tags.get("event") == "refused" and line.text:
        return Heard(Kind.OTHER_TKCHAT, quote=_quote(line.text))
    return None


def _judge(said: bytes, *, has_ended: bool) -> Heard:
    """Return what it must be that said just this."""
    if not said:
        return Heard(Kind.HUNG_UP if has_ended else Kind.SILENT)
    text = decode_plain(said.splitlines()[0])
    if not _OTHER_WORDS.match(said) and ("~" in text or "event=info" in text):
        is_host = text.startswith(f"{SERVER}~")
        kind = Kind.REFUSING if is_host and has_ended else Kind.CHAT
        return Heard(kind, quote=_quote(text) if is_host else "")
    return Heard(Kind.OTHER, quote=_quote(text))


def _quote(text: str) -> str:
    said = " ".join(clean(text).removeprefix(f"{SERVER}~").split())
    return said if len(said) <= MOST_QUOTED else f"{said[:MOST_QUOTED]}…"
