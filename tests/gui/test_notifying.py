"""What a person is told of while they look elsewhere. The desktop is a stand-in for notify-send."""

import sys
import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.fake_notify_send import FakeNotifySend
from tests.desktop.support import program
from tests.gui.apps import People
from tests.gui.driving import focus, wait_until
from tests.gui.sample_messages import said
from tests.support import running_server
from tkchat.client.model import Model
from tkchat.client.order import Knock, Outcome
from tkchat.client.room import Changes, Heard
from tkchat.client.session import Session
from tkchat.client.settings import Settings
from tkchat.gui import notifying
from tkchat.gui.notifying import SHOWN_CHARS, Notifying
from tkchat.gui.pump import Pump
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.net.address import Address

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="notifies by notify-send")


class Desk:
    """A window in the background, its `Notifying`, and the desktop it notifies."""

    def __init__(self, root: tk.Tk, folder: Path) -> None:
        self.fake = FakeNotifySend(folder)
        self.folder = folder
        self.root = root
        self.window = tk.Toplevel(root)
        self.window.geometry("300x200+0+0")
        self.model = Model("me")
        self.settings = Settings(sound=False)
        self.opened: list[str] = []
        self.pump = Pump(root)
        session = Session(Address("127.0.0.1", 9), "me")
        self.notifying = Notifying(
            self.window, session, self.model, self.settings, self.pump, self.opened.append
        )

    def hear(self, text: str, room: str = "design", *, mention: bool = False) -> None:
        """Let bob say something in a room."""
        self.model._rooms.get(room).unread += 1
        self.model._rooms.get(room).mentions += mention
        self.notifying.take(Changes(heard=[Heard(room, said(text), mention)]))

    def read(self, room: str) -> None:
        """Let the room be read, here or elsewhere."""
        self.model.rooms[room].unread = 0
        self.notifying.take(Changes(rooms=True))

    def wait_for(self, count: int) -> list[list[str]]:
        """Return the words of all notifications, once there are so many."""
        wait_until(self.root, lambda: len(self.fake.words) >= count)
        return self.fake.words


