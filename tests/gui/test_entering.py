"""The way into a chat, and back from wherever it ends."""

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.apps import People
from tests.gui.driving import focus, wait_until
from tests.support import connect_socket, running_server
from tkchat.client import probes
from tkchat.client.events import Problem
from tkchat.client.hosting import HostOptions
from tkchat.client.profile import Profile
from tkchat.client.room import Changes
from tkchat.gui.door.login import Choice, Field
from tkchat.gui.entering import Door, Entered, Entering, Refusal
from tkchat.gui.pump import Pump
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import read_fingerprint
from tkchat.server.server import Server
from tkchat.wire.join_code import KEY_BYTES
from tkchat.wire.order import Role


class Way:
    """Somebody on the way in, and what they are told."""

    def __init__(self, root: tk.Tk, folder: Path) -> None:
        self.busy: list[str] = []
        self.problems: list[tuple[Field, str]] = []
        self.refusals: list[Refusal] = []
        self.waits: list[int] = []
        self.entered: list[Entered] = []
        self.profile = Profile(folder)
        self.pump = Pump(root)
        door = Door(
            self.busy.append,
            lambda *problem: self.problems.append(problem),
            self.refusals.append,
            lambda _, seconds: self.waits.append(seconds),
            self.entered.append,
        )
        self.entering = Entering(self.pump, self.profile, Address("127.0.0.1", 0), door)


@pytest.fixture
def way(root: tk.Tk, tmp_path: Path) -> Iterator[Way]:
    way = Way(root, tmp_path)
    yield way
    if way.entering.hosting is not None:
        way.entering.hosting.stop()
        way.entering.hosting = None
    way.entering.call_off()
    way.entering.finish_writing()


def test_it_leads_to_a_chat_that_is_there(way: Way, root: tk.Tk, server: Server) -> None:
    way.entering.enter(Choice("alice", server.address))
    assert way.busy == [f"Connecting to {server.address}…"]
    wait_until(root, lambda: way.entered, 10)
    [chat] = way.entered
    assert chat.model.user == "alice"
    assert chat.hosting is None
    assert way.entering.address == str(server.address)
    assert not way.problems


def test_it_hosts_one(way: Way, root: tk.Tk) -> None:
    way.entering.enter(Choice("alice", None))
    assert way.busy == ["Opening the chat…"]
    wait_until(root, lambda: way.entered, 10)
    assert way.entered[0].hosting is way.entering.hosting is not None


def test_it_hosts_like_the_last_time(way: Way, root: tk.Tk, tmp_path: Path) -> None:
    options = HostOptions("Class 3b", "open sesame", asks_approval=True)
    way.entering.enter(Choice("alice", None, options=options))
    settings = way.profile.settings
    assert (settings.host_title, settings.host_approve) == ("Class 3b", True)
    wait_until(root, lambda: way.entered, 15)
    assert way.entering.hosting is not None
    way.entering.hosting.stop()
    way.entering.call_off()
    way.entering.enter(Choice("alice", None))
    wait_until(root, lambda: len(way.entered) == 2, 15)
    assert way.entering.hosting is not None
    way.profile.save()
    assert "sesame" not in (tmp_path / "settings.json").read_text()
    told = probes.ask(connect_socket(way.entering.hosting.address), 5).info
    assert told is not None
    assert (told.title, len(told.doors)) == ("Class 3b", 2)  # both are there again


@pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")
def test_who_hosts_is_no_stranger_in_their_chat_by_another_address(way: Way, root: tk.Tk) -> None:
    way.entering.enter(Choice("alice", None))
    wait_until(root, lambda: len(way.entered) == 1, 10)
    hosting, way.entering.hosting = way.entering.hosting, None  # it goes on
    assert hosting is not None
    port = hosting.address.port
    try:
        for count, name in enumerate((own_addresses()[0], "localhost"), 2):
            way.entering.call_off()
            way.entering.enter(Choice("alice", Address(name, port)))
            wait_until(root, lambda: way.refusals or len(way.entered) == count, 10)  # noqa: B023 (used at once)
            assert [refusal.text for refusal in way.refusals] == []
    finally:
        hosting.stop()


def test_who_hosts_for_the_first_time_finds_an_empty_room(people: People) -> None:
    """In which there is a button to invite others."""
    alice = people.add()
    alice.app.open()
    alice.dialog.fill("alice", [], host_here=True)
    focus(alice.dialog)
    alice.dialog.submit()
    people.wait_until(lambda: alice.app.window is not None, 15)
    people.wait_until(lambda: alice.model.order.role_of("alice") is Role.HOST)
    people.wait_until(lambda: alice.model.room_counts["general"] == 1)
    assert "Invite people…" in alice.sees
    assert alice.model.room.messages == []
    hosting = alice.app.hosting
    assert hosting is not None
    alice.app.quit()
    hosting.stop()


