"""Edits of own messages that the host has not acknowledged: what is meant is what is shown."""

from tests.client.chronicles import arrive, chronicle, expect, texts
from tests.client.logs import done, mid, own, page_of, said
from tkchat.client.chronicle import Chronicle
from tkchat.client.events import Edited, Older, Opened, Refused
from tkchat.client.message import Delivery
from tkchat.client.outbox import Waiting
from tkchat.client.room import Changes
from tkchat.wire import entry as wire
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say


def edit_waiting(it: Chronicle, edited: str, say: Say) -> Changes:
    changes = Changes()
    it.edit(Edited(edited, say), changes)
    return changes


def test_an_edit_of_what_still_waits_shows_at_once_and_stays() -> None:
    it = chronicle()
    room, say = it.rooms.current, Say(GENERAL, "helo", mid(1))
    expect(it, say)
    for number, text in ((2, "hullo"), (3, "hello")):
        changes = edit_waiting(it, mid(1), Say(GENERAL, text, mid(number), wire.Kind.EDIT))
        (message,) = room.waiting
        assert changes.waiting
        assert (message.text, message.edited, message.delivery) == (text, True, Delivery.WAITING)
    changes = arrive(it, own(7, say))
    assert changes.added == [message]
    assert (message.text, message.edited, message.delivery) == ("hello", True, Delivery.SENT)
    assert it.waiting_count == 1  # the edit itself
    arrive(it, own(8, Say(GENERAL, "hello", mid(3), wire.Kind.EDIT, 7)))
    assert (texts(room.messages), message.edited, it.waiting_count) == (["hello"], True, 0)


def test_an_edit_of_what_was_accepted_meanwhile_shows_at_once() -> None:
    it = chronicle()
    say, edit = Say(GENERAL, "helo", mid(1)), Say(GENERAL, "hello", mid(2), wire.Kind.EDIT)
    expect(it, say)
    (message,) = arrive(it, own(7, say)).added
    assert edit_waiting(it, mid(1), edit).changed == [message]
    assert (message.text, message.edited) == ("hello", True)
    it.refuse(Refused(mid(2), "not-allowed", "No."), Changes())
    assert (message.text, message.edited) == ("helo", False)


def test_a_message_that_comes_together_with_its_edit_waits_for_nothing() -> None:
    it = chronicle()
    say, edit = Say(GENERAL, "helo", mid(1)), Say(GENERAL, "hello", mid(2), wire.Kind.EDIT)
    expect(it, say)
    edit_waiting(it, mid(1), edit)
    page = page_of([own(7, say), own(8, Say(GENERAL, "hello", mid(2), wire.Kind.EDIT, 7))])
    it.older(Older(GENERAL, page), Changes())
    assert (texts(it.rooms.current.messages), it.waiting_count) == (["hello"], 0)
    arrive(it, done(9, wire.Kind.EDIT, 7, "from elsewhere", author="alice"))
    assert texts(it.rooms.current.messages) == ["from elsewhere"]


def test_an_edit_that_waits_on_the_disk_shows_from_the_start() -> None:
    it = chronicle()
    waiting = (
        Waiting(Say(GENERAL, "helo", mid(1)), 0),
        Waiting(Say(GENERAL, "hello", mid(2), wire.Kind.EDIT), 0, awaits=mid(1)),
    )
    it.open(Opened("alice", GENERAL, page_of([]), waiting=waiting), Changes())
    assert [(each.text, each.edited) for each in it.rooms.current.messages] == [("hello", True)]
    assert it.waiting_count == 1


def test_what_was_done_in_a_log_that_is_gone_is_undone_there() -> None:
    it = chronicle()
    (message,) = arrive(it, said(1, "helo", author="alice")).added
    expect(it, Say(GENERAL, "hello", mid(1), wire.Kind.EDIT, 1))
    it.reset(Changes())
    it.refuse(Refused(mid(1), "no-such-message", "It is gone."), Changes())
    assert (message.text, message.edited) == ("helo", False)
