"""One client from the first byte to the last: handshake, prompt, framing, flood limit, leaving."""

import re
import time
from collections.abc import Callable

import pytest

from tests.support import Client, keeps_data_on_reset, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server import peer
from tkchat.server.limits import Limits
from tkchat.server.server import Server
from tkchat.wire.presence import State
from tkchat.wire.requests import SayRead, SayTyping, SetPresence

EMPTY = "SERVER~A username cannot be empty. Choose another username."
DEFAULT = Limits()
FAST = Limits(flood_per_second=100.0)
PROMPT = "SERVER~Type your username and press Return."


def test_two_people_chat(server: Server) -> None:
    with Client(server.address) as alice, Client(server.address) as bob:
        alice.say("alice")
        alice.expect("SERVER~alice joined the chat app")
        bob.say("bob")
        bob.expect("SERVER~bob joined the chat app")
        alice.expect("SERVER~bob joined the chat app")
        alice.say("hello")
        bob.expect("alice~hello")
        bob.say("hi  there ~ /who ")
        bob.close()
        alice.expect("alice~hello", "bob~hi  there ~ /who ", "SERVER~bob left the chat app")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (b"", "A username cannot be empty."),
        (b"al ice", "A username cannot have a space in it."),
        (b"al~ice", "A username cannot have ~ in it."),
        (b"al@ice", "A username cannot have @ in it."),
        (b"/help", "A username cannot have / in it."),
        (b"SERVER", "The name SERVER is the host's own."),
        (b"server", "The name SERVER is the host's own."),
        (b"Taken", "The name Taken is taken."),
        (b"taken", "The name taken is taken."),
        (b"x" * 33, "A username has at most 32 characters."),
        (b"\xff\xfe", "A username cannot have \ufffd in it."),
        (b"\0", "A username cannot have the character U+0000 in it."),
        (b"\x1b[31m", "A username cannot have the character U+001B in it."),
        (
            b"x" * 20_000,
            "That line has over 16384 bytes. It was not used: please split it.",
        ),
    ],
)
def test_a_refused_name_may_be_followed_by_another(server: Server, name: bytes, why: str) -> None:
    with Client(server.address, "Taken") as taken, Client(server.address) as alice:
        alice.send(name + b"\n")
        alice.expect(f"SERVER~{why} Choose another username.")
        alice.say("alice")
        alice.expect("SERVER~alice joined the chat app")
        taken.expect("SERVER~alice joined the chat app")


def test_a_name_comes_in_its_normal_form(server: Server) -> None:
    with Client(server.address) as zoe:
        zoe.say("\uff3aoe\u0308", "hello")
        zoe.expect("SERVER~Zo\xeb joined the chat app", "Zo\xeb~hello")


def test_the_name_and_more_in_one_go(server: Server) -> None:
    with Client(server.address) as alice:
        alice.send(b"alice\r\nhello\r\n/who\r\n")
        alice.expect(
            "SERVER~alice joined the chat app", "alice~hello", "SERVER~In general (1): alice"
        )


def test_who_stays_silent_is_asked_for_a_name_once() -> None:
    with running_server() as server, Client(server.address) as alice:
        began = time.monotonic()
        alice.expect(PROMPT)
        assert 1.9 < time.monotonic() - began < 5
        alice.say("alice")
        alice.expect("SERVER~alice joined the chat app")


def test_who_has_tried_a_name_is_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "PROMPT_AFTER_SECONDS", 0.2)
    with Client(server.address) as alice, Client(server.address) as silent:
        alice.say("")
        alice.expect(EMPTY)
        silent.expect(PROMPT)
        with Client(server.address) as later:
            later.expect(PROMPT)
        alice.say("alice")
        alice.expect("SERVER~alice joined the chat app")


def test_a_handshake_takes_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "PROMPT_AFTER_SECONDS", 0.1)
    with (
        running_server(limits=Limits(handshake_seconds=0.3)) as server,
        Client(server.address) as nobody,
    ):
        nobody.expect_end(PROMPT, "SERVER~No username came within 0.3 seconds. Goodbye")


@pytest.mark.parametrize(
    "flood", [b"x", b"\n", b"a b\n"], ids=["drips", "blank lines", "bad names"]
)
def test_a_handshake_is_not_prolonged_by_sending(flood: bytes) -> None:
    with (
        running_server(limits=Limits(handshake_seconds=0.5)) as server,
        Client(server.address) as nobody,
    ):

        def is_closed() -> bool:
            try:
                nobody.send(flood)
            except ConnectionError:
                return True
            return not server.connections

        wait_until(is_closed)


def test_who_hangs_up_can_come_back_at_once(server: Server) -> None:
    for _ in range(20):
        with Client(server.address, "alice"):
            pass


def test_unframed_all_the_way(server: Server) -> None:
    with Client(server.address, "bob") as bob, Client(server.address) as alice:
        alice.send(b"alice")
        alice.expect("SERVER~alice joined the chat app")
        alice.send(b"hello")
        alice.expect("alice~hello")
        alice.send(b"/who")
        alice.expect("SERVER~In general (2): bob alice")
        bob.expect("SERVER~alice joined the chat app", "alice~hello")


def test_unframed_and_framed_people_understand_each_other(server: Server) -> None:
    with Client(server.address) as tutorial, Client(server.address, "bob") as bob:
        tutorial.send(b"alice")
        bob.expect("SERVER~alice joined the chat app")
        tutorial.read_until("SERVER~alice joined the chat app")
        bob.say("hello")
        tutorial.expect("bob~hello")
        tutorial.send(b"hi")
        bob.expect("bob~hello", "alice~hi")


