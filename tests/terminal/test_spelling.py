"""Lasting events as lines of text."""

import pytest

from tkchat.client.events import Arrived, Welcome
from tkchat.client.message import Delivery, Message
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.terminal.spelling import from_entry, from_message, from_say, is_current
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.requests import Say

LONG = "a text of rather more than the forty characters that are quoted"


@pytest.fixture
def model() -> Model:
    model = Model("alice")
    model.apply(Welcome("alice", "general", tagged=True), Changes())
    return model


def take(model: Model, *entries: Entry) -> Message | None:
    """Return what is printed of the last one."""
    printed = None
    for entry in entries:
        model.apply(Arrived((entry,), live=True), Changes())
        printed = from_entry(entry, model)
    return printed


@pytest.mark.parametrize(
    ("kind", "text", "printed"),
    [
        (Kind.REPLY, "yes", "(to bob: a text of rather more than the forty ch…) yes"),
        (Kind.EDIT, "better", "(edited) better"),
        (Kind.DELETE, "", "(took back an earlier message)"),
        (Kind.REACT, "👍", "(reacts with 👍 to bob: a text of rather more than the forty ch…)"),
    ],
)
def test_each_kind(model: Model, kind: Kind, text: str, printed: str) -> None:
    first = Entry(1, 0, "general", "bob", LONG)
    message = take(model, first, Entry(2, 0, "general", "carol", text, kind, target=1))
    assert message is not None
    assert (message.author, message.text, message.own) == ("carol", printed, False)


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        (Kind.REPLY, "(to an earlier message) 👍"),
        (Kind.EDIT, "(edited) 👍"),
        (Kind.REACT, "(reacts with 👍 to an earlier message)"),
    ],
)
def test_about_a_message_that_is_not_here(model: Model, kind: Kind, printed: str) -> None:
    message = take(model, Entry(2, 0, "general", "bob", "👍", kind, target=1))
    assert message is not None
    assert message.text == printed


def test_a_reaction_that_ends(model: Model) -> None:
    reaction = [Entry(n, 0, "general", "bob", "👍", Kind.REACT, target=1) for n in (2, 3)]
    message = take(model, Entry(1, 0, "general", "bob", "hi"), *reaction)
    assert message is not None
    assert message.text == "(no longer reacts with 👍 to bob: hi)"


def test_conversations_are_printed_and_other_rooms_are_not(model: Model) -> None:
    assert take(model, Entry(1, 0, "ops", "bob", "hi")) is None
    heard = take(model, Entry(2, 0, "@bob", "bob", "one\ntwo"))
    assert heard is not None
    assert heard.text == "(to alice only) one\n(to alice only) two"
    said = take(model, Entry(3, 0, "@bob", "alice", "hi", mid="0" * 32))
    assert said is not None
    assert (said.text, said.own) == ("(to bob only) hi", True)


def test_the_room_is_the_same_in_every_case(model: Model) -> None:
    assert is_current("GENERAL", model)
    assert not is_current("ops", model)


def test_what_is_said_now(model: Model) -> None:
    said = from_say(Say("@bob", "hi"), model)
    assert (said.author, said.text, said.delivery) == (
        "alice",
        "(to bob only) hi",
        Delivery.WAITING,
    )


def test_earlier_messages_with_what_became_of_them(model: Model) -> None:
    take(
        model,
        Entry(1, 0, "general", "bob", "hi"),
        Entry(2, 0, "general", "bob", "oops"),
        Entry(3, 0, "general", "carol", "hello", Kind.REPLY, target=1),
        Entry(4, 0, "general", "bob", "Hi", Kind.EDIT, target=1),
        Entry(5, 0, "general", "carol", "👍", Kind.REACT, target=1),
        Entry(6, 0, "general", "bob", "", Kind.DELETE, target=2),
    )
    messages = model.room.timeline.messages
    assert [from_message(message).text for message in messages] == [
        "(edited) Hi [👍 carol]",
        "(took back this message)",
        "(to bob: Hi) hello",
    ]
