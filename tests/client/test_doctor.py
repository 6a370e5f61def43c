"""Whole examinations, of real hosts and of what else listens; none may take long."""

import socket
import threading
import time
from ipaddress import IPv4Interface
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost
from tests.support import running_server
from tkchat.client import doctor
from tkchat.client.doctor import MOST_SECONDS, examine, examine_here, is_here
from tkchat.client.findings import Finding, State, Step
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import read_fingerprint
from tkchat.wire.join_code import decode

own = own_addresses()
in_network = pytest.mark.skipif(not own, reason="this computer is in no network")


@pytest.fixture(autouse=True)
def hears_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not listen for chats nearby: tests/scenarios does so, in a network of its own."""
    monkeypatch.setattr(doctor, "LISTEN_SECONDS", 0.0)


def steps(found: list[Finding]) -> list[tuple[Step, State]]:
    return [(finding.step, finding.state) for finding in found]


def bad(found: list[Finding]) -> list[Step]:
    return [finding.step for finding in found if finding.state is State.BAD]


def test_all_is_well_on_this_computer() -> None:
    with running_server(announce=True, title="Class 3b") as server:
        found = list(examine(server.address))
    assert steps(found) == [(Step.CONNECT, State.OK), (Step.HOST, State.OK)]
    assert found[1].text == "The chat Class 3b answers."


def test_all_is_well_by_a_name() -> None:
    with running_server() as server:
        found = list(examine(Address("localhost", server.address.port)))
    assert steps(found)[0] == (Step.NAME, State.OK)
    assert not bad(found)


def test_the_right_key_and_a_wrong_one(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server:
        fingerprint = read_fingerprint(server.identity.certificate)
        found = list(examine(server.address, fingerprint[:10]))
        assert (Step.CERTIFICATE, State.OK) in steps(found)
        found = list(examine(server.address, bytes(10)))
        assert bad(found) == [Step.CERTIFICATE]


@in_network
def test_a_known_key_and_another_one() -> None:
    with running_server(host="0.0.0.0") as server:
        address = Address(own[0], server.address.port)
        fingerprint = read_fingerprint(server.identity.certificate)
        assert "as before" in list(examine(address, pinned=fingerprint))[-1].text
        assert bad(list(examine(address, pinned=bytes(32)))) == [Step.CERTIFICATE]
        (*_, last) = examine(address)
        assert (last.step, last.state) == (Step.CERTIFICATE, State.OK)


def test_nothing_listens() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        found = list(examine(Address("127.0.0.1", bound.getsockname()[1])))
    assert bad(found) == [Step.CONNECT]
    assert "No chat is open on this computer" in found[0].text


@in_network
def test_a_host_that_listens_to_its_own_computer_only() -> None:
    with running_server() as server:
        (finding,) = examine(Address(own[0], server.address.port))
        assert "from this computer only" in finding.text
        assert "--host 0.0.0.0" in finding.advice
        (finding,) = examine_here(server.address.port)
        assert "from this computer only" in finding.text


def test_no_answer(unanswering: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CONNECT_SECONDS", 0.3)
    monkeypatch.setattr(doctor, "own_networks", lambda: [IPv4Interface("127.0.0.9/8")])
    found = list(examine(unanswering))
    assert bad(found) == [Step.CONNECT]
    assert "does not answer at all" in found[0].text


def test_a_misspelt_address() -> None:
    assert bad(list(examine(Address("192.168.1.300")))) == [Step.NAME]


def test_an_unknown_name() -> None:
    found = list(examine(Address("nosuch.invalid")))
    assert bad(found) == [Step.NAME]


@pytest.mark.parametrize(
    ("said", "step", "state"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", Step.HOST, State.BAD),
        (b"", Step.HOST, State.BAD),
        (b"SERVER~This chat is full\n", Step.DOOR, State.BAD),
        (b"bob~hello\n", Step.HOST, State.WARN),
        (b"@event=refused;code=bad-line SERVER~no\n", Step.VERSION, State.WARN),
        (b"@event=info;v=2\n", Step.VERSION, State.BAD),
        (b"@event=info;v=1;doors=password\n", Step.DOOR, State.WARN),
        (b"@event=info;v=1;time=2020-01-01T00:00:00Z\n", Step.CLOCK, State.WARN),
    ],
)
def test_what_else_listens(said: bytes, step: Step, state: State) -> None:
    def speak(sock: socket.socket) -> None:
        sock.recv(1_000)
        sock.sendall(said)

    with ScriptedHost(speak) as host:
        found = list(examine(host.address))
    assert (step, state) in steps(found)


def test_a_host_that_should_encrypt_and_does_not() -> None:
    def speak(sock: socket.socket) -> None:
        sock.recv(1_000)
        sock.sendall(b"@event=info;v=1\n")
        sock.recv(1_000)

    with ScriptedHost(speak) as host:
        found = list(examine(host.address, key=bytes(10)))
    assert bad(found) == [Step.CERTIFICATE]
    assert "although this chat should" in found[-1].text


@pytest.mark.parametrize(("key", "pinned"), [(bytes(10), b""), (b"", bytes(32))])
def test_a_chat_that_should_encrypt_is_asked_nothing_in_plain_text(
    key: bytes, pinned: bytes
) -> None:
    heard: list[bytes] = []

    def speak(sock: socket.socket) -> None:
        heard.append(sock.recv(1_000))
        if heard[-1]:
            sock.sendall(b"SERVER~no\n")
            heard.append(sock.recv(1_000))

    with ScriptedHost(speak) as host:
        found = list(examine(host.address, key, pinned))
    assert b"\x16" in [each[:1] for each in heard]
    assert b"info" not in b"".join(heard)
    assert Step.CERTIFICATE in bad(found) or Step.DOOR in bad(found)


def test_who_never_answers_is_given_up_in_time() -> None:
    silent = threading.Event()
    with ScriptedHost(lambda _: silent.wait(30)) as host:
        began = time.monotonic()
        found = list(examine(host.address, key=bytes(10)))
        assert time.monotonic() - began < MOST_SECONDS + 1
        silent.set()
    assert bad(found) == [Step.HOST]


def test_it_can_be_called_off() -> None:
    cancelled = threading.Event()
    with running_server() as server:
        looking = examine(server.address, cancelled=cancelled)
        next(looking)
        cancelled.set()
        assert list(looking) == []


def test_nobody_hosts_here() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        (finding,) = examine_here(bound.getsockname()[1])
    assert "No chat is open" in finding.text


def test_no_network_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "own_networks", list)
    monkeypatch.setattr(doctor, "CONNECT_SECONDS", 0.3)
    with running_server() as server:
        found = list(examine_here(server.address.port))
    assert [finding.text for finding in found if finding.step is Step.NETWORK] == [
        "This computer is not in any network."
    ]


@in_network
def test_the_host_learns_how_others_join() -> None:
    with running_server(host="0.0.0.0", announce=False) as server:
        found = list(examine_here(server.address.port))
        assert not bad(found)
        codes = [finding.join_code for finding in found if finding.join_code]
        fingerprint = read_fingerprint(server.identity.certificate)
        for code in map(decode, codes):
            assert code.host in own
            assert (code.port, code.key) == (server.address.port, fingerprint[:10])
        assert codes


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", *own])
def test_this_computer(host: str) -> None:
    assert is_here(Address(host))


def test_another_computer() -> None:
    assert not is_here(Address("192.0.2.250"))