def test_one_line_end_makes_a_client_framed(server: Server) -> None:
    with Client(server.address) as alice:
        alice.send(b"alice")
        alice.expect("SERVER~alice joined the chat app")
        alice.send(b"one\nhal")
        alice.expect("alice~one")
        time.sleep(0.3)  # longer than the silence that would end an unframed line
        alice.send(b"f\n")
        alice.expect("alice~half")


def test_an_unframed_refused_name(server: Server) -> None:
    with Client(server.address) as alice:
        alice.send(b"al ice")
        alice.expect("SERVER~A username cannot have a space in it. Choose another username.")
        alice.send(b"alice")
        alice.expect("SERVER~alice joined the chat app")


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (b"alice\nhello\nhal", ["SERVER~alice joined the chat app", "alice~hello"]),
        (b"alice\nhello\n/who\n", ["SERVER~alice joined the chat app", "alice~hello",
                                   "SERVER~In general (2): bob alice"]),
        (b"alice", ["SERVER~alice joined the chat app"]),
    ],
)  # fmt: skip
def test_who_stops_sending_still_gets_all_that_came_of_it(
    server: Server, sent: bytes, heard: list[str]
) -> None:
    with Client(server.address, "bob") as bob:
        for _ in range(20):
            with Client(server.address) as alice:
                alice.send(sent)
                alice.end_sending()
                alice.expect_end(*heard)
            said = [line for line in heard if "In general" not in line]
            bob.expect(*said, "SERVER~alice left the chat app")


def test_a_half_line_at_the_end_is_not_said(server: Server) -> None:
    with Client(server.address, "bob") as bob, Client(server.address, "alice") as alice:
        alice.send(b"one\nI owe you 100")
        alice.close()
        bob.expect(
            "SERVER~alice joined the chat app", "alice~one", "SERVER~alice left the chat app"
        )


@pytest.mark.parametrize(
    "hang_up", [Client.end_sending, pytest.param(Client.reset, marks=keeps_data_on_reset)]
)
def test_a_half_line_of_an_unframed_client_is_said(
    server: Server, hang_up: Callable[[Client], None]
) -> None:
    with Client(server.address, "bob") as bob, Client(server.address) as alice:
        alice.send(b"alice")
        bob.expect("SERVER~alice joined the chat app")
        alice.send(b"bye")
        hang_up(alice)
        bob.expect("alice~bye", "SERVER~alice left the chat app")


def test_a_fast_sender_is_slowed_and_loses_nothing() -> None:
    lines = [str(number) for number in range(50)]
    with (
        running_server(flood_limit=True, limits=FAST) as server,
        Client(server.address, "bob") as bob,
        Client(server.address, "alice") as alice,
    ):
        bob.expect("SERVER~alice joined the chat app")
        alice.say(*lines[:40])
        alice.say(*lines[40:])
        began = time.monotonic()
        bob.expect(*(f"alice~{line}" for line in lines[: DEFAULT.flood_burst]))
        bob.expect(*(f"alice~{line}" for line in lines[DEFAULT.flood_burst :]))
        assert time.monotonic() - began > 0.35
        bob.say("bob is not slowed")
        bob.expect("bob~bob is not slowed")


def test_a_fast_sender_who_leaves_is_heard_to_the_end() -> None:
    with (
        running_server(flood_limit=True, limits=FAST) as server,
        Client(server.address, "bob") as bob,
    ):
        with Client(server.address) as alice:
            alice.say("alice", *map(str, range(30)))
        bob.expect("SERVER~alice joined the chat app", *(f"alice~{n}" for n in range(30)))
        bob.expect("SERVER~alice left the chat app")


def test_reading_and_typing_do_not_delay_what_is_said() -> None:
    with (
        running_server(flood_limit=True) as server,
        TaggedClient(server.address, "alice") as alice,
        Client(server.address, "bob") as bob,
    ):
        passing = (SayTyping("general"), SayRead("general", 1), SetPresence(State.BUSY))
        began = time.monotonic()
        for number in range(DEFAULT.flood_burst):
            alice.ask(*passing[number % 3 : number % 3 + 1])
            alice.say(str(number), mid="")
        bob.expect(*(f"alice~{number}" for number in range(DEFAULT.flood_burst)))
        assert time.monotonic() - began < 1 / DEFAULT.flood_per_second * DEFAULT.flood_burst


def test_a_message_of_many_lines_slows_its_sender() -> None:
    with (
        running_server(flood_limit=True, limits=FAST) as server,
        TaggedClient(server.address, "alice") as alice,
        Client(server.address, "bob") as bob,
    ):
        began = time.monotonic()
        alice.say("x\n" * 500)
        alice.say("on")
        bob.read_until("alice~on")
        assert time.monotonic() - began > 0.4


def test_each_departure_is_logged_readably(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with Client(server.address, "alice") as alice:
        host, port = alice.socket.getsockname()
    with Client(server.address, "bob") as bob:
        bob.say("/quit")
        bob.read_until("SERVER~Goodbye, bob")
    wait_until(lambda: not server.connections)
    wait_until(lambda: len(caplog.messages) == 4)
    assert f"{host}:{port} is alice" in caplog.messages
    assert f"alice at {host}:{port} left (hung up)" in caplog.messages
    assert any(re.fullmatch(r"bob at .* left \(said goodbye\)", line) for line in caplog.messages)
