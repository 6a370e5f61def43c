"""One message is marked, and keys act on it."""

import tkinter as tk

import pytest

from tests.gui.apps import People
from tests.gui.driving import click, focus, press, wait_until
from tests.gui.sample_messages import index_of, lines, many, presence, said, scroll_to
from tests.support import running_server
from tkchat.client.message import Message
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.message_menu import Deed, Deeds
from tkchat.gui.messages.message_tags import CURSOR


def on(chat: MessageList) -> str:
    """Return the first two words of what the cursor is on."""
    message = chat.cursor.message
    return " ".join(message.text.split()[:2]) if message else ""


def marked(chat: MessageList) -> str:
    """Return what is seen to be marked."""
    places = [str(index) for index in chat.text.tag_ranges(CURSOR)]
    assert len(places) in (0, 2)
    return chat.text.get(*places) if places else ""


def is_whole(chat: MessageList) -> bool:
    """Tell whether all of what is marked is in view."""
    first, last = (f"{CURSOR}.first", f"{CURSOR}.last -1c")
    boxes = [chat.text.dlineinfo(index) for index in (first, last)]
    height = chat.text.winfo_height()
    return all(box and box[1] >= 0 and box[1] + box[3] <= height for box in boxes)


def show(chat: MessageList, messages: list[Message]) -> None:
    chat.show(messages)
    chat.update()
    focus(chat.text)


def test_it_goes_from_message_to_message(chat: MessageList) -> None:
    show(chat, [said("one"), said("two"), presence("dan"), said("three", "carol")])
    assert marked(chat) == ""
    seen = []
    for key in ("<Up>", "<Up>", "<Up>", "<Up>", "<Down>", "<Down>", "<Down>"):
        press(chat.text, key)
        seen.append(on(chat))
        assert on(chat) in marked(chat)
    assert seen == ["three", "two", "one", "one", "two", "three", "three"]


def test_it_takes_the_view_along(chat: MessageList) -> None:
    show(chat, many(100))
    press(chat.text, "<Up>")
    for number in range(98, 40, -1):
        press(chat.text, "<Up>")
        assert on(chat) == f"message {number}"
        assert is_whole(chat)
    assert not chat.at_bottom
    for number in range(42, 100):
        press(chat.text, "<Down>")
        assert on(chat) == f"message {number}"
        assert is_whole(chat)
    assert chat.at_bottom


def test_one_that_is_higher_than_the_view_is_read_first(chat: MessageList) -> None:
    show(chat, [*many(20), said("high\n" * 90, "carol"), *many(20, start=20)])
    scroll_to(chat, 0)
    press(chat.text, "<Down>")
    while on(chat) != "high high":
        press(chat.text, "<Down>")
    assert chat.text.dlineinfo(index_of(chat, "high"))
    for key, name in (("<Down>", "message 20"), ("<Up>", "message 19")):
        presses = 0
        while on(chat) != name:
            before = chat.text.index("@0,0")
            press(chat.text, key)
            presses += 1
            assert presses < 200
            assert chat.text.index("@0,0") != before or on(chat) == name
        assert presses > 5
        press(chat.text, "<Up>" if key == "<Down>" else "<Down>")
        assert on(chat) == "high high"


def test_it_begins_where_the_reader_is(chat: MessageList) -> None:
    show(chat, many(200))
    scroll_to(chat, 0.5)
    press(chat.text, "<Down>")
    first = chat.cursor.message
    assert first is not None
    assert first is next(chat._drawn.messages_from("@0,0"))
    scroll_to(chat, 0.1)  # by the mouse: it stays behind
    press(chat.text, "<Down>")
    assert chat.cursor.message is next(chat._drawn.messages_from("@0,0"))


def test_home_end_and_page_take_it_along(chat: MessageList) -> None:
    show(chat, many(200))
    press(chat.text, "<Prior>")
    assert on(chat) == ""
    press(chat.text, "<Down>", "<Home>")
    assert on(chat) == "message 0"
    press(chat.text, "<Next>")
    at = int(on(chat).split()[1])
    assert at > 5
    press(chat.text, "<Prior>")
    assert int(on(chat).split()[1]) < at
    press(chat.text, "<End>")
    assert (on(chat), chat.at_bottom) == ("message 199", True)


def test_escape_takes_it_away_first(root: tk.Tk, chat: MessageList) -> None:
    others: list[str] = []
    root.bind("<Escape>", lambda _event: others.append("closed"))
    show(chat, many(5))
    press(chat.text, "<Up>", "<Escape>")
    assert (on(chat), marked(chat), others) == ("", "", [])
    press(chat.text, "<Escape>")
    assert others == ["closed"]


