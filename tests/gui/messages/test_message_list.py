"""The message list in a real window."""

import tkinter as tk
from datetime import timedelta

import pytest

from tests.gui.driving import focus, press, show
from tests.gui.sample_messages import (
    Clock,
    click_on,
    index_of,
    lines,
    many,
    presence,
    said,
    scroll_to,
    waiting,
)
from tkchat.client.message import Delivery
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages import message_list
from tkchat.gui.messages.history_edge import Edge, edge_text
from tkchat.gui.messages.message_list import MessageList


def lines_below_edge(chat: MessageList) -> list[str]:
    """Return what stands under the line which says that there is more."""
    first, *others = lines(chat)
    assert first == edge_text(Edge.MORE, "")
    return others


def test_messages_stand_under_date_and_author(chat: MessageList) -> None:
    chat.show([said("one", minutes=-60 * 24), said("two"), said("three", minutes=1)])
    assert lines(chat) == ["Yesterday", "bob  12:00", "one", "Today", "bob  12:00", "two", "three"]


def test_appending_goes_on_where_the_list_ended(chat: MessageList) -> None:
    chat.append([said("one")])
    chat.append([said("two"), said("three", "carol")])
    assert lines(chat) == ["Today", "bob  12:00", "one", "two", "carol  12:00", "three"]


def test_of_a_rush_only_the_newest_are_drawn(chat: MessageList) -> None:
    chat.show(many(50), [waiting("mine", 60)])
    rush = many(500, start=50)
    chat.append(rush)
    assert chat.oldest == rush[-chat.enough(rush)].key
    assert lines_below_edge(chat)[-1] == "mine"
    chat.page(-1)
    chat.append(many(500, start=550))
    assert chat.oldest == rush[-chat.enough(rush)].key


def test_showing_another_room_replaces_everything(chat: MessageList) -> None:
    chat.show(many(50))
    chat.show([said("alone")])
    assert lines(chat) == ["Today", "bob  12:00", "alone"]
    chat.show([])
    assert lines(chat) == [""]


def test_so_many_messages_fill_the_view(chat: MessageList) -> None:
    chat.show([said(f"{number}") for number in range(chat.enough([said("x")] * 100))])
    chat.update()
    assert chat.text.dlineinfo("1.0") is None


