"""Which keys this computer knows hosts by: trust on first use, and what join codes prove."""

import sqlite3
import threading
import time
from dataclasses import dataclass

from tkchat.client.database import Database
from tkchat.client.host_key import UNKNOWN, in_the_clear
from tkchat.net.address import Address


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a host that showed its key.

    ``is_new`` says that nothing was known, or another key that a join code has set aside. ``known``
    is how the fingerprint should begin, if it does not; empty if all is well.
    """

    is_new: bool = False
    known: bytes = b""


class Trust:
    """The known keys, in ``database``, or without one only as long as this object.

    Any thread may call any method; all may wait for the disk and raise DatabaseError.
    """

    def __init__(self, database: Database | None) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._pins: dict[tuple[str, int], bytes] = {}  # instead of the database

    def known(self, address: Address) -> bytes:
        """Return the fingerprint that is known for ``address``; empty for none."""
        place = _place(address)
        if self._database is None:
            with self._lock:
                return self._pins.get(place, b"")
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT fingerprint FROM pin WHERE host = ? AND port = ?", place
            ).fetchone()
        return bytes(found[0]) if found else b""

    def judge(self, address: Address, fingerprint: bytes, key: bytes = b"") -> Verdict:
        """Compare a host's key with what is known of it; remember it if that is nothing.

        ``key`` is how the fingerprint begins by a join code. That counts more than what was known:
        whoever has the code had it from the host.
        """
        if not fingerprint.startswith(key):
            return Verdict(known=key)
        known = self.known(address)
        if not known:
            is_new = not (key or self._is_known_elsewhere(fingerprint))
            known = self._remember(address, fingerprint)
            if known == fingerprint:
                return Verdict(is_new)
        if known == fingerprint:
            return Verdict()
        if not key:
            return Verdict(known=known)
        self._set_aside(address, known, fingerprint)
        return Verdict(is_new=True)

    def replace(self, address: Address, fingerprint: bytes) -> None:
        """Know the host at ``address`` by this fingerprint from now on: a person said so.

        Their chat with the one that was known there goes on with this one.
        """
        if self._database is not None:
            with self._database.writing() as connection:
                connection.execute(
                    """UPDATE chat SET host_key = ? WHERE address = ? AND host_key =
                    (SELECT fingerprint FROM pin WHERE host = ? AND port = ?)""",
                    (fingerprint, str(address), *_place(address)),
                )
                _pin(connection, address, fingerprint)
            return
        with self._lock:
            self._pins[_place(address)] = fingerprint

    def _remember(self, address: Address, fingerprint: bytes) -> bytes:
        """Know a new host; return by what it is known, as another session may have been quicker."""
        if self._database is None:
            with self._lock:
                return self._pins.setdefault(_place(address), fingerprint)
        with self._database.writing() as connection:
            connection.execute(
                """INSERT INTO pin (host, port, fingerprint, since) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""",
                (*_place(address), fingerprint, round(time.time())),
            )
            found = connection.execute(
                "SELECT fingerprint FROM pin WHERE host = ? AND port = ?", _place(address)
            ).fetchone()
        return bytes(found[0])

    def _set_aside(self, address: Address, known: bytes, fingerprint: bytes) -> None:
        """Know the host by another key, as a join code says; a chat there stays the old one's."""
        if self._database is None:
            with self._lock:
                self._pins[_place(address)] = fingerprint
            return
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE chat SET host_key = ? WHERE address = ? AND host_key IN (?, ?)",
                (known, str(address), UNKNOWN, in_the_clear(str(address))),
            )
            _pin(connection, address, fingerprint)

    def _is_known_elsewhere(self, fingerprint: bytes) -> bool:
        if self._database is None:
            with self._lock:
                return fingerprint in self._pins.values()
        with self._database.reading() as connection:
            return bool(
                connection.execute(
                    "SELECT 1 FROM pin WHERE fingerprint = ?", (fingerprint,)
                ).fetchone()
            )


def _pin(connection: sqlite3.Connection, address: Address, fingerprint: bytes) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO pin (host, port, fingerprint, since) VALUES (?, ?, ?, ?)",
        (*_place(address), fingerprint, round(time.time())),
    )


def _place(address: Address) -> tuple[str, int]:
    return address.host.casefold(), address.port