def test_it_goes_with_the_keyboard_and_at_a_click(root: tk.Tk, chat: MessageList) -> None:
    other = tk.Entry(root)
    other.pack()
    show(chat, many(5))
    press(chat.text, "<Up>")
    click(chat.text)
    assert (on(chat), marked(chat)) == ("", "")
    press(chat.text, "<Up>")
    assert on(chat) == "message 4"
    focus(other)
    wait_until(root, lambda: not on(chat))
    assert marked(chat) == ""


def test_it_stays_while_another_window_is_in_front(root: tk.Tk, chat: MessageList) -> None:
    show(chat, many(5))
    press(chat.text, "<Up>")
    window = tk.Toplevel(root)
    focus(window)
    window.destroy()
    focus(chat.text)
    assert on(chat) == "message 4"


def test_what_comes_and_changes_leaves_it_where_it_is(chat: MessageList) -> None:
    messages = many(30)
    show(chat, messages)
    press(chat.text, "<Up>", "<Up>", "<Up>")
    message = chat.cursor.message
    assert message is messages[27]
    chat.append([said("new")])
    chat.prepend(many(30, start=100))
    message.text = "message 27 changed"
    chat.redraw([message])
    assert "message 27 changed" in marked(chat)
    press(chat.text, "<Down>")
    assert on(chat) == "message 28"


def test_another_room_has_it_not(chat: MessageList) -> None:
    messages = many(5)
    show(chat, messages)
    press(chat.text, "<Up>", "<Up>")
    other = said("elsewhere", minutes=60)
    other.key = messages[3].key  # keys are one room's
    chat.show([other, said("more")])
    assert (on(chat), marked(chat)) == ("", "")
    chat.show(messages)
    assert "message 3" in marked(chat)
    chat.show([other])
    press(chat.text, "<Return>", "<Delete>", "<Up>")
    assert on(chat) == "elsewhere"


@pytest.mark.parametrize("key", ["<Return>", "<KP_Enter>", "<Shift-F10>", "<Menu>"])
def test_the_menu_opens_on_it(chat: MessageList, asked: list[str], key: str) -> None:
    show(chat, many(50))
    press(chat.text, "<Up>", "<Up>", "<Up>")
    chat.text.event_generate("<Motion>", x=9, y=9)
    press(chat.text, key)
    menu = chat.menu.menu
    assert menu.is_open
    assert "message 47" in marked(chat)
    menu.close()
    assert chat.text.focus_displayof() is chat.text
    assert on(chat) == "message 47"
    scroll_to(chat, 0)
    press(chat.text, key)
    assert is_whole(chat)
    press(menu.rows.canvas, "<Down>", "<Down>", "<Return>")  # below the emoji
    assert [words.split()[:3] for words in asked] == [["Reply", "message", "47"]]


def test_a_bar_stands_beside_it(chat: MessageList, theme: Theme) -> None:
    show(chat, [*many(30), said("high\n" * 90, "carol")])
    chat.text.yview_moveto(0)
    chat._view.note()
    press(chat.text, "<Down>", "<Down>", "<Down>")
    bar = chat.cursor.bar

    def is_beside() -> bool:
        box = chat.text.dlineinfo(f"{CURSOR}.first")
        return bool(box and bar.winfo_ismapped() and bar.winfo_y() == box[1])

    wait_until(chat, is_beside)
    chat.text.yview_scroll(30, "pixels")
    wait_until(chat, is_beside)
    assert bar.cget("background") == theme.palette.accent
    theme.use(DARK)
    assert bar.cget("background") == DARK.accent
    chat.text.yview_moveto(0.5)
    wait_until(chat, lambda: not bar.winfo_ismapped())
    press(chat.text, "<End>", "<Prior>")
    assert on(chat) == "high high"
    wait_until(chat, lambda: bar.winfo_height() == chat.text.winfo_height())
    press(chat.text, "<Escape>")
    wait_until(chat, lambda: not bar.winfo_ismapped())