def test_where_nobody_is_it_says_so(way: Way, root: tk.Tk) -> None:
    with running_server() as server:
        free = server.address
    way.entering.enter(Choice("alice", free))
    wait_until(root, lambda: way.refusals, 10)
    [refusal] = way.refusals
    assert refusal.event.problem is Problem.NOBODY_LISTENS
    assert str(free) in refusal.text
    assert way.entering.address == ""


def test_a_name_that_is_refused_is_told_under_the_name(
    way: Way, root: tk.Tk, tmp_path: Path, server: Server
) -> None:
    other = Way(root, tmp_path / "other")
    other.entering.enter(Choice("alice", server.address))
    wait_until(root, lambda: other.entered, 10)
    way.entering.enter(Choice("alice", server.address))
    wait_until(root, lambda: way.refusals, 10)
    assert way.refusals[0].event.problem is Problem.NAME_REFUSED
    other.entering.call_off()
    other.entering.finish_writing()


def test_what_was_called_off_does_not_come_back(way: Way, root: tk.Tk, server: Server) -> None:
    way.entering.enter(Choice("alice", server.address))
    way.entering.call_off()
    way.entering.enter(Choice("bob", server.address))
    wait_until(root, lambda: way.entered or way.problems, 10)
    assert way.problems == []
    assert [chat.model.user for chat in way.entered] == ["bob"]


def test_a_database_that_cannot_be_opened_is_told(way: Way, root: tk.Tk, server: Server) -> None:
    (way.profile.folder / "chats.sqlite3").mkdir()
    way.entering.enter(Choice("alice", server.address))
    wait_until(root, lambda: way.problems, 10)
    assert way.problems[0][0] is Field.WHERE


def test_leaving_and_entering_again(way: Way, root: tk.Tk, server: Server) -> None:
    for count in (1, 2, 3):
        way.entering.enter(Choice("alice", server.address))
        wait_until(root, lambda: len(way.entered) == count, 10)  # noqa: B023 (used at once)
        way.entering.call_off()
        wait_until(root, lambda: server.connections == 0, 10)


def test_whoever_hosts_a_closed_chat_comes_in_as_its_host(way: Way, root: tk.Tk) -> None:
    options = HostOptions(password="open sesame", asks_approval=True)
    way.entering.enter(Choice("alice", None, options=options))
    wait_until(root, lambda: way.entered, 15)
    [chat] = way.entered
    for event in chat.more:
        chat.model.apply(event, Changes())

    def is_host() -> bool:
        while not chat.session.events.empty():
            chat.model.apply(chat.session.events.get_nowait(), Changes())
        return chat.model.order.role_of("alice") is Role.HOST

    way.pump.forget(chat.session.events)
    wait_until(root, is_host, 10)
    assert way.waits == []


def test_a_password_is_asked_for_and_tried(way: Way, root: tk.Tk) -> None:
    with running_server(password="open sesame") as server:
        way.entering.enter(Choice("alice", server.address))
        wait_until(root, lambda: len(way.refusals) == 1, 10)
        way.entering.try_again(password="wrong")
        wait_until(root, lambda: len(way.refusals) == 2, 10)
        assert {each.event.problem for each in way.refusals} == {Problem.CHAT_PASSWORD}
        way.entering.try_again(password="open sesame")
        wait_until(root, lambda: way.entered, 10)
        assert "sesame" not in repr(way.entered[0].attempt)
        way.entering.call_off()


def test_the_key_of_a_code_is_asked_of_the_host(way: Way, root: tk.Tk, server: Server) -> None:
    right = read_fingerprint(server.identity.certificate)[:KEY_BYTES]
    way.entering.enter(Choice("alice", server.address, bytes(KEY_BYTES)))
    wait_until(root, lambda: way.refusals, 10)
    changed = way.refusals[0].changed
    assert changed is not None
    assert changed.by_code
    way.entering.enter(Choice("alice", server.address, right))
    wait_until(root, lambda: way.entered, 10)
    assert way.entered[0].model.key_words


def test_a_new_key_is_trusted_when_a_person_says_so(way: Way, root: tk.Tk, server: Server) -> None:
    right = read_fingerprint(server.identity.certificate)
    way.entering.enter(Choice("alice", server.address, bytes(KEY_BYTES)))
    wait_until(root, lambda: way.refusals, 10)
    [refusal] = way.refusals
    assert refusal.changed is not None
    way.entering.trust(refusal.changed)
    wait_until(root, lambda: len(way.refusals) == 2, 10)  # the code still says otherwise
    assert way.entering.known_key(server.address) == right
