"""The context menu of a message."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, wait_until
from tests.gui.emoji_font import needs_font
from tests.gui.hovering import Hovering
from tests.gui.rows import labels, pick
from tests.gui.sample_messages import index_of, many, said
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.message_menu import QUICK_REACTIONS, SHOWN_READERS, Deed, Deeds
from tkchat.gui.widgets.menu import Menu


def open_on(chat: MessageList, words: str) -> Menu:
    """Open the menu with a right click on ``words``."""
    chat.update()
    box = chat.text.bbox(index_of(chat, words))
    assert box
    click(chat.text, box[0] + 2, box[1] + 5, button=3)
    wait_until(chat, chat.menu.menu.panel.winfo_viewable)
    return chat.menu.menu


def offers(chat: MessageList, words: str) -> list[str]:
    """Return what the menu on ``words`` offers."""
    menu = open_on(chat, words)
    found = labels(menu.rows)
    menu.close()
    return found


def test_a_right_click_offers_what_can_be_done(chat: MessageList, asked: list[str]) -> None:
    chat.show([said("one"), said("two", "carol")])
    menu = open_on(chat, "one")
    assert labels(menu.rows) == [
        *("Reply", "Copy message", "Copy with name and time"),
        *("Edit", "Delete", "Discard", "Select all"),
    ]
    pick(menu, "Reply")
    pick(open_on(chat, "two"), "Delete")
    assert asked == ["Reply one", "Delete two"]


def test_copy_takes_the_message_or_what_is_selected(chat: MessageList) -> None:
    chat.show([said("all of it 👍\n\ud83d")])
    pick(open_on(chat, "all of it"), "Copy message")
    assert chat.clipboard_get() == "all of it 👍\n\ufffd"
    pick(open_on(chat, "all of it"), "Copy with name and time")
    assert chat.clipboard_get() == "[12:00] bob: all of it 👍\n\ufffd"
    chat.text.tag_add("sel", index_of(chat, "of"), f"{index_of(chat, 'it')} +2c")
    pick(open_on(chat, "all of it"), "Copy")
    assert chat.clipboard_get() == "of it"
    pick(open_on(chat, "all of it"), "Copy with names and times")
    assert chat.clipboard_get() == "[12:00] bob: of it"


def test_a_link_can_be_copied(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    hovering = Hovering(root, theme, emoji)
    hovering.show(said("see https://example.org/a_b, [that](https://example.org/c) and here"))
    copied = []
    for words in ("and here", "example.org/a", "that"):
        click(hovering.text, *hovering.place(words), button=3)
        menu = hovering.menu.menu
        if "Copy link" in labels(menu.rows):
            pick(menu, "Copy link")
            copied.append(hovering.text.clipboard_get())
        menu.close()
    assert copied == ["https://example.org/a_b", "https://example.org/c"]


def test_an_answer_leads_to_what_it_answers(chat: MessageList, asked: list[str]) -> None:
    answer = said("yes")
    answer.answers, answer.quote = 17, ("carol", "is it so?")
    chat.show([said("one"), answer])
    assert "Show what it answers" not in offers(chat, "one")
    pick(open_on(chat, "yes"), "Show what it answers")
    assert asked == ["go to 17"]


def with_deeds(root: tk.Tk, theme: Theme, emoji: Emoji, deeds: Deeds) -> MessageList:
    chat = MessageList(root, theme, emoji, own_name="me", deeds=deeds)
    chat.pack(fill="both", expand=True)
    return chat


def test_who_has_seen_it_is_told(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    many_names = [f"n{at}" for at in range(SHOWN_READERS + 2)]
    readers = {"one": ["bob"], "two": ["bob", "carol\n"], "three": [], "four": many_names}
    chat = with_deeds(root, theme, emoji, Deeds(seen_by=lambda message: readers[message.text]))
    chat.show([said(text) for text in readers])
    told = {}
    for text in readers:
        menu = open_on(chat, text)
        told[text] = [(row.text, row.note) for row in menu.rows.rows if row.note]
        menu.close()
    assert told["one"] == [("Seen by 1 person", "bob")]
    assert told["two"] == [("Seen by 2 people", "bob, carol")]
    assert told["three"] == []
    [(caption, names)] = told["four"]
    assert caption == f"Seen by {len(many_names)} people"
    assert names.split()[-4:] == ["n38,", "n39,", "2", "others"]


def test_where_there_is_no_message_there_is_nothing_to_copy(chat: MessageList) -> None:
    chat.show([said("one")])
    menu = open_on(chat, "Today")
    assert [(row.text, row.can_be_chosen) for row in menu.rows.rows if row.text] == [
        ("Copy", False),
        ("Select all", True),
    ]
    assert not menu.pictures.buttons


@pytest.mark.parametrize("zoom", [100, 175])
def test_nothing_is_cut(chat: MessageList, theme: Theme, zoom: int) -> None:
    theme.set_zoom(zoom)
    chat.show([said("one")])
    menu = open_on(chat, "one")
    chat.update()
    assert menu.rows._painter.clipped == {}
    assert menu.pictures.winfo_width() >= menu.pictures.least_width


def can_react(chosen: list[str], *, more: bool) -> Deeds:
    """Return what takes down which reactions were chosen."""
    return Deeds(
        lambda _: [Deed.REACT],
        react=lambda message, sequence: chosen.append(f"{message.text} {sequence}"),
        more=(lambda message, near: chosen.append(f"{message.text} {near}")) if more else None,
    )


@needs_font
@pytest.mark.parametrize("more", [True, False])
def test_reactions_are_pictures(
    root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str], more: bool
) -> None:
    chat = with_deeds(root, theme, emoji, can_react(chosen, more=more))
    chat.show([said("one")])
    for at in range(len(QUICK_REACTIONS) + more):
        press(open_on(chat, "one").rows.canvas, "<Down>", *["<Right>"] * at, "<Return>")
    expected = [*QUICK_REACTIONS, *([str(chat.text)] if more else [])]
    assert chosen == [f"one {each}" for each in expected]
    assert [each.tip for each in chat.menu.menu.pictures.buttons][:2] == [":thumbsup:", ":heart:"]


def test_without_pictures_reactions_are_words(root: tk.Tk, theme: Theme, chosen: list[str]) -> None:
    bare = Emoji(root, safe=False, files=())
    chat = with_deeds(root, theme, bare, can_react(chosen, more=True))
    chat.show([said("one")])
    menu = open_on(chat, "one")
    assert not menu.pictures.buttons
    names = labels(menu.rows)[: len(QUICK_REACTIONS) + 1]
    assert (names[0], names[-1]) == ("thumbs up sign", "More…")
    menu.close()
    for name in names:
        pick(open_on(chat, "one"), name)
    assert chosen == [f"one {each}" for each in (*QUICK_REACTIONS, chat.text)]


@pytest.mark.parametrize("key", ["<Shift-F10>", "<Menu>"])
def test_by_key_it_opens_on_the_newest_or_the_selected(
    root: tk.Tk, chat: MessageList, asked: list[str], key: str
) -> None:
    chat.show(many(50))
    # Away from the pointer. (To move that with Tk's warp= can crash Tk when the window goes.)
    root.geometry(f"+{root.winfo_pointerx() + 20}+{root.winfo_pointery() + 20}")
    focus(chat.text)
    for selected in ("", "message 45 "):
        if selected:
            chat.text.tag_add("sel", index_of(chat, selected))
        press(chat.text, key)
        pick(chat.menu.menu, "Reply")
        assert chat.focus_get() is chat.text
    assert [words.split()[2] for words in asked] == ["49", "45"]
