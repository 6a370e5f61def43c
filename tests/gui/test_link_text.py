"""What is said of the connection and of the room."""

from datetime import UTC, datetime, timedelta

from tkchat.client import events
from tkchat.client.model import Link, Model
from tkchat.client.pages import Cursor, Page
from tkchat.client.presence import State
from tkchat.client.room import Changes
from tkchat.gui.link_text import Safety, beginning_text, link_text, people_text, safety_of
from tkchat.net.address import Address
from tkchat.wire.entry import Entry

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADDRESS = "10.0.0.5:12345"


def told(*what: events.Event) -> Model:
    model = Model("alice", lambda: NOW)
    for event in what:
        model.apply(event, Changes())
    return model


def said(model: Model, invitation: str = "", now: datetime = NOW) -> tuple[str, str]:
    return link_text(model, ADDRESS, invitation, now)


def test_of_the_connection() -> None:
    model = told()
    assert said(model) == (f"Connecting to {ADDRESS}…", "")
    model.link = Link.ONLINE
    assert said(model) == (ADDRESS, f"Connected to {ADDRESS}")
    assert said(model, "here:1") == (
        "You are hosting",
        "You are hosting. Others join with here:1",
    )
    lost = told(events.Lost("The chat is closing.", 4))
    assert said(lost) == ("Connection lost: The chat is closing. Trying again in 4 s", "")
    late = NOW + timedelta(seconds=60)
    assert said(lost, now=late)[0].endswith("Trying again in 1 s")
    out = told(events.NotIn(events.Problem.OTHER, "Go away"))
    assert said(out) == ("Not connected: Go away", "")
    assert said(told(events.Lost("", 4))) == ("Connection lost. Trying again in 4 s", "")


def test_of_who_can_read_along() -> None:
    welcome = events.Welcome("alice", "general", tagged=True)
    assert safety_of(told(welcome)) == Safety()  # it stays on this computer
    encrypted = told(events.Encrypted("lusab-babad", True), welcome)
    assert safety_of(encrypted) == Safety("lusab-babad")
    encrypted.apply(events.Lost("gone", 4), Changes())
    assert safety_of(encrypted) == Safety()
    encrypted.apply(events.Connecting(Address("pc7")), Changes())
    encrypted.is_readable = True
    encrypted.apply(welcome, Changes())
    assert safety_of(encrypted) == Safety(is_readable=True)


def test_of_who_is_in_a_room() -> None:
    welcome = events.Welcome("alice", "general", tagged=True)
    alone = told(welcome, events.PeopleHere(("alice",), "general"))
    assert people_text(alone, ADDRESS).endswith(f"They can join with {ADDRESS}")
    two = told(welcome, events.PeopleHere(("alice", "bob"), "general"))
    assert people_text(two, ADDRESS) == "2 people"
    elsewhere = told(welcome, events.Entered("lab"))
    assert people_text(elsewhere, ADDRESS) == "Nobody else is in this room"
    assert people_text(told(welcome, events.Lost("gone", 4)), ADDRESS) == ""


def test_of_a_room_in_which_nothing_was_said() -> None:
    welcome = events.Welcome("alice", "general", tagged=True)
    start = Page([], [], Cursor(1), at_floor=False, at_start=True)

    def about(room: str, people: tuple[str, ...], *more: events.Event) -> tuple[str, str]:
        here = events.PeopleHere(people, room)
        return beginning_text(told(welcome, events.Entered(room, start), here, *more), ADDRESS)

    title, detail = about("general", ("alice",))
    assert title == "This is the beginning of #general."
    assert detail == f"Nobody else is here yet. They can join with {ADDRESS}"
    nobody = "Nobody has said anything here yet."
    assert about("lab", ("alice", "bob")) == ("This is the beginning of #lab.", nobody)
    with_bob = "This is the beginning of your conversation with bob."
    assert about("@bob", ()) == (with_bob, "Only the two of you see this")
    words = events.Arrived((Entry(1, 0, "lab", "bob", "hello"),), live=True)
    assert about("lab", ("alice", "bob"), words) == ("", "")
    assert beginning_text(told(welcome, events.Entered("lab")), ADDRESS) == ("", "")


def test_of_the_other_in_a_conversation() -> None:
    welcome = events.Welcome("alice", "general", tagged=True)
    model = told(
        welcome,
        events.PeopleHere(("alice", "bob"), "general"),
        events.PresenceSet("bob", State.AWAY, "back at 3"),
        events.Entered("@bob"),
    )
    alone = "Only the two of you see this"
    assert people_text(model, ADDRESS) == f"Away · back at 3  ·  {alone}"
    model.apply(events.Went("bob", "general"), Changes())
    assert people_text(model, ADDRESS) == f"Not in the chat  ·  {alone}"
    model.apply(events.Lost("gone", 4), Changes())
    assert people_text(model, ADDRESS) == alone
