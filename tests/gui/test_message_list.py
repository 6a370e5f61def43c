"""The message list in a real window."""

import tkinter as tk
from datetime import date, timedelta

import pytest

from tests.gui.driving import click, focus, press, screenshot, show, wait_until
from tests.gui.messages import TODAY, notice, presence, said
from tkchat.client.message import Delivery, Message
from tkchat.gui import message_list
from tkchat.gui.emoji import Emoji
from tkchat.gui.message_list import MessageList
from tkchat.gui.palette import DARK, LIGHT, author_colour
from tkchat.gui.theme import Theme


class Clock:
    """A calendar to turn the pages of."""

    today: date = TODAY


@pytest.fixture
def opened() -> list[str]:
    """The links that were clicked."""
    return []


@pytest.fixture
def calendar() -> Clock:
    return Clock()


@pytest.fixture
def chat(
    root: tk.Tk, theme: Theme, emoji: Emoji, opened: list[str], calendar: Clock
) -> MessageList:
    made = MessageList(
        root, theme, emoji, own_name="me", on_link=opened.append, today=lambda: calendar.today
    )
    made.pack(fill="both", expand=True)
    show(made)
    return made


def lines(chat: MessageList) -> list[str]:
    """Return what stands in the list; copying it is the one way to see the emoji too."""
    chat.text.tag_add("sel", "1.0", "end-1c")
    found = chat.selected_text().rstrip("\n").split("\n")
    chat.text.tag_remove("sel", "1.0", "end")
    return found


def many(count: int, start: int = 0) -> list[Message]:
    return [
        said(f"message {n} " + "words " * (n % 40), f"user{n // 3 % 7}", minutes=n / 100)
        for n in range(start, start + count)
    ]


def scroll_to(chat: MessageList, place: float) -> None:
    """Scroll as the scrollbar does."""
    chat.update()
    chat._view.scroll("moveto", str(place))
    chat.update()


def index_of(chat: MessageList, words: str) -> str:
    found = chat.text.search(words, "1.0", "end")
    assert found, lines(chat)
    return found


