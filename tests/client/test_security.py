"""What a session asks of a connection before it says anything, against hosts that want to hear it.

All sockets here are on this computer, where nothing is encrypted unless a join code says so; for
these tests the client does not see that.
"""

import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost, Watched, wait_for_end, welcome
from tests.client.tls_hosts import Host, end_of, hears, last_of, lets_in, visit
from tests.client.viewers import opened
from tests.support import CHECKOUT, PATIENCE, running_server, wait_until
from tkchat.client import receiver
from tkchat.client.database import Database
from tkchat.client.events import (
    CertificateChanged,
    Encrypted,
    Live,
    Lost,
    NotIn,
    Opened,
    Problem,
    Welcome,
)
from tkchat.client.hosting import host
from tkchat.client.session import Session
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import read_fingerprint, words
from tkchat.wire import tagged


@pytest.mark.usefixtures("elsewhere")
def test_a_new_host_is_trusted_and_then_known(database: Database) -> None:
    with running_server() as server:
        said = words(read_fingerprint(server.identity.certificate))
        for is_new in (True, False):
            with Watched(Session(server.address, "alice", database)) as alice:
                assert alice.next(Encrypted) == Encrypted(said, is_new)
                alice.next(Live)
                assert not any(isinstance(each, Welcome | Opened) for each in alice.events[:2])


def test_on_this_computer_nothing_is_encrypted(database: Database) -> None:
    with running_server() as server, Watched(Session(server.address, "alice", database)) as alice:
        alice.next(Live)
        assert not any(isinstance(each, Encrypted) for each in alice.events)


@pytest.mark.usefixtures("elsewhere")
def test_without_a_database_hosts_are_known_as_long_as_the_session() -> None:
    with running_server() as server, Watched(Session(server.address, "alice")) as alice:
        assert alice.next(Encrypted).is_new
        alice.next(Welcome)
        assert alice.session.trust.known(server.address)


def test_a_join_code_encrypts_even_on_this_computer(database: Database) -> None:
    with running_server() as server:
        key = read_fingerprint(server.identity.certificate)[:10]
        session = Session(server.address, "alice", database, key=key)
        with Watched(session) as alice:
            assert not alice.next(Encrypted).is_new
            alice.next(Live)


def test_who_joins_by_code_says_nothing_to_a_host_with_another_key(
    database: Database, tmp_path: Path
) -> None:
    host = Host(tmp_path / "host")
    key = bytes(range(10))
    with ScriptedHost(host.listens) as there:
        end, alice = end_of(Session(there.address, "alice", database, key=key))
    assert end.problem is Problem.OTHER_CERTIFICATE
    (changed,) = (each for each in alice.events if isinstance(each, CertificateChanged))
    assert changed == CertificateChanged(
        there.address, words(key), words(host.fingerprint), host.fingerprint, by_code=True
    )
    assert (host.heard, host.visits) == (b"", 1)


@pytest.mark.usefixtures("elsewhere")
def test_nothing_is_said_to_another_key_than_the_known_one(
    database: Database, tmp_path: Path
) -> None:
    """Somebody in between, with a certificate of their own."""
    honest, hostile = Host(tmp_path / "honest"), Host(tmp_path / "hostile")
    scripts = [honest.welcomes()]
    with ScriptedHost(last_of(scripts)) as there:
        with Watched(Session(there.address, "alice", database)) as alice:
            alice.next(Live)
        scripts.append(hostile.listens)
        # There is something to see without a host, but this is not a host that is away.
        end, alice = end_of(Session(there.address, "alice", database))
    assert end.problem is Problem.OTHER_CERTIFICATE
    (changed,) = (each for each in alice.events if isinstance(each, CertificateChanged))
    assert changed.known_words == words(honest.fingerprint)
    assert changed.fingerprint == hostile.fingerprint
    assert not changed.by_code
    assert (hostile.heard, hostile.visits) == (b"", 1)


@pytest.mark.usefixtures("elsewhere")
def test_who_was_in_does_not_go_on_with_another_key(database: Database, tmp_path: Path) -> None:
    honest, hostile = Host(tmp_path / "honest"), Host(tmp_path / "hostile")
    scripts = [honest.welcomes()]

    def serve(sock: socket.socket) -> None:
        script = scripts[-1]
        scripts.append(hostile.listens)
        script(sock)

    with ScriptedHost(serve) as there, Watched(Session(there.address, "alice", database)) as alice:
        alice.next(Live)
        honest.hang_up()
        alice.next(Lost)
        alice.session.retry_now()
        assert alice.next(NotIn).problem is Problem.OTHER_CERTIFICATE
        alice.wait_until_over()
        assert (hostile.heard, hostile.visits) == (b"", 1)


