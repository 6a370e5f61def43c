"""What changes in the message list: own messages on their way, edits, older messages above."""

import time

from tests.gui.driving import focus, press, wait_until
from tests.gui.sample_messages import Clock, index_of, lines, many, said, waiting
from tkchat.client.message import Delivery
from tkchat.gui.messages.delivery_marks import PATIENCE
from tkchat.gui.messages.history_edge import Edge
from tkchat.gui.messages.message_list import MessageList

# What is not on the host yet


def test_what_waits_stands_at_the_end(chat: MessageList) -> None:
    chat.append([said("one")])
    first, second = waiting("first"), waiting("second", 1)
    chat.show_waiting([first])
    chat.show_waiting([first, second])
    chat.append([said("two")])
    assert lines(chat)[1:] == [
        "bob  12:00", "one", "two", "me  12:00", "first", "second",
    ]  # fmt: skip


def test_an_accepted_message_moves_before_those_that_wait(chat: MessageList) -> None:
    first, second, third = waiting("first"), waiting("second"), waiting("third")
    chat.show([said("one")], [first, second, third])
    first.delivery = Delivery.SENT
    chat.show_waiting([second, third])
    chat.append([first, said("two")])
    assert lines(chat)[1:] == [
        "bob  12:00", "one", "me  12:00", "first", "bob  12:00", "two", "me  12:00", "second",
        "third",
    ]  # fmt: skip
    chat.show_waiting([])
    chat.append([second, third])
    assert lines(chat)[-2:] == ["second", "third"]
    assert len(chat._drawn.blocks) == 6


def test_one_that_waits_changes_or_goes(chat: MessageList) -> None:
    tail = [waiting(str(number)) for number in range(5)]
    chat.show([said("one")], tail)
    tail[2].delivery, tail[2].why = Delivery.REFUSED, "The room is gone."
    chat.show_waiting(tail)
    assert "Not sent: The room is gone.    Edit  ·  Discard" in lines(chat)
    del tail[2]
    chat.show_waiting(tail)
    assert lines(chat)[-5:] == ["me  12:00", "0", "1", "3", "4"]
    chat.show_waiting([])
    assert lines(chat) == ["Today", "bob  12:00", "one"]


def test_waiting_is_seen_only_after_a_while(chat: MessageList, calendar: Clock) -> None:
    message = waiting("mine")
    chat.show_waiting([message])
    assert "waiting" not in chat.text.tag_names(index_of(chat, "mine"))
    calendar.now += PATIENCE
    wait_until(chat, lambda: "waiting" in chat.text.tag_names(index_of(chat, "mine")))
    assert len(chat.text.image_names()) == 3  # the avatar's halves, and the clock


def test_what_waited_before_the_window_opened_is_seen_at_once(chat: MessageList) -> None:
    chat.show([], [waiting("old", -10)])
    assert "waiting" in chat.text.tag_names(index_of(chat, "old"))


def test_many_that_wait_are_not_drawn_anew_for_each(chat: MessageList) -> None:
    tail = [waiting(str(number)) for number in range(500)]
    chat.show([], tail)
    took: list[float] = []
    while tail:
        began = time.perf_counter()
        done, tail = tail[:16], tail[16:]
        for message in done:
            message.delivery = Delivery.SENT
        chat.show_waiting(tail)
        chat.append(done)
        took.append(time.perf_counter() - began)
    assert sorted(took)[len(took) // 2] < 0.016
    assert lines(chat)[-1] == "499"


# What is done to messages


def test_changes_are_drawn_in_place(chat: MessageList) -> None:
    message, answer = said("frist"), said("yes", "carol")
    chat.append([message, answer, said("later")])
    message.text, message.edited = "first", True
    answer.quote = ("bob", "first")
    message.reactions = {"👍": ["me", "carol"]}
    chat.redraw([message, answer])
    assert lines(chat)[1:] == [
        "bob  12:00", "first  (edited)", "👍 2", "carol  12:00", "↱ bob: first", "yes",
        "bob  12:00", "later",
    ]  # fmt: skip
    message.text, message.deleted, message.edited, message.reactions = "", True, False, {}
    chat.redraw([message])
    assert lines(chat)[1:3] == ["bob  12:00", "Message deleted"]


# What came before


def test_older_ones_are_asked_for_once_at_the_top(chat: MessageList, asked: list[str]) -> None:
    chat.show(many(200))
    chat.show_edge(Edge.MORE)
    chat.update()
    assert asked == []
    focus(chat.text)
    press(chat.text, "<Home>", "<Up>", "<Prior>")
    assert asked == ["older"]
    assert lines(chat)[0] == "Loading earlier messages…"
    chat.prepend(many(50, start=-50))
    chat.update()
    assert asked == ["older"]
    press(chat.text, "<Home>")
    assert asked == ["older", "older"]


def test_older_ones_are_asked_for_until_the_view_is_full(
    chat: MessageList, asked: list[str]
) -> None:
    chat.show([said("newest")])
    chat.show_edge(Edge.MORE)
    wait_until(chat, lambda: asked == ["older"])
    chat.prepend([said("before")])
    wait_until(chat, lambda: len(asked) == 2)
    chat.prepend(many(100))
    chat.update()
    assert len(asked) == 2
    assert chat.at_bottom


def test_the_beginning_is_told_and_nothing_more_asked(chat: MessageList, asked: list[str]) -> None:
    chat.show([said("one")])
    chat.show_edge(Edge.BEGINNING, "#general")
    assert lines(chat)[0] == "This is the beginning of #general."
    chat.show_edge(Edge.OFFLINE)
    assert lines(chat)[0].startswith("Earlier messages are on the host.")
    chat.show_edge(Edge.UNKNOWN)
    chat.update()
    assert lines(chat)[0] == "Today"
    assert asked == []


def test_a_message_is_gone_to(chat: MessageList) -> None:
    messages = many(300)
    chat.show(messages)
    assert chat.go_to(messages[150].key)
    chat.update()
    place = index_of(chat, "message 150 ")
    box = chat.text.dlineinfo(place)
    assert box
    assert 0 < box[1] < chat.text.winfo_height() // 2
    assert "flash" in chat.text.tag_names(place)
    wait_until(chat, lambda: "flash" not in chat.text.tag_names(place))
    assert not chat.go_to(said("elsewhere").key)
    assert not chat.at_bottom


# A stretch of the past


def test_what_was_in_view_is_put_back_where_it_was(chat: MessageList) -> None:
    messages = many(150)
    chat.show(messages[50:100], is_behind=True)
    for sought in (messages[50], messages[60], messages[99]):
        chat.go_to(sought.key)
        y = chat.y_of(sought.key)
        chat.show(messages, is_behind=True)
        assert chat.put(sought.key, y)
        assert chat.y_of(sought.key) == y
        chat.show(messages[50:100], is_behind=True)
    assert not chat.put(messages[0].key, 0)
