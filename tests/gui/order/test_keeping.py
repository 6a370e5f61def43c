"""Keeping order in the chat window: what is to be seen of it, with a real host."""

import threading
from collections.abc import Iterator
from pathlib import Path
from tkinter import ttk

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, press, text_of
from tests.gui.order.order_chat import Chat
from tests.server.order_kit import hosted, order, ordered
from tests.tagged import TaggedClient
from tkchat.client.order import Role
from tkchat.server.server import Server
from tkchat.wire.order import Done
from tkchat.wire.requests import Hello, encode_hello
from tkchat.wire.tagged import Live, Refused


@pytest.fixture
def door(people: People, tmp_path: Path) -> Iterator[tuple[Server, TaggedClient]]:
    """A chat in which somebody has to let in who is new."""
    with hosted(tmp_path / "host", "host", asks_approval=True) as (server, host):
        yield server, host
        people.close()


@pytest.fixture
def alice(people: People, door: tuple[Server, TaggedClient]) -> Person:
    """She is a moderator there."""
    server, host = door
    alice = people.add()
    alice.app.open(server.address, "alice")
    people.wait_until(lambda: isinstance(order(host, "/approve alice")[-1], Done))  # she knocks
    people.wait_until(lambda: alice.app.window is not None)
    ordered(host, "/moderator alice")
    people.wait_until(lambda: alice.model.order.role_of("alice") is Role.MODERATOR)
    return alice


def at_door(person: Person) -> str:
    """What the bar says; empty while it is hidden."""
    shown = [part for part, _ in person.window._keeping.regions()]
    return " | ".join(text_of(each) for bar in shown for each in every(bar))


class Knocker:
    """Somebody who asks to be let in, in a thread of their own; `end` says what came of it."""

    def __init__(self, server: Server, name: str) -> None:
        self.is_in = False
        self._thread = threading.Thread(target=self._run, args=(server, name))
        self._thread.start()

    def _run(self, server: Server, name: str) -> None:
        with TaggedClient(server.address) as client:
            client.send(encode_hello(Hello(name)))
            last = client.read_until(lambda event: isinstance(event, Live | Refused))[-1]
            self.is_in = isinstance(last, Live)

    def end(self) -> bool:
        """Return whether they came in."""
        self._thread.join(10)
        return self.is_in


def test_who_knocks_is_let_in_or_refused_by_keyboard(
    people: People, door: tuple[Server, TaggedClient], alice: Person
) -> None:
    carol = Knocker(door[0], "carol")
    people.wait_until(lambda: "carol asks" in at_door(alice))
    dave = Knocker(door[0], "dave")
    people.wait_until(lambda: "dave asks" in at_door(alice))
    assert "asks to be let in" not in alice.messages.text.get("1.0", "end")  # once is enough
    assert alice.keyboard is alice.composer.entry  # nothing has taken it
    press(alice.messages.text, "<Shift-F6>")
    people.wait_until(lambda: str(alice.keyboard.cget("text")) == "Let in")
    alice.press("<Return>")
    people.wait_until(lambda: "carol asks" not in at_door(alice))
    assert carol.end()
    people.wait_until(lambda: str(alice.keyboard.cget("text")) == "Let in")  # dave's
    let_in = alice.keyboard
    assert isinstance(let_in, ttk.Button)
    people.wait_until(lambda: let_in.instate(["!disabled"]))  # he has moved up
    alice.press("<Tab>", "<Return>")
    people.wait_until(lambda: "dave asks" not in at_door(alice))
    assert not dave.end()
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    people.wait_until(lambda: "dave is sent away." in alice.sees)


def test_roles_and_rules_are_to_be_seen(chat: Chat) -> None:
    alice = chat.alice
    people = alice.window._where.sidebar.people
    chat.wait_until(lambda: any(row.note == "moderator" for row in people.rows))
    rows = {row.key: row for row in people.rows}
    assert (rows["host"].note, rows["bob"].note) == ("host", "")
    assert rows["host"].tip == "Here\nHost: this chat is theirs"
    ordered(chat.host, "/lock general")
    header = alice.window._where.header
    chat.wait_until(lambda: header.signs is not None and header.signs.signs[0].winfo_ismapped())
    ordered(chat.host, "/unlock general")
    chat.wait_until(lambda: header.signs is not None and not header.signs.signs[0].winfo_ismapped())


def test_whoever_is_muted_reads_why_above_the_box(chat: Chat) -> None:
    ordered(chat.host, "/mute alice 10 too loud")
    chat.wait_until(lambda: "too loud. You can write again at" in chat.alice.sees)
    ordered(chat.host, "/unmute alice")
    chat.wait_until(lambda: "You can write again at" not in chat.alice.sees)


def test_after_a_demotion_nobody_is_at_the_door_any_more(
    people: People, door: tuple[Server, TaggedClient], alice: Person
) -> None:
    server, host = door
    carol = Knocker(server, "carol")
    people.wait_until(lambda: "carol asks" in at_door(alice))
    ordered(host, "/unmoderator alice")
    keeping = alice.window._keeping
    people.wait_until(lambda: keeping.regions() == [])
    ordered(host, "/approve carol")
    assert carol.end()
