"""What disturbs a person and what does not; and what others see of them."""

import sys
from pathlib import Path

import pytest

from tests.desktop.fake_notify_send import FakeNotifySend
from tests.desktop.support import program
from tests.gui.apps import People, Person
from tests.gui.driving import focus
from tests.gui.rows import pick
from tests.tagged import TaggedClient
from tkchat.client.presence import Presence as Seen
from tkchat.gui import notifying, presence_clock
from tkchat.gui.places.people_list import PeopleList
from tkchat.gui.places.room_list import RoomsList
from tkchat.gui.widgets.ask import Prompt
from tkchat.server.server import Server
from tkchat.wire.presence import State
from tkchat.wire.requests import AskJoin, SetPresence
from tkchat.wire.tagged import Presence

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="notifies by notify-send")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeNotifySend:
    """A desktop that takes down what it is to notify."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(notifying, "PAUSE_MS", 50)
    program(tmp_path, "paplay", f'echo played >> "{tmp_path}/played"')
    return FakeNotifySend(tmp_path)


@pytest.fixture
def busy(people: People, server: Server, alice: Person, desktop: FakeNotifySend) -> Person:
    """alice, who wants to hear of everything, and has gone to another window."""
    alice.profile.settings.notify, alice.profile.settings.sound = "all", False
    alice.go_to("lab")
    people.wait_until(lambda: alice.model.room.name == "lab" and alice.model.room.joined)
    alice.go_to("general")
    people.wait_until(lambda: alice.model.room.name == "general")
    focus(people.join(server.address, "other").composer.entry)
    return alice


@on_linux
def test_the_desktop_tells_and_a_click_leads_there(
    people: People, busy: Person, bob: TaggedClient, desktop: FakeNotifySend
) -> None:
    bob.say("psst", "@alice")
    people.wait_until(lambda: desktop.words == [["bob", "psst"]])
    people.wait_until(lambda: busy.window.title() == "(1) #general – tkchat")
    assert busy.root.focus_get() is None  # the keyboard stays where the person is
    desktop.click()
    people.wait_until(lambda: busy.model.room.name == "@bob" and "psst" in busy.read)
    people.wait_until(lambda: busy.root.focus_get() is busy.composer.entry)
    people.wait_until(lambda: busy.window.title() == "@bob – tkchat")


@on_linux
def test_nothing_is_told_of_what_one_looks_at(
    people: People, busy: Person, bob: TaggedClient, desktop: FakeNotifySend
) -> None:
    focus(busy.composer.entry)
    bob.say("seen")
    people.wait_until(lambda: "seen" in busy.read)
    bob.ask(AskJoin("lab"))
    bob.say("not seen", "lab")
    people.wait_until(lambda: desktop.words)
    assert desktop.words == [["bob in #lab", "not seen"]]


@on_linux
def test_each_room_and_do_not_disturb_are_heeded(
    people: People, busy: Person, bob: TaggedClient, desktop: FakeNotifySend
) -> None:
    bob.ask(AskJoin("lab"))
    where = busy.window._where
    busy.click_row(busy.part(RoomsList), "lab", button=3)
    pick(where._menu, "Notify when I am mentioned")
    focus(people.persons[-1].composer.entry)
    bob.say("any", "lab")
    bob.say("@alice", "lab")
    people.wait_until(lambda: desktop.words)
    where.sidebar.own.open_menu()
    pick(where.sidebar.own.menu, "Do not disturb")
    bob.read_until(lambda event: event == Presence("alice", State.BUSY, ""))
    focus(people.persons[-1].composer.entry)
    bob.say("@alice again", "lab")
    bob.confirm(bob.say("psst", "@alice"))
    people.wait_until(lambda: busy.model.total_mentions == 3)
    where.sidebar.own.open_menu()
    pick(where.sidebar.own.menu, "Here")
    bob.read_until(lambda event: event == Presence("alice", State.HERE, ""))
    focus(people.persons[-1].composer.entry)
    bob.say("at last @alice", "lab")
    people.wait_until(lambda: len(desktop.words) == 2)
    assert [words[1].split("\n")[-1] for words in desktop.words] == ["@alice", "at last @alice"]


@on_linux
def test_a_sound_if_it_is_wanted(
    people: People, busy: Person, bob: TaggedClient, desktop: FakeNotifySend, tmp_path: Path
) -> None:
    played = tmp_path / "played"
    bob.say("quiet", "@alice")
    people.wait_until(lambda: len(desktop.words) == 1)
    assert not played.exists()
    busy.profile.settings.sound = True
    bob.say("loud", "@alice")
    people.wait_until(played.exists)
    people.wait_until(lambda: len(desktop.words) == 2)


@pytest.fixture
def quick_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at from time to time is looked at all the time."""
    monkeypatch.setattr(presence_clock, "CHECK_MS", 50)
    monkeypatch.setattr(presence_clock, "BACK_MS", 50)


def test_who_leaves_the_computer_is_away(
    quick_clock: None,
    people: People,
    alice: Person,
    bob: TaggedClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(presence_clock, "AWAY_SECONDS", -1.0)  # as if 10 minutes had gone by
    people.wait_until(lambda: alice.model.presence_of("alice") == Seen(State.AWAY))
    bob.read_until(lambda event: event == Presence("alice", State.AWAY, ""))
    people.wait_until(lambda: alice.window._where.sidebar.own.text == "Away")
    monkeypatch.setattr(presence_clock, "AWAY_SECONDS", 600.0)
    alice.type("h")
    bob.read_until(lambda event: event == Presence("alice", State.HERE, ""))


def test_a_status_line_is_seen_by_others(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    own = alice.window._where.sidebar.own
    focus(own)
    alice.press("<Return>")
    people.wait_until(lambda: own.menu.is_open)
    pick(own.menu, "Set a status…")
    people.wait_until(lambda: alice.keyboard is alice.part(Prompt).entry)
    alice.type("back at 3\n")
    bob.read_until(lambda event: event == Presence("alice", State.HERE, "back at 3"))
    bob.ask(SetPresence(State.BUSY, "writing"))
    people.wait_until(lambda: "writing" in [row.note for row in alice.part(PeopleList).rows])
    alice.close()
    again = people.again(alice)
    again.app.open(server.address, "alice")
    people.wait_until(lambda: again.app.window is not None)
    people.wait_until(lambda: "back at 3" in again.window._where.sidebar.own.text)
