"""Who hosts from this profile is the same person there by every address, port and key."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost, Watched, welcome
from tests.client.tls_hosts import Host, lets_in
from tests.client.viewers import opened
from tkchat.client.database import Database
from tkchat.client.events import Encrypted, Live, NotIn
from tkchat.client.host_key import UNKNOWN, on_this_computer
from tkchat.client.hosting import Hosting, host
from tkchat.client.own_host import OwnHost
from tkchat.client.session import Session
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import CERTIFICATE_FILE, read_fingerprint

in_a_network = pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "host"


@contextlib.contextmanager
def hosted(folder: Path) -> Iterator[Hosting]:
    """Host a chat, at a free port."""
    hosting = host(folder, port=0)
    try:
        yield hosting
    finally:
        hosting.stop()


def comes_in(
    address: Address, database: Database, folder: Path | None, key: bytes = b""
) -> Watched:
    """Join as alice and leave again; fails unless she is let in."""
    session = Session(address, "alice", database, key=key, own=OwnHost(folder))
    with Watched(session) as alice:
        alice.next(Live)
    return alice


def is_stranger(address: Address, database: Database, folder: Path | None) -> bool:
    """Tell whether alice is refused."""
    session = Session(address, "alice", database, own=OwnHost(folder))
    with Watched(session) as alice:
        while not isinstance(event := alice.next(object), NotIn | Live):
            pass
    return isinstance(event, NotIn)


def test_it_is_told_by_port_as_long_as_it_runs(folder: Path) -> None:
    with hosted(folder) as hosting:
        own, port = OwnHost(folder), hosting.address.port
        key = read_fingerprint(folder / CERTIFICATE_FILE)
        assert own.key_at(port) == key
        assert own.key_at(port + 1) == b""
        assert own.has(key)
    assert own.key_at(port) == b""
    assert own.has(key)


def test_what_is_no_host_of_ours_is_not_taken_for_one(tmp_path: Path) -> None:
    for own in (OwnHost(), OwnHost(tmp_path), OwnHost(tmp_path / "nothing")):
        own.note_port(7)
        assert own.key_at(7) == b""
        assert not any(map(own.has, (UNKNOWN, bytes(32), on_this_computer(7))))
    (tmp_path / CERTIFICATE_FILE).write_text("no certificate")
    assert not OwnHost(tmp_path).has(UNKNOWN)


@in_a_network
@pytest.mark.parametrize("first", [0, 1, 2])
def test_all_addresses_of_the_own_host_lead_to_one_account(
    database: Database, folder: Path, first: int
) -> None:
    with hosted(folder) as hosting:
        port = hosting.address.port
        hosts = ["127.0.0.1", "localhost", own_addresses()[0]]
        for name in hosts[first:] + hosts[:first]:
            comes_in(Address(name, port), database, folder)
        assert is_stranger(hosting.address, database, None)  # not without knowing that it is ours


@in_a_network
def test_by_its_join_code_it_is_the_same_too(database: Database, folder: Path) -> None:
    with hosted(folder) as hosting:
        comes_in(hosting.address, database, folder)
        key = read_fingerprint(folder / CERTIFICATE_FILE)[:10]
        comes_in(Address(own_addresses()[0], hosting.address.port), database, None, key)


def test_on_another_port_it_is_the_same(database: Database, folder: Path) -> None:
    ports = set()
    for _ in range(2):
        with hosted(folder) as hosting:
            comes_in(hosting.address, database, folder)
            ports.add(hosting.address.port)
    assert len(ports) == 2


def _as_before(database: Database, key: Callable[[int], bytes], port: int) -> None:
    """Have the chat known as an older tkchat did."""
    with database.writing() as connection:
        connection.execute("UPDATE chat SET host_key = ?", (key(port),))
        connection.execute("DELETE FROM pin")


@in_a_network
@pytest.mark.parametrize("key", [on_this_computer, lambda _: UNKNOWN])
@pytest.mark.parametrize("by_network", [False, True])
def test_who_was_there_with_an_older_tkchat_is_no_stranger(
    database: Database, folder: Path, key: Callable[[int], bytes], by_network: bool
) -> None:
    with hosted(folder) as hosting:
        comes_in(hosting.address, database, None)
        _as_before(database, key, hosting.address.port)
        port = hosting.address.port
        name = own_addresses()[0] if by_network else "127.0.0.1"
        comes_in(Address(name, port), database, folder)
        comes_in(hosting.address, database, folder)


@in_a_network
def test_a_new_key_of_the_own_host_is_no_reason_to_ask(database: Database, folder: Path) -> None:
    keys = []
    with hosted(folder) as hosting:
        comes_in(hosting.address, database, folder)
        comes_in(Address(own_addresses()[0], hosting.address.port), database, folder)
        port = hosting.address.port
    for name in ("host.key", "host.crt"):
        keys.append((folder / name).read_bytes())
        (folder / name).unlink()
    again = host(folder, port)
    try:
        assert (folder / CERTIFICATE_FILE).read_bytes() not in keys
        for name in (own_addresses()[0], "127.0.0.1"):
            alice = comes_in(Address(name, port), database, folder)
            assert not any(isinstance(e, Encrypted) and e.is_new for e in alice.events)
    finally:
        again.stop()


def test_somebody_else_at_that_port_later_is_not_asked_to_encrypt(
    database: Database, folder: Path
) -> None:
    with hosted(folder) as hosting:
        comes_in(hosting.address, database, folder)
    heard = []

    def tells(sock: socket.socket) -> None:
        heard.append(welcome(sock, log="theirs"))

    with ScriptedHost(tells, hosting.address.port) as there:
        comes_in(there.address, database, folder)
    assert heard[0].token == heard[0].log == ""  # nor told who we are elsewhere


def test_another_host_does_not_become_ours_by_its_log(
    database: Database, tmp_path: Path, folder: Path
) -> None:
    """The log's name is public; only the key of the folder proves that it is ours."""
    with hosted(folder) as hosting:
        alice = comes_in(hosting.address, database, folder)
    with database.reading() as connection:
        (log,) = connection.execute("SELECT log FROM chat").fetchone()
    hostile = Host(tmp_path / "hostile")
    with ScriptedHost(hostile.welcomes(log)) as there:
        session = Session(
            there.address, "alice", database, key=hostile.fingerprint, own=OwnHost(folder)
        )
        with Watched(session) as alice:
            alice.next(NotIn)
    assert hostile.visits
    assert hostile.heard == b""


def test_without_a_host_of_ours_nothing_is_encrypted_here(database: Database, folder: Path) -> None:
    with ScriptedHost(lets_in) as there:
        comes_in(there.address, database, folder)