@pytest.mark.usefixtures("elsewhere")
def test_a_person_may_trust_the_other_key(database: Database, tmp_path: Path) -> None:
    one, other = Host(tmp_path / "one"), Host(tmp_path / "other")
    scripts = [one.welcomes()]
    with ScriptedHost(last_of(scripts)) as there:
        with Watched(Session(there.address, "alice", database)) as alice:
            alice.next(Live)
        scripts.append(other.welcomes())
        _, alice = end_of(session := Session(there.address, "alice", database))
        (changed,) = (each for each in alice.events if isinstance(each, CertificateChanged))
        session.trust.replace(there.address, changed.fingerprint)
        with Watched(Session(there.address, "alice", database)) as alice:
            assert alice.next(Encrypted) == Encrypted(words(other.fingerprint), is_new=False)
            alice.next(Live)
    assert other.heard == b"token"  # and the chat goes on with it


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"SERVER~The chat is full\n", "The chat is full"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP/1.1 400 Bad Request"),
        (b"\xff\x1b[31m" + b"x" * 1_000, "\ufffd\ufffd[31m" + "x" * 294),
        (b"", ""),
    ],
)
def test_a_host_that_does_not_encrypt_hears_no_name(
    database: Database, answer: bytes, why: str
) -> None:
    heard, script = hears(lambda sock: sock.sendall(answer))
    with ScriptedHost(script) as there:
        end, _ = end_of(Session(there.address, "alice", database))
    assert end == NotIn(Problem.NOT_ENCRYPTED, why)
    assert heard[0].startswith(b"\x16\x03")
    assert b"alice" not in heard[0]
    assert database.install.encode() not in heard[0]


@pytest.mark.usefixtures("elsewhere")
def test_a_host_that_never_answers(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "CONNECT_SECONDS", 0.2)
    with ScriptedHost(wait_for_end) as there:
        session = Session(there.address, "alice", database)
        assert end_of(session)[0].problem is Problem.NOT_ENCRYPTED
        session.trust.replace(there.address, bytes(32))
        session = Session(there.address, "alice", database)
        assert end_of(session)[0].problem is Problem.NO_ANSWER


@pytest.mark.usefixtures("elsewhere")
def test_who_allows_it_joins_a_host_that_does_not_encrypt(database: Database) -> None:
    with ScriptedHost(lets_in) as there:
        session = Session(there.address, "alice", database, plaintext=True)
        with Watched(session) as alice:
            alice.next(Live)
            assert not any(isinstance(each, Encrypted) for each in alice.events)


@pytest.mark.usefixtures("elsewhere")
def test_leave_to_send_in_the_clear_is_for_once(database: Database) -> None:
    """There is something to see without a host; but the person has to know why it is not there."""
    with (
        ScriptedHost(lets_in) as there,
        Watched(Session(there.address, "alice", database, plaintext=True)) as alice,
    ):
        alice.next(Live)
    heard, script = hears(lambda sock: sock.sendall(b"SERVER~Hello\n"))
    with ScriptedHost(script, there.address.port) as there:
        end, alice = end_of(Session(there.address, "alice", database))
    assert end.problem is Problem.NOT_ENCRYPTED
    assert not any(isinstance(each, Opened) for each in alice.events)
    assert b"alice" not in heard[0]


@pytest.mark.usefixtures("elsewhere")
def test_a_host_that_encrypted_once_has_to_for_ever(database: Database) -> None:
    heard, script = hears(lambda sock: sock.sendall(b"SERVER~Hello\n"))
    with ScriptedHost(script) as there:
        session = Session(there.address, "alice", database, plaintext=True)
        session.trust.replace(there.address, bytes(32))
        end, _ = end_of(session)
    assert end == NotIn(Problem.NO_LONGER_ENCRYPTED, "it does not encrypt now (Hello)")
    assert b"alice" not in heard[0]


def test_a_join_code_is_not_set_aside_by_leave_to_send_in_the_clear(database: Database) -> None:
    heard, script = hears(lambda sock: sock.sendall(b"SERVER~Hello\n"))
    with ScriptedHost(script) as there:
        session = Session(there.address, "alice", database, key=bytes(10), plaintext=True)
        end, _ = end_of(session)
    assert end.problem is Problem.NO_LONGER_ENCRYPTED
    assert b"alice" not in heard[0]


@pytest.mark.usefixtures("elsewhere")
def test_a_host_that_is_away_for_a_while_may_answer_oddly(database: Database) -> None:
    """Whoever was in comes back, whatever answers in between; and says nothing to it."""
    with running_server() as server, Watched(Session(server.address, "alice", database)) as alice:
        alice.next(Live)
    heard, script = hears(lambda sock: sock.sendall(b"SERVER~Hello\n"))
    with ScriptedHost(script) as there:
        session = Session(there.address, "alice", database)
        session.trust.replace(there.address, bytes(32))
        with database.writing() as connection:
            connection.execute("UPDATE chat SET address = ?", (str(there.address),))
        with Watched(session) as alice:
            alice.next(Opened)
            assert "Hello" in alice.next(Lost).why
    assert b"alice" not in heard[0]