@pytest.fixture
def desk(root: tk.Tk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(notifying, "PAUSE_MS", 50)
    root.withdraw()  # or the pointer over it would be taken for the keyboard
    desk = Desk(root, tmp_path)
    yield desk
    desk.window.destroy()
    desk.pump.close()


def test_one_message_is_shown_with_who_and_where(desk: Desk) -> None:
    desk.hear("hello\n  world \x1b[31m")
    assert desk.wait_for(1) == [["bob in #design", "hello world"]]


def test_marks_are_left_out(desk: Desk) -> None:
    desk.hear("**now** `make run`")
    assert desk.wait_for(1)[0][-1] == "now make run"


def test_a_direct_message_is_shown_with_who(desk: Desk) -> None:
    desk.hear("x" * 500, "@bob", mention=True)
    [[title, text]] = desk.wait_for(1)
    assert title == "bob"
    assert len(text) == SHOWN_CHARS
    assert text.endswith("x…")


def test_many_are_counted_and_not_stacked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        desk.hear(f"message {number}")
    words = desk.wait_for(2)
    assert words == [
        ["bob in #design", "message 0"],
        ["#design", "5 new messages\nbob: message 4"],
    ]
    assert "--replace-id=42" in desk.fake.calls[1]


def test_rooms_take_turns(desk: Desk) -> None:
    for room in ("design", "@carol", "design", "ops"):
        desk.hear("hi", room)
    titles = [title for title, _ in desk.wait_for(4)]
    assert titles == ["bob in #design", "bob", "#design", "bob in #ops"]


def test_without_a_preview_nothing_said_is_shown(desk: Desk) -> None:
    desk.settings.preview = False
    desk.hear("secret", "@bob", mention=True)
    desk.wait_for(1)
    desk.hear("secret", "@bob", mention=True)
    assert desk.wait_for(2) == [["bob", "New message"], ["bob", "2 new messages"]]


@pytest.mark.parametrize(
    ("notify", "dnd", "shown"),
    [
        ("all", False, ["any", "named", "last"]),
        ("mentions", False, ["named", "last"]),
        ("none", False, ["last"]),
        ("all", True, ["last"]),
    ],
)
def test_the_settings_decide(desk: Desk, notify: str, dnd: bool, shown: list[str]) -> None:
    desk.settings.notify, desk.settings.dnd = notify, dnd
    desk.hear("any", "one")
    desk.hear("named", "two", mention=True)
    desk.settings.notify, desk.settings.dnd = "all", False
    desk.hear("last", "three")
    assert [text for _, text in desk.wait_for(len(shown))] == shown


def test_nothing_is_told_of_what_is_looked_at(desk: Desk) -> None:
    focus(desk.window)
    desk.hear("seen", "general")
    desk.hear("not seen", "design")
    assert desk.wait_for(1) == [["bob in #design", "not seen"]]


def test_in_the_background_the_current_room_is_news_too(desk: Desk) -> None:
    focus(desk.window)
    other = tk.Tk()  # another program
    focus(other)
    desk.hear("not seen", "general")
    assert desk.wait_for(1) == [["bob in #general", "not seen"]]
    focus(desk.window)
    wait_until(desk.root, lambda: desk.fake.closed == 1)  # looked at: it goes
    other.destroy()


def test_what_was_read_elsewhere_is_taken_away(desk: Desk) -> None:
    desk.hear("one")
    desk.wait_for(1)
    desk.read("design")
    wait_until(desk.root, lambda: desk.fake.closed == 1)
    desk.hear("two")
    assert desk.wait_for(2)[1] == ["bob in #design", "two"]


def test_what_was_read_in_time_is_never_shown(desk: Desk) -> None:
    desk.hear("one", "first")
    desk.hear("two", "second")
    desk.read("second")
    desk.hear("three", "third")
    assert [text for _, text in desk.wait_for(2)] == ["one", "three"]


def test_a_click_goes_there_and_brings_the_window(desk: Desk) -> None:
    desk.window.withdraw()
    desk.hear("come", "@bob", mention=True)
    desk.wait_for(1)
    desk.fake.click()
    wait_until(desk.root, lambda: desk.opened == ["@bob"])
    wait_until(desk.root, desk.window.winfo_viewable)
    wait_until(desk.root, lambda: desk.window.tk.call("focus", "-displayof", desk.window))


def test_news_come_with_a_sound(desk: Desk) -> None:
    program(desk.folder, "paplay", f'echo played >> "{desk.folder}/played"')
    desk.settings.sound = True
    desk.hear("one")
    desk.hear("two")
    wait_until(desk.root, (desk.folder / "played").exists)
    desk.settings.sound = False


def test_the_icon_says_what_is_unread(desk: Desk) -> None:
    badge = desk.notifying._badge
    desk.hear("any")
    assert badge.text == "•"
    desk.hear("named", mention=True)
    assert badge.text == "1"
    desk.model.rooms["design"].mentions = 0
    desk.read("design")
    assert badge.text == ""


def test_the_end_takes_everything_away(desk: Desk) -> None:
    desk.hear("one")
    desk.wait_for(1)
    desk.hear("two")
    desk.window.destroy()
    wait_until(desk.root, lambda: desk.fake.closed == 1)


def test_in_a_real_chat_a_click_leads_to_the_message(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    fake = FakeNotifySend(tmp_path)
    with running_server() as server:
        alice = people.join(server.address, "alice")
        alice.profile.settings.notify, alice.profile.settings.sound = "all", False
        bob = people.join(server.address, "bob")
        focus(bob.composer.entry)  # so that alice looks elsewhere
        bob.window._session.say("psst", "@alice")
        people.wait_until(lambda: fake.words == [["bob", "psst"]])
        assert alice.model.room.name == "general"
        fake.click()
        people.wait_until(lambda: alice.model.room.name == "@bob" and "psst" in alice.read)
        people.wait_until(lambda: alice.window.tk.call("focus", "-displayof", alice.window))
        people.close()


def knock(desk: Desk, name: str, outcome: Outcome = Outcome.WAITING) -> None:
    """Let somebody ask to be let in, or be let in."""
    changes = Changes()
    desk.model.apply(Knock(name, outcome, ""), changes)
    desk.notifying.take(changes)


def test_who_asks_to_be_let_in_is_told_of(desk: Desk) -> None:
    other = tk.Tk()  # another program
    focus(other)
    wait_until(desk.root, lambda: not keyboard_holder(desk.window))
    knock(desk, "carol")
    assert desk.wait_for(1) == [["Somebody is at the door", "carol asks to be let in"]]
    knock(desk, "dave")
    assert desk.wait_for(2)[1][1] == "carol and dave ask to be let in"
    knock(desk, "carol", Outcome.APPROVED)
    knock(desk, "dave", Outcome.REJECTED)
    knock(desk, "erin")
    assert desk.wait_for(3)[2][1] == "erin asks to be let in"
    assert len(desk.fake.words) == 3
    other.destroy()


def test_nobody_is_told_of_knocking_who_looks_or_is_not_to_be_disturbed(desk: Desk) -> None:
    desk.settings.dnd = True
    knock(desk, "carol")
    desk.settings.dnd = False
    focus(desk.window)
    knock(desk, "dave")
    assert desk.fake.words == []
