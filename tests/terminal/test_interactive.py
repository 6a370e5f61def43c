"""A person's chat, with typed keys and a terminal that only remembers what it was sent."""

import contextlib
import io
import queue
import re
import select
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from tests.client.hosts import ScriptedHost, read_line, wait_for_end
from tests.support import PATIENCE, Client, running_server, wait_until
from tkchat.client.database import Database
from tkchat.client.events import Came, Opened, PeopleHere, Said, Welcome
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.terminal import interactive
from tkchat.terminal.interactive import NameCompleter

CTRL_C, CTRL_D, ENTER, TAB, UP = "\x03", "\x04", "\r", "\t", "\x1b[A"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


class Screen(io.StringIO):
    """A terminal that is asked where its cursor is, and says so."""

    def __init__(self, keys: PipeInput) -> None:
        super().__init__()
        self._keys = keys

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        for _ in range(text.count("\x1b[6n")):
            self._keys.send_text("\x1b[20;1R")
        return super().write(text)


class Person:
    """Somebody at a terminal, in a thread of its own."""

    def __init__(self, address: Address, keys: PipeInput, database: Database | None) -> None:
        self._keys = keys
        self._screen = Screen(keys)
        self._codes: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.session = Session(address, "alice", database)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def press(self, *keys: str) -> None:
        for each in keys:
            self._keys.send_text(each)

    def sees(self, text: str) -> None:
        """Wait until ``text`` was shown."""
        wait_until(lambda: text in self.seen, describe=lambda: self.seen)

    @property
    def seen(self) -> str:
        """All that was ever shown, redraws included, without colours and cursor moves."""
        return ESCAPES.sub("", self._screen.getvalue())

    def exit_code(self) -> int:
        return self._codes.get(timeout=PATIENCE)

    def go(self) -> None:
        """Leave, if that has not happened."""
        with contextlib.suppress(EOFError, OSError):
            self.press(CTRL_C)
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        output = Vt100_Output(self._screen, lambda: Size(rows=24, columns=100), term="xterm")
        self.session.start()
        first = [self.session.events.get(timeout=PATIENCE)]
        while not isinstance(first[-1], Welcome | Opened):
            first.append(self.session.events.get(timeout=PATIENCE))
        try:
            with create_app_session(input=self._keys, output=output):
                self._codes.put(interactive.chat(self.session, Model("alice"), first))
        finally:
            self.session.close()
            self.session.join(PATIENCE)


@contextlib.contextmanager
def person(address: Address, database: Database | None = None) -> Iterator[Person]:
    """Let somebody chat; with ``database`` in the tagged dialect."""
    with create_pipe_input() as keys:
        alice = Person(address, keys, database)
        try:
            yield alice
        finally:
            alice.go()


def test_a_conversation() -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        person(server.address) as alice,
    ):
        alice.sees("You are in general as alice.")
        alice.sees("In general: bob alice")
        alice.sees("general · 2 people · connected as alice")
        alice.press("hello", ENTER)
        bob.read_until("alice~hello")
        alice.sees("alice: hello")
        bob.say("red \x1b[31m alert")
        alice.sees("bob: red \ufffd[31m alert")
        assert "alice joined" not in alice.seen


def test_what_is_typed_is_drawn_again_below_what_comes() -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        person(server.address) as alice,
    ):
        alice.press("half ty")
        alice.sees("> half ty")
        bob.say("surprise")
        alice.sees("bob: surprise")
        wait_until(lambda: "> half ty" in alice.seen.partition("bob: surprise")[2])
        alice.press("ped", ENTER)
        bob.read_until("alice~half typed")


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C, "half typed" + CTRL_C, "/quit\r", " /QUIT \r"])
def test_leaving(keys: str) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        with person(server.address) as alice:
            alice.sees("You are in general")
            alice.press(keys)
            assert alice.exit_code() == 0
        bob.read_until("SERVER~alice left the chat app")


def test_what_was_said_last_is_not_lost_by_leaving() -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        with person(server.address) as alice:
            alice.sees("You are in general")
            alice.press("bye", ENTER, CTRL_D)
            assert alice.exit_code() == 0
        bob.read_until("alice~bye")


def test_leaving_waits_for_the_host_to_have_what_was_said() -> None:
    has_left = []

    def slow(sock: socket.socket) -> None:
        sock.sendall(f"SERVER~{read_line(sock)} joined the chat app\n".encode())
        while read_line(sock) != "bye":
            pass
        has_left.append(bool(select.select([sock], [], [], 0.3)[0]))
        sock.sendall(b"alice~bye\n")
        wait_for_end(sock)

    with ScriptedHost(slow) as host, person(host.address) as alice:
        alice.sees("You are in general")
        alice.press("bye", ENTER, CTRL_D)
        assert alice.exit_code() == 0
    assert has_left == [False]


def test_while_the_connection_is_lost_the_text_is_kept() -> None:
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            alice = stack.enter_context(person(server.address))
            alice.sees("You are in general")
        alice.sees("The connection is lost: The chat is closing.")
        alice.sees("trying again in")
        alice.press("not lost", ENTER)
        alice.sees("Your text is kept.")
        with running_server(port=server.address.port), Client(server.address, "bob") as bob:
            alice.sees("general · 2 people")
            alice.press(ENTER)
            bob.read_until("alice~not lost")
            assert alice.seen.count("The connection is lost") == 1