@pytest.mark.usefixtures("elsewhere")
def test_a_token_is_not_for_whoever_claims_to_have_the_log(
    database: Database, tmp_path: Path
) -> None:
    """A log's name is no secret: whoever was in the chat can host another one that bears it."""
    honest, hostile = Host(tmp_path / "honest"), Host(tmp_path / "hostile")
    refusal = tagged.Refused("name-taken", "That name is taken.", log="log")
    visit(honest, database)

    def claims(sock: socket.socket) -> None:
        with hostile.context.wrap_socket(sock, server_side=True) as secure:
            hostile.heard += secure.recv(65_536)
            secure.sendall(tagged.encode(refusal))
            hostile.heard += secure.recv(65_536)

    with ScriptedHost(claims) as there:
        assert end_of(Session(there.address, "alice", database))[0].problem is Problem.NAME_REFUSED
    assert b"alice" in hostile.heard
    assert b"token" not in hostile.heard

    with ScriptedHost(hostile.welcomes()) as there:
        end, _ = end_of(Session(there.address, "alice", database))
    assert end.problem is Problem.NOT_LET_IN
    assert "does not have that one's key" in end.detail


@pytest.mark.usefixtures("elsewhere")
def test_the_same_host_is_known_under_another_address(database: Database, tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    visit(host, database)

    def asks(sock: socket.socket) -> None:
        refusal = tagged.Refused("name-taken", "That name is taken.", log="log")
        with host.context.wrap_socket(sock, server_side=True) as secure:
            secure.recv(65_536)
            secure.sendall(tagged.encode(refusal))
            assert welcome(secure).token == "token"
            wait_for_end(secure)

    with ScriptedHost(asks) as there, Watched(Session(there.address, "alice", database)) as alice:
        assert not alice.next(Encrypted).is_new
        alice.next(Live)


@pytest.mark.usefixtures("elsewhere")
def test_a_close_ends_a_handshake(database: Database) -> None:
    arrived: list[bytes] = []

    def stall(sock: socket.socket) -> None:
        arrived.append(sock.recv(65_536))
        wait_for_end(sock)

    with ScriptedHost(stall) as there:
        session = Session(there.address, "alice", database)
        with Watched(session) as alice:
            wait_until(lambda: arrived)
            session.close()
            session.join(PATIENCE / 2)
            assert not alice.is_running


@pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")
def test_a_host_on_this_computer_is_the_same_wherever_it_shows_its_key(database: Database) -> None:
    with running_server(host="0.0.0.0") as server:
        key = read_fingerprint(server.identity.certificate)[:10]
        for host, code in ((own_addresses()[0], b""), ("127.0.0.1", key), ("127.0.0.1", b"")):
            at = Address(host, server.address.port)
            with Watched(Session(at, "alice", database, key=code)) as alice:
                alice.next(Encrypted)
                alice.next(Live)


def test_other_keys_than_ours_are_no_reason_to_fail(tmp_path: Path) -> None:
    """A certificate that cannot be read is told, and is no error of the program."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("aNULL:@SECLEVEL=0")
    context.maximum_version = ssl.TLSVersion.TLSv1_2

    def script(sock: socket.socket) -> None:
        context.wrap_socket(sock, server_side=True)

    with opened(tmp_path) as database, ScriptedHost(script) as there:
        address = Address(there.address.host, there.address.port)
        end, _ = end_of(Session(address, "alice", database, key=bytes(10)))
    assert end.problem is Problem.NOT_LET_IN


LOADED = """
import pathlib, sys
from tkchat.client.own_host import OwnHost
from tkchat.client.security import Security
from tkchat.client.trust import Trust
from tkchat.net.address import Address
own = OwnHost(pathlib.Path(sys.argv[3]))
Security(Address(sys.argv[1], int(sys.argv[2])), Trust(None), print, own=own).prepare()
print("cryptography.x509" in sys.modules and "tkchat.net.tls" in sys.modules)
"""


def test_what_encrypts_is_there_before_a_host_waits_for_it(tmp_path: Path) -> None:
    def is_loaded(address: Address) -> bool:
        arguments = [sys.executable, "-c", LOADED, address.host, str(address.port), str(tmp_path)]
        told = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=CHECKOUT)
        return told.stdout == "True\n"

    assert is_loaded(Address("192.0.2.1"))
    assert not is_loaded(Address("127.0.0.1"))
    hosting = host(tmp_path, port=0)
    try:
        assert is_loaded(hosting.address)
    finally:
        hosting.stop()