def test_delete_asks_for_what_is_possible(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    asked: list[str] = []
    chat = MessageList(
        root,
        theme,
        emoji,
        own_name="me",
        deeds=Deeds(
            allowed=lambda message: [Deed.DELETE] if message.own else [Deed.REPLY],
            do=lambda deed, message: asked.append(f"{deed.value} {message.text}"),
        ),
    )
    chat.pack(fill="both", expand=True)
    show(chat, [said("mine", "me", own=True), said("theirs")])
    press(chat.text, "<Delete>", "<Up>", "<Delete>", "<Up>", "<Delete>")
    assert asked == ["Delete mine"]


def test_copying_takes_it_unless_something_is_selected(chat: MessageList) -> None:
    show(chat, [said("one 👍\nline"), said("two")])
    press(chat.text, "<Up>", "<Up>", "<Control-c>")
    assert chat.clipboard_get() == "one 👍\nline"
    chat.text.tag_add("sel", index_of(chat, "two"), f"{index_of(chat, 'two')} +2c")
    press(chat.text, "<Control-c>")
    assert chat.clipboard_get() == "tw"


def test_keys_tell_each_of_those_who_came(chat: MessageList, asked: list[str]) -> None:
    chat.clipboard_clear()
    chat.clipboard_append("before")
    show(chat, [said("one"), presence("dan"), presence("eve"), said("two")])
    press(chat.text, "<Up>", "<Up>")
    together, apart = "dan and eve joined\n", "dan joined  12:00\neve joined  12:00\n"
    seen = [marked(chat)]
    for key in ("<Return>", "<Return>", "<Right>", "<Right>", "<Left>"):
        press(chat.text, key)
        seen.append(marked(chat))
    assert seen == [together, apart, together, apart, apart, together]
    assert not chat.menu.menu.is_open
    press(chat.text, "<Delete>", "<Control-c>")
    assert (asked, chat.clipboard_get()) == ([], "before")
    press(chat.text, "<Up>", "<Right>")
    assert on(chat) == "one"


def test_keys_show_all_of_a_long_text(chat: MessageList) -> None:
    show(chat, [*many(30), said("start " + "word " * 1_000 + "finish")])
    press(chat.text, "<Up>")
    assert "Show more" in marked(chat)
    top = chat.text.index("@0,0")
    press(chat.text, "<Right>")
    assert "finish" in marked(chat)
    assert chat.text.index("@0,0") == top  # one reads on from there
    press(chat.text, "<Left>")
    assert "Show more" in marked(chat)
    assert chat.text.index("@0,0") == top


def test_where_nothing_was_said_keys_do_nothing(chat: MessageList) -> None:
    for messages in ([], [presence("dan")]):
        show(chat, messages)
        press(chat.text, "<Up>", "<Down>", "<Next>", "<Return>", "<Delete>", "<Control-c>")
        assert (on(chat), marked(chat)) == ("", "")
        assert not chat.menu.menu.is_open
    assert lines(chat)[-1] == "dan joined"


def test_keys_scroll_through_those_who_came(chat: MessageList) -> None:
    coming = [presence(f"user{number}", minutes=number) for number in range(60)]
    show(chat, [said("one"), *coming])
    chat._fold(len(chat._drawn.blocks) - 1)
    chat.to_bottom()
    press(chat.text, "<Up>")
    assert not chat.at_bottom
    presses = 0
    while on(chat) != "one":
        assert marked(chat).count("joined") == len(coming)
        press(chat.text, "<Up>")
        presses += 1
        assert presses < 60
    assert presses > 5


def test_in_the_whole_window_it_leads_to_an_answer_and_letters_to_the_box(people: People) -> None:
    with running_server() as server:
        alice = people.join(server.address, "alice")
        for words in ("one", "two", "three"):
            alice.say(words)
        people.wait_until(lambda: all(m.seq for m in alice.model.room.messages[-3:]))
        text, cursor = alice.messages.text, alice.messages.cursor
        press(alice.composer.entry, "<Shift-F6>", "h")
        press(text, "<Up>", "<Up>")
        people.wait_until(lambda: cursor.message is not None and cursor.message.text == "two")
        press(text, "<Delete>")
        people.wait_until(lambda: "Delete this message?" in alice.sees)
        alice.press_button("Cancel")
        people.wait_until(lambda: "Delete this message?" not in alice.sees)
        assert cursor.message is not None
        press(text, "x")
        people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)
        people.wait_until(lambda: cursor.message is None)
        assert alice.composer.text() == "hx"
        press(text, "<Up>", "<Return>")
        menu = alice.messages.menu.menu
        people.wait_until(lambda: menu.is_open)
        press(menu.rows.canvas, "<Down>", "<Down>", "<Return>")
        people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)
        people.wait_until(lambda: cursor.message is None)
        assert "Reply to yourself | three" in alice.sees
