"""Makes a new connection safe before anything is said over it: encryption, and the right host."""

import importlib
import socket
import time
from collections.abc import Callable
from enum import Enum
from ipaddress import ip_address

from tkchat.client.events import CertificateChanged, Encrypted, Event, Problem
from tkchat.client.host_key import in_the_clear, on_this_computer
from tkchat.client.own_host import OwnHost
from tkchat.client.trust import Trust
from tkchat.i18n import tr
from tkchat.net.address import Address, is_loopback
from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost, NotEncrypted, ReceiveTimeout
from tkchat.net.identity import BadCertificate, fingerprint_of, words
from tkchat.wire.lines import decode_plain
from tkchat.wire.text import clean

_PARTS = ("cryptography.x509", "tkchat.net.tls")
MOST_SAID = 300  # characters of what a host says that does not encrypt


class Place(Enum):
    """Where the other end of a connection is."""

    LOOPBACK = "on this computer, and nothing leaves it"
    ELSEWHERE = "anywhere else"


class NotSafe(Exception):
    """Nothing may be said over the connection, for ``problem``; the text says more, or nothing."""

    def __init__(self, problem: Problem, why: str = "") -> None:
        super().__init__(why)
        self.problem = problem


class Security:
    """What one session asks of each of its connections. Belongs to the receiving thread.

    ``key`` is how the fingerprint begins by a join code, empty without one. ``plaintext`` allows a
    host that is not known to encrypt not to. ``own`` is the host of this profile: it encrypts also
    to its own computer, so that it is the same one from there as from elsewhere.
    """

    def __init__(
        self,
        address: Address,
        trust: Trust,
        emit: Callable[[Event], object],
        key: bytes = b"",
        *,
        plaintext: bool = False,
        own: OwnHost | None = None,
    ) -> None:
        self._address = address
        self._trust = trust
        self._emit = emit
        self._key = key
        self._plaintext = plaintext
        self._own = own or OwnHost()

    def prepare(self) -> None:
        """Load what it takes to encrypt: a host does not wait long for the first byte.

        Whoever stays on this computer needs none of it. Waits for the disk.
        """
        if not _is_written_as_loopback(self._address) or self._own.key_at(self._address.port):
            for part in _PARTS:
                importlib.import_module(part)

    def secure(self, connection: Connection, place: Place, seconds: float) -> bytes:
        """Encrypt ``connection`` and look who is there; return that, see `host_key`.

        Nothing but a TLS handshake was sent until this returns.

        Raises:
            NotSafe: nothing may be sent.
            ConnectionLost: the connection is gone.
            DatabaseError: what is known of the host cannot be read.
        """
        known = self._trust.known(self._address)
        expected = known or self._key
        is_here = place is Place.LOOPBACK and _is_written_as_loopback(self._address)
        if is_here and not expected:
            expected = self._own.key_at(self._address.port)
        if is_here and not expected:
            return on_this_computer(self._address.port)
        if self._plaintext and not expected:
            return in_the_clear(str(self._address))
        fingerprint = self._shake_hands(connection, time.monotonic() + seconds, expected)
        found = words(fingerprint)
        if fingerprint.startswith(self._key) and self._own.has(fingerprint):
            if known or not is_here:  # a port of this computer may be somebody else's tomorrow
                self._trust.judge(self._address, fingerprint, fingerprint)
            self._emit(Encrypted(found, is_new=False))
            return fingerprint
        verdict = self._trust.judge(self._address, fingerprint, self._key)
        if verdict.known:
            self._emit(
                CertificateChanged(
                    self._address, words(verdict.known), found, fingerprint, bool(self._key)
                )
            )
            told = tr("another key answers than the one that the host is known by")
            raise NotSafe(Problem.OTHER_CERTIFICATE, told)
        self._emit(Encrypted(found, verdict.is_new))
        return fingerprint

    def _shake_hands(self, connection: Connection, deadline: float, known: bytes) -> bytes:
        from tkchat.net.tls import client_context  # who stays on this computer needs no ssl

        try:
            certificate = connection.encrypt(client_context(), deadline, is_host=False)
            return fingerprint_of(certificate)
        except NotEncrypted as error:
            said = _first_line(error.said)
            if not known:
                raise NotSafe(Problem.NOT_ENCRYPTED, said) from error
            told = tr("it does not encrypt now") if error.said else tr("it hung up at once")
            raise NotSafe(
                Problem.NO_LONGER_ENCRYPTED, f"{told} ({said})" if said else told
            ) from error
        except ReceiveTimeout:
            if not known:
                raise NotSafe(Problem.NOT_ENCRYPTED) from None
            raise NotSafe(Problem.NO_ANSWER, tr("no answer came")) from None
        except BadCertificate as error:
            told = tr("its certificate cannot be read")
            raise NotSafe(Problem.NOT_LET_IN, told) from error


def place_of(sock: socket.socket) -> Place:
    """Tell where the other end of a connected socket is.

    Raises:
        ConnectionLost: it is gone already.
    """
    try:
        there = sock.getpeername()[0]
    except OSError as error:
        raise ConnectionLost(error.strerror or str(error)) from error
    return Place.LOOPBACK if is_loopback(there) else Place.ELSEWHERE


def _is_written_as_loopback(address: Address) -> bool:
    """Tell whether the person asked for this computer: what a name stands for, others decide."""
    try:
        return is_loopback(str(ip_address(address.host)))
    except ValueError:
        return address.host.casefold() == "localhost"


def _first_line(said: bytes) -> str:
    line = clean(decode_plain(said.partition(b"\n")[0].rstrip(b"\r")))
    return line.removeprefix("SERVER~").strip()[:MOST_SAID]