def test_what_may_not_have_arrived_is_told() -> None:
    def vanish(sock: socket.socket) -> None:
        sock.sendall(f"SERVER~{read_line(sock)} joined the chat app\n".encode())
        while read_line(sock).startswith("/"):
            pass

    with ScriptedHost(vanish) as host, person(host.address) as alice:
        alice.sees("You are in general")
        alice.press("hello", ENTER)
        alice.sees("This may not have arrived: hello")


def test_rooms_are_shown_when_asked_for() -> None:
    with running_server() as server, person(server.address) as alice:
        alice.sees("In general: alice")
        alice.press("/join ops", ENTER)
        alice.sees("You are in ops now.")
        alice.sees("In ops: alice")
        assert "Rooms:" not in alice.seen
        alice.press("/rooms", ENTER)
        alice.sees("Rooms: general (0) ops (1)")


def test_a_message_that_is_too_long_is_kept() -> None:
    with running_server() as server, person(server.address) as alice:
        alice.sees("You are in general")
        alice.press("x" * 4001, ENTER)
        alice.sees("It was not sent: please split it.")


def test_keys_for_names_and_for_what_was_typed_before() -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        person(server.address) as alice,
    ):
        alice.sees("In general: bob alice")
        alice.press("bo", TAB, "hi", ENTER)
        bob.read_until("alice~bob: hi")
        wait_until(lambda: ">" in alice.seen.partition("alice: bob: hi")[2])  # ready for more
        alice.press(UP, "!", ENTER)
        bob.read_until("alice~bob: hi!")


def test_a_flood_is_shown_in_order() -> None:
    def flood(sock: socket.socket) -> None:
        sock.sendall(f"SERVER~{read_line(sock)} joined the chat app\n".encode())
        sock.sendall("".join(f"bob~line {n}.\n" for n in range(2000)).encode())
        wait_for_end(sock)

    with ScriptedHost(flood) as host, person(host.address) as alice:
        alice.sees("bob: line 1999.")
        shown = re.findall(r"bob: line (\d+)\.", alice.seen)
    assert shown == [str(n) for n in range(2000)]


def test_with_a_host_that_keeps_a_log(database: Database) -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
    ):
        bob.say("long ago")
        bob.expect("bob~long ago")
        with person(server.address, database) as alice:
            alice.sees("In general: bob alice")
            alice.sees("bob: long ago")
            alice.press("hello", ENTER, "/msg bob psst", ENTER)
            bob.read_until("alice~hello")
            bob.expect("alice~(to bob only) psst")
            alice.sees("alice: (to bob only) psst")
            alice.press("/rooms", ENTER)
            alice.sees("Rooms: general (2)")
            alice.press("/join ops", ENTER)
            alice.sees("You are in ops now.")
            bob.say("/msg alice to you")
            alice.sees("bob: (to alice only) to you")
            alice.press("/dance", ENTER)
            alice.sees("There is no command /dance")
            alice.press(CTRL_C, CTRL_D)
            assert alice.exit_code() == 0
        assert alice.seen.count("alice: hello") == 1


def test_without_the_host_what_is_said_waits(tmp_path: Path, database: Database) -> None:
    data = tmp_path / "host"
    with running_server(data=data) as server, Client(server.address, "bob") as bob:
        bob.say("remember")
        with person(server.address, database) as alice:
            alice.sees("bob: remember")
    with person(server.address, database) as alice:
        alice.sees("What you say is kept until it is.")
        alice.sees("bob: remember")
        alice.press("see you", ENTER)
        alice.sees("alice: see you  (waiting)")
        alice.press(CTRL_D)
        assert alice.exit_code() == 0
        alice.sees("1 message waits on this computer, to be sent when you are here again.")
    with (
        running_server(data=data, port=server.address.port),
        Client(server.address, "bob") as bob,
        person(server.address, database) as alice,
    ):
        bob.read_until("alice~see you")
        alice.sees("alice: see you")


@pytest.mark.parametrize(
    ("before", "completed"),
    [
        ("b", ["bob: ", "bert: "]),
        ("B", ["bob: ", "bert: "]),
        ("hi bo", ["bob "]),
        ("@bo", ["bob: "]),
        ("", []),
        ("hi ", []),
        ("al", []),
        ("x", []),
    ],
)
def test_completion(before: str, completed: list[str]) -> None:
    model = Model("alice")
    for event in (
        Welcome("alice", "general"),
        Came("alice"),
        PeopleHere(("bert", "bob", "zoe")),
        Said("bob", "hi"),
    ):
        model.apply(event, Changes())
    document = Document(before)
    found = list(NameCompleter(model).get_completions(document, CompleteEvent()))
    assert [each.text for each in found] == completed


def test_earlier_messages_are_answered_and_changed_by_commands(database: Database) -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        person(server.address, database) as alice,
    ):
        alice.sees("general · 2 people")
        bob.say("lunch?")
        alice.sees("bob: lunch?")
        alice.press("/reply bob yess", ENTER)
        alice.sees("alice: (to bob: lunch?) yess")
        bob.read_until("alice~(to bob: lunch?) yess")
        alice.press("/edit yes", ENTER)
        alice.sees("alice: (edited) yes")
        bob.read_until("alice~(edited) yes")
        alice.press("/react bob :tada:", ENTER)
        alice.sees("alice: (reacts with 🎉 to bob: lunch?)")
        alice.press("/help", ENTER)
        alice.sees("/reply NAME TEXT")
        alice.sees("/topic [TEXT]")
        alice.press("/reply dan hello", ENTER)
        alice.sees("There is no message of dan here.")
