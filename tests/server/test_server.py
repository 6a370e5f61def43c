"""The server as a whole: who may connect, and a clean end."""

import contextlib
import socket
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.net.pairs import read_to_end
from tests.server.crowd import crowd
from tests.support import Client, connect_socket, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.net.address import Address, own_addresses
from tkchat.net.errors import ListenFailed
from tkchat.net.stream import Chunk, PlainStream
from tkchat.server import hub
from tkchat.server import server as server_module
from tkchat.server.log import Log, LogDamaged, LogInUse
from tkchat.server.server import Options, Server
from tkchat.wire.tagged import Gap

CLOSING = "SERVER~The chat is closing"


def test_closing_tells_everybody_wherever_they_are() -> None:
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            alice = stack.enter_context(Client(server.address, "alice"))
            bob = stack.enter_context(Client(server.address, "bob"))
            nobody = stack.enter_context(Client(server.address))
            bob.say("/join games")
            bob.read_until("SERVER~bob joined the room games")
            wait_until(lambda: server.connections == 3)
        alice.read_until("SERVER~bob left the room general")
        for client in (alice, bob, nobody):
            client.expect_end(CLOSING)


class SlowStream(PlainStream):
    """A stream that takes 10,000 bytes every two milliseconds."""

    next_at = 0.0

    def send_now(self, chunks: Sequence[Chunk]) -> int:
        if time.monotonic() < self.next_at:
            return 0
        self.next_at = time.monotonic() + 0.002
        return super().send_now([b"".join(chunks)[:10_000]])


class FullStream(PlainStream):
    """A stream that takes nothing."""

    def send_now(self, chunks: Sequence[Chunk]) -> int:
        return 0


def test_closing_does_not_cut_what_is_still_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "FLUSH_SECONDS", 10.0)
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            bob = stack.enter_context(Client(server.address, "bob"))
            monkeypatch.setattr(server_module, "PlainStream", SlowStream)
            alice = stack.enter_context(Client(server.address, "alice"))
            bob.expect("SERVER~alice joined the chat app")
            bob.say(*["x" * 4_000] * 50)
            bob.read_lines(50)
        alice.expect_end(*["bob~" + "x" * 4_000] * 50, CLOSING)


def test_closing_does_not_wait_for_who_never_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            alice = stack.enter_context(Client(server.address, "alice"))
            monkeypatch.setattr(server_module, "PlainStream", FullStream)
            stack.enter_context(connect_socket(server.address)).sendall(b"deaf\n")
            alice.expect("SERVER~deaf joined the chat app")
            began = time.monotonic()
        assert time.monotonic() - began < 2
        alice.expect_end(CLOSING)


def test_closing_while_everybody_talks() -> None:
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            clients = stack.enter_context(crowd(server.address, 20))
            for number, client in enumerate(clients):
                client.say(f"p{number}", *["x"] * 500)
        for client in clients:
            with contextlib.suppress(ConnectionError):  # what it said was not all read
                read_to_end(client.socket)


def test_closing_while_readers_pause_for_a_busy_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BUSY_ITEMS", -1)  # busy for ever
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            alice = stack.enter_context(Client(server.address, "alice"))
            alice.say("waits for ever")
        while alice.read_line() != CLOSING:
            pass


def test_closing_twice_and_closing_what_never_started() -> None:
    server = Server(Options(port=0))
    server.close()
    server.close()


def test_a_port_in_use_leaves_nothing_open() -> None:
    with running_server() as server:
        again = Server(Options(port=server.address.port))
        with pytest.raises(ListenFailed, match="already in use"):
            again.start()


def test_a_log_that_cannot_be_loaded_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(log: Log) -> None:
        raise LogDamaged("The log is damaged.")

    broken = Server(Options(port=0, data=tmp_path))
    with monkeypatch.context() as patched:
        patched.setattr(Log, "load", fail)
        with pytest.raises(LogDamaged):
            broken.start()
    with running_server(data=tmp_path) as server, Client(server.address, "alice"):
        pass


def test_a_folder_in_use_leaves_nothing_open(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server:
        again = Server(Options(port=0, data=tmp_path))
        with pytest.raises(LogInUse):
            again.start()
        with pytest.raises(ConnectionRefusedError):
            connect_socket(again.address)
        with Client(server.address, "alice"):
            pass


def test_what_is_too_old_is_removed(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, Client(server.address, "alice") as alice:
        alice.say("one", "two")
        alice.expect("alice~one", "alice~two")
    with (
        running_server(data=tmp_path, keep_days=1e-9) as server,
        TaggedClient(server.address, "bob") as bob,
    ):

        def is_trimmed() -> bool:
            with TaggedClient(server.address, "bob", token=bob.token, since=0) as again:
                return Gap(1, 1) in again.heard and len(again.entries) == 1

        wait_until(is_trimmed)


@pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")
def test_who_is_turned_away_hears_why_whatever_they_sent() -> None:
    host = own_addresses()[0]
    with running_server(host="0.0.0.0") as server:
        silent = connect_socket(Address(host, server.address.port))
        for _ in range(20):
            with Client(Address(host, server.address.port)) as elsewhere:
                elsewhere.send(b"alice\n" * 10_000)
                line = elsewhere.read_line()
                assert line is not None
                assert line.endswith("with --allow-plaintext.")
                elsewhere.expect_end()
        # Who does not hang up is not waited for.
        wait_until(lambda: not server.connections, timeout=4)
        silent.close()


def test_the_same_port_can_be_hosted_on_again_at_once() -> None:
    with running_server() as server, Client(server.address, "alice") as alice:
        port = server.address.port
        server.close()
        alice.expect_end(CLOSING)
    with running_server(port=port) as server, Client(server.address, "alice"):
        assert server.address.port == port


def test_connections_are_counted_until_they_have_left(server: Server) -> None:
    assert server.connections == 0
    with Client(server.address, "alice"), Client(server.address):
        wait_until(lambda: server.connections == 2)
    wait_until(lambda: server.connections == 0)


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this computer has no IPv6")
def test_ipv6() -> None:
    with running_server(host="::1") as server, Client(server.address, "alice") as alice:
        alice.say("hello")
        alice.expect("alice~hello")


@pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")
def test_other_computers_need_leave_to_join_without_encryption() -> None:
    host = own_addresses()[0]
    with running_server(host="0.0.0.0") as server:
        with Client(Address(host, server.address.port)) as elsewhere:
            line = elsewhere.read_line()
            assert line is not None
            assert line.endswith("with --allow-plaintext.")
            assert elsewhere.read_line() is None
        with Client(Address("127.0.0.1", server.address.port), "alice"):
            pass
    with (
        running_server(host="0.0.0.0", allow_plaintext=True) as server,
        Client(Address(host, server.address.port), "alice") as elsewhere,
    ):
        elsewhere.say("hello")
        elsewhere.expect("alice~hello")
