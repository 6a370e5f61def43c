"""What proves a name is told to the host that gave it, and to nobody who only says so."""

import socket
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost, Watched, read_line
from tests.client.tls_hosts import Host, end_of, hears, last_of, lets_in
from tkchat.client.database import Database
from tkchat.client.events import Live, Problem
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.wire import requests, tagged
from tkchat.wire.lines import decode_tagged


class Claimant:
    """A host that does not encrypt, and says that it has the log of another one."""

    def __init__(self) -> None:
        self.hellos: list[requests.Hello] = []

    def __call__(self, sock: socket.socket) -> None:
        refusal = tagged.Refused("name-taken", "That name is taken.", log="log")
        while line := read_line(sock):
            self.hellos.append(requests.decode_hello(decode_tagged(line.encode())))
            sock.sendall(tagged.encode(refusal))


@pytest.mark.usefixtures("elsewhere")
def test_a_code_for_another_key_at_the_same_address_does_not_hand_out_the_token(
    database: Database, tmp_path: Path
) -> None:
    honest, hostile = Host(tmp_path / "honest"), Host(tmp_path / "hostile")
    scripts = [honest.welcomes()]
    with ScriptedHost(last_of(scripts)) as there:
        with Watched(Session(there.address, "alice", database)) as alice:
            alice.next(Live)
        scripts.append(hostile.welcomes("their log"))
        code = hostile.fingerprint[:10]
        with Watched(Session(there.address, "alice", database, key=code)) as alice:
            alice.next(Live)
        assert hostile.heard == b""
    assert hostile.visits


def _visit(database: Database, *, plaintext: bool) -> None:
    with ScriptedHost(lets_in) as there:
        session = Session(there.address, "alice", database, plaintext=plaintext)
        with Watched(session) as alice:
            alice.next(Live)


def _ask_claimant(database: Database, *, plaintext: bool) -> list[requests.Hello]:
    claimant = Claimant()
    with ScriptedHost(claimant) as there:
        end, _ = end_of(Session(there.address, "alice", database, plaintext=plaintext))
    assert end.problem is Problem.NAME_REFUSED
    return claimant.hellos


@pytest.mark.usefixtures("elsewhere")
def test_in_plain_text_a_log_proves_nothing(database: Database) -> None:
    _visit(database, plaintext=True)
    assert [hello.token for hello in _ask_claimant(database, plaintext=True)] == [""]


def test_on_this_computer_another_port_may_be_somebody_else(database: Database) -> None:
    _visit(database, plaintext=False)
    assert [hello.token for hello in _ask_claimant(database, plaintext=False)] == [""]


def test_hosts_cannot_use_what_a_profile_is_known_by_to_others(database: Database) -> None:
    told = [hello.install for _ in range(2) for hello in _ask_claimant(database, plaintext=False)]
    assert len({*told, database.install}) == 3


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_known_key_is_asked_for_on_this_computer_too(database: Database, host: str) -> None:
    heard, script = hears(lambda sock: sock.sendall(b"SERVER~Hello\n"))
    with ScriptedHost(script) as there:
        session = Session(Address(host, there.address.port), "alice", database)
        session.trust.replace(session.address, bytes(32))
        assert end_of(session)[0].problem is Problem.NO_LONGER_ENCRYPTED
    assert heard[0].startswith(b"\x16\x03")


def test_a_name_that_stands_for_this_computer_is_no_reason_not_to_encrypt(
    database: Database,
) -> None:
    """Whoever answers the question for the name decides where it leads."""
    heard, script = hears(lambda sock: sock.sendall(b"SERVER~Hello\n"))
    with ScriptedHost(script) as there:
        end, _ = end_of(Session(Address("127.1", there.address.port), "alice", database))
    assert end.problem is Problem.NOT_ENCRYPTED
    assert heard[0].startswith(b"\x16\x03")
