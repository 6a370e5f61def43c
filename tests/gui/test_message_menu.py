"""The context menu of a message."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, wait_until
from tests.gui.hovering import Hovering
from tests.gui.messages import index_of, many, said
from tkchat.gui.emoji import Emoji
from tkchat.gui.message_list import MessageList
from tkchat.gui.message_menu import QUICK_REACTIONS, Deed, Deeds
from tkchat.gui.theme import Theme


def labels(menu: tk.Menu) -> list[str]:
    last = menu.index("end")
    assert last is not None
    rows = [row for row in range(last + 1) if menu.type(row) != "separator"]
    return [str(menu.entrycget(row, "label")).strip() for row in rows]


def open_on(chat: MessageList, words: str) -> tk.Menu:
    """Open the menu with a right click on ``words``."""
    chat.update()
    box = chat.text.bbox(index_of(chat, words))
    assert box
    click(chat.text, box[0] + 2, box[1] + 5, button=3)
    wait_until(chat, chat.menu.menu.winfo_ismapped)
    close(chat)
    return chat.menu.menu


def close(chat: MessageList) -> None:
    """Close the menu, which then still knows what it offered."""
    chat.menu.menu.unpost()
    wait_until(chat, lambda: not chat.menu.menu.winfo_ismapped())


def test_a_right_click_offers_what_can_be_done(chat: MessageList, asked: list[str]) -> None:
    chat.show([said("one"), said("two", "carol")])
    menu = open_on(chat, "one")
    assert labels(menu) == [
        *("Reply", "React", "Copy message", "Copy with name and time"),
        *("Edit", "Delete", "Discard", "Select all"),
    ]
    menu.invoke("*Reply*")
    open_on(chat, "two").invoke("*Delete*")
    assert asked == ["Reply one", "Delete two"]


def test_copy_takes_the_message_or_what_is_selected(chat: MessageList) -> None:
    chat.show([said("all of it 👍\n\ud83d")])
    open_on(chat, "all of it").invoke("*Copy message*")
    assert chat.clipboard_get() == "all of it 👍\n\ufffd"
    open_on(chat, "all of it").invoke("*Copy with*")
    assert chat.clipboard_get() == "[12:00] bob: all of it 👍\n\ufffd"
    chat.text.tag_add("sel", index_of(chat, "of"), f"{index_of(chat, 'it')} +2c")
    open_on(chat, "all of it").invoke("  Copy    ")
    assert chat.clipboard_get() == "of it"
    open_on(chat, "all of it").invoke("*Copy with*")
    assert chat.clipboard_get() == "[12:00] bob: of it"


def test_a_link_can_be_copied(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    hovering = Hovering(root, theme, emoji)
    hovering.show(said("see https://example.org/a_b, [that](https://example.org/c) and here"))
    copied = []
    for words in ("and here", "example.org/a", "that"):
        x, y = hovering.place(words)
        hovering.menu.post(f"@{x},{y}", 0, 0)
        hovering.menu.menu.unpost()
        if "Copy link" in labels(hovering.menu.menu):
            hovering.menu.menu.invoke("*Copy link*")
            copied.append(hovering.text.clipboard_get())
    assert copied == ["https://example.org/a_b", "https://example.org/c"]


def test_an_answer_leads_to_what_it_answers(chat: MessageList, asked: list[str]) -> None:
    answer = said("yes")
    answer.answers, answer.quote = 17, ("carol", "is it so?")
    chat.show([said("one"), answer])
    assert "Show what it answers" not in labels(open_on(chat, "one"))
    open_on(chat, "yes").invoke("*answers*")
    assert asked == ["go to 17"]


def test_who_has_seen_it_is_told(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    readers = {"one": ["bob"], "two": ["bob", "carol"], "three": []}
    deeds = Deeds(seen_by=lambda message: readers[message.text])
    chat = MessageList(root, theme, emoji, own_name="me", deeds=deeds)
    chat.pack(fill="both", expand=True)
    chat.show([said(text) for text in readers])
    assert not [label for label in labels(open_on(chat, "three")) if "Seen" in label]
    assert "Seen by 1 person" in labels(open_on(chat, "one"))
    menu = open_on(chat, "two")
    names = menu.nametowidget(menu.entrycget("*Seen by 2 people*", "menu"))
    assert isinstance(names, tk.Menu)
    assert labels(names) == ["bob", "carol"]


def test_another_emoji_is_chosen_near_the_list(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    wanted: list[tuple[str, tk.Misc]] = []
    deeds = Deeds(lambda _: [Deed.REACT], more=lambda m, near: wanted.append((m.text, near)))
    chat = MessageList(root, theme, emoji, own_name="me", deeds=deeds)
    chat.pack(fill="both", expand=True)
    chat.show([said("one")])
    menu = open_on(chat, "one")
    reactions = menu.nametowidget(menu.entrycget("*React*", "menu"))
    assert isinstance(reactions, tk.Menu)
    reactions.invoke("*More*")
    assert wanted == [("one", chat.text)]


def test_where_there_is_no_message_there_is_nothing_to_copy(chat: MessageList) -> None:
    chat.show([said("one")])
    menu = open_on(chat, "Today")
    assert labels(menu) == ["Copy", "Select all"]
    assert menu.entrycget("*Copy*", "state") == "disabled"


@pytest.mark.parametrize("pictures", [True, False])
def test_reactions_are_chosen(root: tk.Tk, theme: Theme, emoji: Emoji, pictures: bool) -> None:
    chosen: list[str] = []
    chat = MessageList(
        root,
        theme,
        emoji if pictures else Emoji(root, safe=False, files=()),
        own_name="me",
        deeds=Deeds(lambda _: [Deed.REACT], react=lambda _, sequence: chosen.append(sequence)),
    )
    chat.pack(fill="both", expand=True)
    chat.show([said("one")])
    menu = open_on(chat, "one")
    reactions = menu.nametowidget(menu.entrycget("*React*", "menu"))
    assert isinstance(reactions, tk.Menu)
    for row in range(len(QUICK_REACTIONS)):
        reactions.invoke(row)
    assert tuple(chosen) == QUICK_REACTIONS
    assert pictures or labels(reactions)[0] == "thumbs up sign"


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
        wait_until(chat, chat.menu.menu.winfo_ismapped)
        close(chat)
        chat.menu.menu.invoke("*Reply*")
    assert [words.split()[2] for words in asked] == ["49", "45"]
