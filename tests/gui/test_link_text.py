"""What is said of the connection and of the room."""

from datetime import UTC, datetime, timedelta

from tkchat.client import events
from tkchat.client.model import Link, Model
from tkchat.client.presence import State
from tkchat.client.room import Changes
from tkchat.gui.link_text import link_text, people_text

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
    assert said(model) == (f"Connecting to {ADDRESS} …", "")
    model.link = Link.ONLINE
    assert said(model) == (f"Connected to {ADDRESS} · not encrypted", "")
    assert said(model, "here:1") == ("You are hosting. Others join with here:1 · not encrypted", "")
    lost = told(events.Lost("The chat is closing.", 4))
    assert said(lost) == ("Lost the host. Trying again in 4 s", "The chat is closing.")
    late = NOW + timedelta(seconds=60)
    assert said(lost, now=late)[0] == "Lost the host. Trying again in 1 s"
    out = told(events.NotIn(events.Problem.OTHER, "Go away"))
    assert said(out) == ("Not connected", "Go away")


def test_of_who_is_in_a_room() -> None:
    welcome = events.Welcome("alice", "general", tagged=True)
    alone = told(welcome, events.PeopleHere(("alice",), "general"))
    assert people_text(alone, ADDRESS).endswith(f"They can join with {ADDRESS}")
    two = told(welcome, events.PeopleHere(("alice", "bob"), "general"))
    assert people_text(two, ADDRESS) == "2 people"
    elsewhere = told(welcome, events.Entered("lab"))
    assert people_text(elsewhere, ADDRESS) == "Nobody else is in this room"
    assert people_text(told(welcome, events.Lost("gone", 4)), ADDRESS) == ""


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