def click_on(chat: MessageList, words: str) -> None:
    index = index_of(chat, words)
    chat.text.see(index)
    chat.update()
    box = chat.text.bbox(f"{index} +1c")
    assert box
    click(chat.text, box[0] + 2, box[1] + box[3] // 2)


def y_of(chat: MessageList, words: str) -> int:
    box = chat.text.dlineinfo(index_of(chat, words))
    assert box, "not in view"
    return box[1]


def test_messages_stand_under_date_and_author(chat: MessageList) -> None:
    chat.show([said("one", minutes=-60 * 24), said("two"), said("three", minutes=1)])
    assert lines(chat) == ["Yesterday", "bob  12:00", "one", "Today", "bob  12:00", "two", "three"]


def test_appending_goes_on_where_the_list_ended(chat: MessageList) -> None:
    chat.append([said("one")])
    chat.append([said("two"), said("three", "carol")])
    assert lines(chat) == ["Today", "bob  12:00", "one", "two", "carol  12:00", "three"]


def test_showing_another_room_replaces_everything(chat: MessageList) -> None:
    chat.show(many(50))
    chat.show([said("alone")])
    assert lines(chat) == ["Today", "bob  12:00", "alone"]
    chat.show([])
    assert lines(chat) == [""]


def test_a_long_history_comes_in_bit_by_bit(chat: MessageList) -> None:
    chat.show(many(1_000, start=1_000))
    assert "message 1999 " in chat.text.get("1.0", "end")
    chat.prepend(many(10, start=990))
    chat.append(many(10, start=2_000))
    wait_until(chat, lambda: "message 990 " in chat.text.get("1.0", "end"))
    shown = [line.split()[1] for line in lines(chat) if line.startswith("message")]
    assert shown == [str(n) for n in range(990, 2_010)]
    assert chat.at_bottom


def test_another_room_stops_the_history_of_the_last_one(chat: MessageList) -> None:
    chat.show(many(1_000))
    chat.show([said("alone")])
    for _ in range(30):
        chat.update()
    assert lines(chat) == ["Today", "bob  12:00", "alone"]
    assert not chat._slicing


def test_emoji_are_pictures_that_copy_as_text(chat: MessageList) -> None:
    chat.show([said("👍🏽 first, then 🎉🎉 and 👨‍👩‍👧"), said("🚀")])
    assert lines(chat)[-2:] == ["👍🏽 first, then 🎉🎉 and 👨‍👩‍👧", "🚀"]


def test_without_safe_glyphs_or_pictures_names_are_shown(root: tk.Tk, theme: Theme) -> None:
    chat = MessageList(root, theme, Emoji(root, safe=False, files=()), own_name="me")
    chat.append([said("ok 👍", "fan🎉"), presence("🚀"), notice("no ❤️")])
    assert chat.text.get("1.0", "end").isascii() or "·" in chat.text.get("1.0", "end")
    assert "ok :thumbs_up_sign:" in lines(chat)


def test_an_action_is_italic(chat: MessageList) -> None:
    chat.show([said("* bob waves")])
    assert lines(chat) == ["Today", "* bob waves"]
    assert "action" in chat.text.tag_names(index_of(chat, "waves"))


def test_a_notice_says_who_sees_it(chat: MessageList) -> None:
    chat.show([notice("No such room.")])
    assert lines(chat)[1:] == ["From the host  12:00", "No such room."]


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
    assert chat.selected_text()


def test_delivery_is_seen(chat: MessageList) -> None:
    mine = said("mine", "me", own=True, delivery=Delivery.WAITING)
    chat.append([said("theirs"), mine, said("later")])
    assert "waiting" in chat.text.tag_names(index_of(chat, "mine"))
    mine.delivery = Delivery.DOUBTFUL
    chat.update_delivery(mine)
    assert "May not have arrived" in lines(chat)
    mine.delivery = Delivery.SENT
    chat.update_delivery(mine)
    assert "waiting" not in chat.text.tag_names(index_of(chat, "mine"))
    assert lines(chat)[1:] == ["bob  12:00", "theirs", "me  12:00", "mine", "bob  12:00", "later"]


def test_an_update_of_what_is_not_shown_does_nothing(chat: MessageList) -> None:
    chat.append([said("here")])
    chat.update_delivery(said("elsewhere"))
    assert lines(chat)[-1] == "here"


# Where the view stays


def test_the_list_follows_new_messages(chat: MessageList) -> None:
    for _ in range(5):
        chat.append(many(50))
        chat.update()
    assert chat.text.dlineinfo("end-1c")


def test_a_smaller_window_does_not_lose_the_bottom(root: tk.Tk, chat: MessageList) -> None:
    chat.append(many(50))
    root.geometry("500x300")
    wait_until(root, lambda: chat.text.winfo_height() < 310)
    wait_until(root, lambda: chat.text.dlineinfo("end-1c"))


def test_reading_further_up_is_not_disturbed(chat: MessageList) -> None:
    chat.append(many(100))
    scroll_to(chat, 0.4)
    top = chat.text.index("@0,0")
    chat.append([said("new"), presence("x"), said("mine", "me", own=True)])
    chat.append([said("newer")])
    chat.update()
    assert chat.text.index("@0,0") == top
    assert chat.unseen == 2
    assert chat._pill.cget("text") == "↓  2 new messages"
    assert chat._pill.winfo_ismapped()


def test_the_pill_goes_to_the_bottom(chat: MessageList) -> None:
    chat.append(many(100))
    scroll_to(chat, 0.4)
    chat.append([said("new")])
    chat.update()
    chat._pill.invoke()
    wait_until(chat, lambda: chat.text.dlineinfo("end-1c"))
    wait_until(chat, lambda: not chat._pill.winfo_ismapped())
    assert (chat.unseen, chat.at_bottom) == (0, True)


def test_scrolling_down_by_hand_takes_the_pill_away(chat: MessageList) -> None:
    chat.append(many(100))
    focus(chat.text)
    press(chat.text, "<Home>")
    chat.append([said("new")])
    chat.update()
    assert chat._pill.winfo_ismapped()
    press(chat.text, "<End>")
    wait_until(chat, lambda: not chat._pill.winfo_ismapped())


def test_the_wheel_leaves_the_bottom_and_comes_back(chat: MessageList) -> None:
    chat.append(many(100))
    chat.update()
    click(chat.text, 100, 100, button=4)
    click(chat.text, 100, 100, button=4)
    assert not chat.at_bottom
    for _ in range(6):
        click(chat.text, 100, 100, button=5)
    assert chat.at_bottom


def test_what_one_writes_oneself_is_shown(chat: MessageList) -> None:
    chat.append(many(100))
    scroll_to(chat, 0.2)
    chat.append([said("mine", "me", own=True, delivery=Delivery.WAITING)])
    chat.update()
    assert chat.text.dlineinfo("end-1c")


@pytest.mark.parametrize("place", [0.0, 0.02, 0.3, 0.7])
def test_older_messages_above_move_nothing(chat: MessageList, place: float) -> None:
    chat.show(many(100, start=1000))
    scroll_to(chat, place)
    # Not the first of all: that gives its header away.
    words = f"message {next(n for n in range(1001, 1100) if visible(chat, f'message {n} '))} "
    before = y_of(chat, words)
    for start in range(950, 700, -50):
        chat.prepend(many(50, start))
        chat.update()
        assert y_of(chat, words) == before
    assert lines(chat)[0] == "Today"
    assert lines(chat).count("Today") == 1


def visible(chat: MessageList, words: str) -> bool:
    found = chat.text.search(words, "1.0", "end")
    box = chat.text.dlineinfo(found) if found else None
    return box is not None and box[1] > 20


def test_older_messages_keep_the_bottom(chat: MessageList) -> None:
    chat.show(many(50, start=50))
    chat.prepend(many(50))
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
    assert lines(chat) == ["Today", "b and c joined", "bob  12:00", "0", "1", "2"]
    chat.append([said(str(n)) for n in range(3, 6)])
    assert lines(chat) == ["Today", "bob  12:00", "1", "2", "3", "4", "5"]


def test_a_later_day_keeps_its_line_when_the_oldest_go(
    chat: MessageList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_list, "MAX_MESSAGES", 2)
    chat.append([said("a", minutes=-60 * 24), said("b", minutes=-60 * 24)])
    chat.append([said("c")])
    assert lines(chat) == ["Yesterday", "bob  12:00", "b", "Today", "bob  12:00", "c"]
    chat.append([said("d")])
    assert lines(chat) == ["Today", "bob  12:00", "c", "d"]


def test_what_was_unfolded_stays_so_when_older_ones_come(chat: MessageList) -> None:
    chat.show([said("start " + "word " * 1_000 + "finish")])
    click_on(chat, "Show more")
    chat.prepend([said("older", "carol", -1)])
    assert "finish" in chat.text.get("1.0", "end")


def test_nothing_goes_while_somebody_reads_up_there(
    chat: MessageList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_list, "MAX_MESSAGES", 100)
    chat.append(many(100))
    scroll_to(chat, 0.1)
    chat.append(many(20, start=100))
    assert "message 0 " in chat.text.get("1.0", "end")
    chat.to_bottom()
    chat.append(many(1, start=120))
    assert "message 20 " not in chat.text.get("1.0", "end")
    assert "message 21 " in chat.text.get("1.0", "end")


# Themes and days


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


def test_avatars_follow_the_theme(chat: MessageList, theme: Theme) -> None:
    chat.show([said("hello", "Ada")])
    x = theme.px(16) + 6

    def colours() -> set[object]:
        picture = screenshot(chat.text).convert("RGB")
        return {picture.getpixel((x, y)) for y in range(picture.height)}

    def rgb(colour: str) -> tuple[int, ...]:
        return tuple(bytes.fromhex(colour[1:]))

    wait_until(chat, lambda: rgb(author_colour(LIGHT, "Ada")) in colours())
    theme.use(DARK)
    wait_until(chat, lambda: rgb(author_colour(DARK, "Ada")) in colours())


def test_at_midnight_today_becomes_yesterday(chat: MessageList, calendar: Clock) -> None:
    chat.show([said("hello")])
    calendar.today += timedelta(days=1)
    chat._new_day()
    assert lines(chat)[0] == "Yesterday"


# Keyboard, clipboard, hostile text


def test_copying(chat: MessageList) -> None:
    chat.show([said("a 👍 b")])
    focus(chat.text)
    press(chat.text, "<Control-a>", "<Control-c>")
    assert chat.clipboard_get() == "Today\nbob  12:00\na 👍 b\n"


def test_copying_nothing_keeps_the_clipboard(chat: MessageList) -> None:
    chat.clipboard_clear()
    chat.clipboard_append("kept")
    focus(chat.text)
    press(chat.text, "<Control-c>")
    assert chat.clipboard_get() == "kept"


@pytest.mark.parametrize("key", ["<Shift-F10>", "<Menu>"])
def test_the_menu_opens_by_key_and_closes_by_escape(chat: MessageList, key: str) -> None:
    menu = chat._menu._menu
    press(chat.text, key)
    wait_until(chat, menu.winfo_ismapped)
    assert menu.entrycget("Copy", "state") == "disabled"
    menu.unpost()
    wait_until(chat, lambda: not menu.winfo_ismapped())


def test_keys_scroll(chat: MessageList) -> None:
    chat.show(many(200))
    focus(chat.text)
    press(chat.text, "<Home>")
    assert chat.text.yview()[0] == 0
    for key in ("<Down>", "<Next>"):
        before = chat.text.yview()[0]
        press(chat.text, key)
        assert chat.text.yview()[0] > before
    for key in ("<Up>", "<Prior>"):
        before = chat.text.yview()[0]
        press(chat.text, key)
        assert chat.text.yview()[0] < before


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


@pytest.mark.parametrize(
    "text",
    [
        "nul \0 here",
        "half \ud83d and \udcf0",
        "e" + "\u0301" * 200,
        "x" * 50_000,
        "word " * 10_000,
        "\n" * 4_000,
        "مرحبا بالعالم שלום \u202edlrow",
        "😀" * 1_500,
        "\ufffc object",
        "{brace [cmd] $var \\ ;",
        "http://" + "a" * 3_000,
    ],
)
def test_hostile_texts_are_shown_and_unfolded(chat: MessageList, text: str) -> None:
    chat.append([said(text, author=text[:40]), presence(text[:40]), notice(text), said("after")])
    chat.update()
    assert lines(chat)[-1] == "after"
    while chat.text.search("Show more", "1.0", "end"):
        click_on(chat, "Show more")
    assert lines(chat)[-1] == "after"


def test_a_destroyed_list_leaves_nothing_behind(
    root: tk.Tk, chat: MessageList, theme: Theme
) -> None:
    chat.append(many(10))
    pending = len(root.tk.splitlist(root.tk.call("after", "info")))
    chat.destroy()
    theme.use(DARK)
    root.update()
    assert len(root.tk.splitlist(root.tk.call("after", "info"))) <= pending - 1