def test_a_list_that_is_behind_leads_to_the_newest_and_goes_on(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    asked: list[str] = []
    chat = MessageList(
        root,
        theme,
        emoji,
        own_name="me",
        on_end=lambda: asked.append("more"),
        on_newest=lambda: asked.append("newest"),
    )
    chat.pack(fill="both", expand=True)
    show(chat)
    messages = many(150)
    chat.show(messages[:100], is_behind=True)
    assert (chat.at_bottom, chat.newest) == (False, messages[99].key)
    chat.page(1)
    assert asked == []
    chat.miss([*messages[100:], presence("carol"), waiting("mine")])
    assert chat._pill.cget("text") == "↓  50 new messages"
    chat.text.yview_moveto(1)
    chat._view.note()
    assert asked == ["more"]
    y = chat.y_of(messages[99].key)
    chat.go_on(messages[100:])
    assert chat.y_of(messages[99].key) == y
    assert chat.newest == messages[-1].key
    chat.to_bottom()
    assert asked == ["more", "newest"]
    chat.is_behind = False
    chat.to_bottom()
    assert chat.at_bottom
    assert not chat._pill.winfo_manager()


def test_the_new_line_stands_above_one_message_and_moves(chat: MessageList) -> None:
    messages = [said(text) for text in "abc"]
    for seq, message in enumerate(messages, 1):
        message.seq = seq
    chat.show(messages, new_from=2)
    new = next(line for line in lines(chat) if "New" in line)
    assert lines(chat) == ["Today", "bob  12:00", "a", new, "bob  12:00", "b", "c"]
    chat.move_new_line(3)
    chat.redraw(messages[1:])
    assert lines(chat) == ["Today", "bob  12:00", "a", "b", new, "bob  12:00", "c"]
    chat.move_new_line(0)
    chat.redraw(messages[2:])
    assert lines(chat) == ["Today", "bob  12:00", "a", "b", "c"]
    chat.move_new_line(1)
    chat.redraw(messages[:1])
    assert lines(chat) == ["Today", new, "bob  12:00", "a", "b", "c"]


def test_presence_folds_and_a_click_unfolds_it(chat: MessageList) -> None:
    chat.append([presence("alice"), presence("me")])
    chat.append([presence("carol", "left", 1)])
    assert lines(chat) == ["Today", "alice and you joined · carol left"]
    click_on(chat, "alice and you")
    assert lines(chat)[1:] == ["alice joined  12:00", "you joined  12:00", "carol left  12:01"]
    chat.append([presence("dan", minutes=2)])
    assert lines(chat)[-1] == "dan joined  12:02"
    click_on(chat, "carol left")
    assert lines(chat)[1:] == ["alice, you and dan joined · carol left"]


def test_a_long_text_shows_more_on_a_click(chat: MessageList) -> None:
    chat.show([said("start " + "word " * 1_000 + "finish"), said("after")])
    assert "finish" not in chat.text.get("1.0", "end")
    click_on(chat, "Show more")
    assert "finish" in chat.text.get("1.0", "end")
    assert "Show more" not in chat.text.get("1.0", "end")
    assert lines(chat)[-1] == "after"


def test_a_link_opens_on_a_click(chat: MessageList, opened: list[str]) -> None:
    chat.show([said("see https://a.org/x, and\nhttps://b.org/👍/y too")])
    click_on(chat, "https://a")
    click_on(chat, "https://b")
    assert opened == ["https://a.org/x", "https://b.org/👍/y"]


def test_selecting_over_a_link_does_not_open_it(chat: MessageList, opened: list[str]) -> None:
    chat.show([said("see https://a.org/x")])
    chat.update()
    box = chat.text.bbox(f"{index_of(chat, 'https')} +8c")
    assert box
    x, y = box[0], box[1] + 5
    chat.text.event_generate("<Button-1>", x=x - 40, y=y)
    chat.text.event_generate("<B1-Motion>", x=x, y=y)
    chat.text.event_generate("<ButtonRelease-1>", x=x, y=y)
    assert opened == []
    assert chat.text.tag_ranges("sel")


def test_delivery_is_seen(chat: MessageList, calendar: Clock) -> None:
    mine = said("mine", "me", own=True, delivery=Delivery.WAITING)
    chat.append([said("theirs"), mine, said("later")])
    calendar.now += timedelta(seconds=2)
    chat.redraw([mine])
    assert "waiting" in chat.text.tag_names(index_of(chat, "mine"))
    mine.delivery = Delivery.DOUBTFUL
    chat.redraw([mine])
    assert "May not have arrived" in lines(chat)
    mine.delivery = Delivery.SENT
    chat.redraw([mine])
    assert "waiting" not in chat.text.tag_names(index_of(chat, "mine"))
    assert lines(chat)[1:] == ["bob  12:00", "theirs", "me  12:00", "mine", "bob  12:00", "later"]


def test_an_update_of_what_is_not_shown_does_nothing(chat: MessageList) -> None:
    chat.append([said("here")])
    chat.redraw([said("elsewhere")])
    assert lines(chat)[-1] == "here"


# Where the view stays


def test_what_one_writes_oneself_is_shown(chat: MessageList) -> None:
    chat.append(many(100))
    scroll_to(chat, 0.2)
    chat.append([said("mine", "me", own=True, delivery=Delivery.WAITING)])
    chat.update()
    assert chat.text.dlineinfo("end-1c")


def test_older_messages_join_the_group_below(chat: MessageList) -> None:
    chat.show([said("two", minutes=1)])
    chat.prepend([said("zero", minutes=-60 * 24), said("one")])
    assert lines(chat) == ["Yesterday", "bob  12:00", "zero", "Today", "bob  12:00", "one", "two"]


def test_the_oldest_go(chat: MessageList, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_list, "MAX_MESSAGES", 5)
    chat.append([presence(name) for name in "abc"])
    chat.append([said(str(n)) for n in range(3)])
    assert lines_below_edge(chat) == ["Today", "b and c joined", "bob  12:00", "0", "1", "2"]
    chat.append([said(str(n)) for n in range(3, 6)])
    assert lines_below_edge(chat) == ["Today", "bob  12:00", "1", "2", "3", "4", "5"]


def test_a_later_day_keeps_its_line_when_the_oldest_go(
    chat: MessageList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_list, "MAX_MESSAGES", 2)
    chat.append([said("a", minutes=-60 * 24), said("b", minutes=-60 * 24)])
    chat.append([said("c")])
    assert lines_below_edge(chat) == ["Yesterday", "bob  12:00", "b", "Today", "bob  12:00", "c"]
    chat.append([said("d")])
    assert lines_below_edge(chat) == ["Today", "bob  12:00", "c", "d"]


def test_the_oldest_go_when_there_are_too_many_pictures(
    chat: MessageList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_list, "MAX_PICTURES", 4)  # of two avatars
    for text in "abcd":
        chat.append([presence(text), said(text, text)])
    assert [line for line in lines(chat) if len(line) == 1] == ["c", "d"]
    chat.append([presence(str(n)) for n in range(chat.enough([said("x")] * 100))])
    assert [line for line in lines(chat) if len(line) == 1] == ["c", "d"]
    monkeypatch.setattr(message_list, "MAX_PICTURES", 1)
    chat.append([said("e", "e")])
    assert lines_below_edge(chat) == ["Today", "e  12:00", "e"]
    assert chat._drawn.messages == 1


def test_a_long_run_of_presence_is_cut_too(
    chat: MessageList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_list, "MAX_MESSAGES", 3)
    chat.append([presence(name) for name in "abcde"])
    assert lines_below_edge(chat) == ["Today", "c, d and e joined"]
    chat.append([presence("f")])
    assert lines_below_edge(chat) == ["Today", "d, e and f joined"]


def test_what_was_unfolded_stays_so_when_older_ones_come(chat: MessageList) -> None:
    chat.show([said("start " + "word " * 1_000 + "finish")])
    click_on(chat, "Show more")
    chat.prepend([said("older", "carol", -1)])
    assert "finish" in chat.text.get("1.0", "end")


def test_nothing_goes_while_somebody_reads_up_there(
    chat: MessageList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_list, "MAX_MESSAGES", 100)
    monkeypatch.setattr(message_list, "UNREAD", 2)
    chat.show(many(100))
    scroll_to(chat, 0.1)
    chat.append(many(20, start=100))
    assert "message 0 " in chat.text.get("1.0", "end")
    chat.append(many(90, start=120))
    assert "message 8 " not in chat.text.get("1.0", "end")  # but there is an end to it
    assert "message 10 " in chat.text.get("1.0", "end")
    chat.to_bottom()
    chat.append(many(1, start=210))
    assert "message 110 " not in chat.text.get("1.0", "end")
    assert "message 111 " in chat.text.get("1.0", "end")


def test_the_newest_go_when_somebody_reads_far_back(
    chat: MessageList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_list, "MAX_MESSAGES", 50)
    monkeypatch.setattr(message_list, "UNREAD", 2)
    messages = many(200)
    chat.show(messages[120:], [waiting("mine", 60)])
    scroll_to(chat, 0)
    chat.prepend(messages[80:120])
    assert (chat.drawn, chat.is_behind) == (100, True)
    assert chat.newest == messages[179].key
    assert "mine" not in lines(chat)
    assert chat.first_in_view is None  # as none has a seq here


# Themes and days


@pytest.mark.parametrize("place", [0.1, 0.3, 0.6])
def test_another_density_keeps_the_place(chat: MessageList, theme: Theme, place: float) -> None:
    chat.show(many(200))
    scroll_to(chat, place)
    for is_compact in (True, False):
        first = next(m for m in chat._drawn.messages_from("@0,0") if chat.y_of(m.key) >= 0)
        y = chat.y_of(first.key)
        theme.set_taste(compact=is_compact, hours=24, family="")
        chat.update()
        assert chat.y_of(first.key) == y
        assert not chat.at_bottom


@pytest.mark.parametrize("place", [0.3, 1.0])
def test_theme_and_zoom_keep_the_place(chat: MessageList, theme: Theme, place: float) -> None:
    chat.show(many(100))
    scroll_to(chat, place)
    top = chat.text.index("@0,0").split(".")[0]
    theme.use(DARK)
    theme.set_zoom(150)
    chat.update()
    if place == 1.0:
        assert chat.text.dlineinfo("end-1c")
    else:
        assert chat.text.index("@0,0").split(".")[0] == top
    assert chat.text.cget("background") == DARK.window


def test_at_midnight_today_becomes_yesterday(chat: MessageList, calendar: Clock) -> None:
    chat.show([said("hello")])
    calendar.now += timedelta(days=1)
    chat._new_day()
    assert lines(chat)[0] == "Yesterday"


# Keyboard, and the end


def test_escape_goes_to_the_bottom_and_from_there_does_what_it_does_elsewhere(
    root: tk.Tk, chat: MessageList
) -> None:
    others: list[str] = []
    root.bind("<Escape>", lambda _event: others.append("closed"))
    chat.show(many(100))
    focus(chat.text)
    press(chat.text, "<Home>", "<Escape>")
    assert (chat.at_bottom, others) == (True, [])
    press(chat.text, "<Escape>")
    assert others == ["closed"]


def test_keys_scroll(chat: MessageList) -> None:
    chat.show(many(200))
    focus(chat.text)
    press(chat.text, "<Home>")
    assert chat.text.yview()[0] == 0
    press(chat.text, "<Next>")
    assert chat.text.yview()[0] > 0
    press(chat.text, "<Prior>")
    assert chat.text.yview()[0] == 0


def test_other_widgets_can_page_through_it(chat: MessageList) -> None:
    chat.show(many(200))
    chat.page(-1)
    assert not chat.at_bottom
    chat.page(1)
    assert chat.at_bottom


def test_typing_changes_nothing(chat: MessageList) -> None:
    chat.show([said("hello")])
    focus(chat.text)
    press(chat.text, "x", "<BackSpace>", "<Control-v>", "<Return>")
    assert lines(chat)[-1] == "hello"


def test_it_is_reached_and_left_by_tab(root: tk.Tk, chat: MessageList) -> None:
    other = tk.Entry(root)
    other.pack()
    focus(other)
    press(other, "<Tab>")
    assert chat.focus_displayof() is chat.text
    press(chat.text, "<Tab>")
    assert chat.focus_displayof() is other


def test_a_destroyed_list_leaves_nothing_behind(
    root: tk.Tk, chat: MessageList, theme: Theme
) -> None:
    chat.append(many(10))
    pending = len(root.tk.splitlist(root.tk.call("after", "info")))
    chat.destroy()
    theme.use(DARK)
    root.update()
    assert len(root.tk.splitlist(root.tk.call("after", "info"))) <= pending - 1
