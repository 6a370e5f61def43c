"""Names, rooms, commands and emoji are completed while they are written, by real keys."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, show, type_text, wait_until
from tkchat.client.commands import table
from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.writing.completion_popup import CompletionPopup
from tkchat.gui.writing.composer import Calls, Composer
from tkchat.gui.writing.offers import Sources

KEYS = {"@": "<at>", "#": "<numbersign>", ":": "<colon>", "/": "<slash>", "_": "<underscore>"}


@pytest.fixture
def sent() -> list[str]:
    return []


@pytest.fixture
def composer(root: tk.Tk, theme: Theme, emoji: Emoji, sent: list[str]) -> Composer:
    def send(text: str) -> bool:
        sent.append(text)
        return True

    sources = Sources(
        people=lambda: [("alice", Presence()), ("albert", None), ("bob", None)],
        rooms=lambda: [("general", "Everything"), ("design", ""), ("devel", "")],
        commands=table,
        shortcodes=emoji.shortcodes,
        favourites=emoji.recent.shown,
    )
    made = Composer(
        root, theme, emoji, Calls(send), names=lambda: ["alice", "albert", "bob"], sources=sources
    )
    made.pack(side="bottom", fill="x", padx=10, pady=10)
    show(made)
    focus(made.entry)
    return made


def popup(composer: Composer) -> CompletionPopup:
    return composer.completing.popup


def write(composer: Composer, text: str) -> None:
    """Type ``text``; wait until what it offers is known."""
    for char in text:
        if char in KEYS:
            press(composer.entry, KEYS[char])
        else:
            type_text(composer.entry, char)
    composer.update()


def offered(composer: Composer) -> list[str]:
    return [offer.label for offer in popup(composer)._offers]


def test_people_are_offered_and_filtered(composer: Composer) -> None:
    write(composer, "hi @")
    assert offered(composer) == ["alice", "albert", "bob", "@all"]
    write(composer, "al")
    assert offered(composer) == ["alice", "albert", "@all"]
    write(composer, "b")
    assert offered(composer) == ["albert"]
    press(composer.entry, "<BackSpace>")
    wait_until(composer, lambda: len(offered(composer)) == 3)
    write(composer, "x")
    assert not popup(composer).is_open


@pytest.mark.parametrize("key", ["<Return>", "<Tab>"])
def test_a_key_takes_what_is_selected(composer: Composer, sent: list[str], key: str) -> None:
    write(composer, "hi @al")
    press(composer.entry, "<Down>", key)
    assert composer.text() == "hi @albert "
    assert not popup(composer).is_open
    assert sent == []
    press(composer.entry, "<Return>")
    assert sent == ["hi @albert "]


def test_the_selection_goes_round(composer: Composer) -> None:
    write(composer, "@")
    press(composer.entry, "<Up>", "<Return>")
    assert composer.text() == "@all "


def test_a_click_takes(composer: Composer) -> None:
    write(composer, "#de")
    wait_until(composer, popup(composer).canvas.winfo_ismapped)
    click(popup(composer).canvas, 40, popup(composer).canvas.winfo_height() - 12)
    assert composer.text() == "#devel "
    assert composer.focus_displayof() is composer.entry


def test_what_is_written_in_full_is_sent(composer: Composer, sent: list[str]) -> None:
    write(composer, "/who")
    assert popup(composer).is_open
    press(composer.entry, "<Return>")
    assert sent == ["/who"]
    assert not popup(composer).is_open


def test_commands_are_offered_at_the_beginning_only(composer: Composer) -> None:
    write(composer, "/jo")
    press(composer.entry, "<Tab>")
    assert composer.text() == "/join "
    write(composer, "/")
    assert not popup(composer).is_open


def test_escape_closes_until_another_word(composer: Composer) -> None:
    heard: list[str] = []
    composer.winfo_toplevel().bind("<Escape>", lambda _: heard.append("escape"))
    write(composer, "@a")
    press(composer.entry, "<Escape>")
    assert not popup(composer).is_open
    assert heard == []
    write(composer, "l")
    assert not popup(composer).is_open
    write(composer, " @a")
    assert popup(composer).is_open
    press(composer.entry, "<Escape>", "<Escape>")
    assert heard == ["escape"]
    assert composer.text() == "@al @a"


def test_a_draft_gets_no_offers(
    root: tk.Tk, theme: Theme, emoji: Emoji, composer: Composer
) -> None:
    composer.set_text("half @al")
    assert not popup(composer).is_open
    unseen = Composer(
        root, theme, emoji, Calls(lambda _text: True), sources=composer.completing._sources
    )
    unseen.set_text("half :smi")
    unseen.pack()
    root.update()
    assert not popup(unseen).is_open


def test_going_elsewhere_closes(composer: Composer) -> None:
    write(composer, "@a")
    press(composer.entry, "<Home>")
    wait_until(composer, lambda: not popup(composer).is_open)
    press(composer.entry, "<End>")
    write(composer, "l")
    assert popup(composer).is_open
    composer.set_text("a draft with @al")
    assert not popup(composer).is_open
    write(composer, "b")
    assert popup(composer).is_open
    focus(composer.button)
    assert not popup(composer).is_open


def test_before_a_space_none_is_added(composer: Composer) -> None:
    composer.set_text("hi  there")
    composer.entry.mark_set("insert", "1.3")
    write(composer, "@bo")
    press(composer.entry, "<Tab>")
    assert composer.text() == "hi @bob there"
    assert composer.entry.before_cursor == "hi @bob "


def test_taking_is_undone(composer: Composer) -> None:
    write(composer, "hi @al")
    press(composer.entry, "<Tab>", "<Control-z>")
    assert composer.text() == "hi @al"


def test_emoji_are_offered_after_two_letters(composer: Composer, emoji: Emoji) -> None:
    write(composer, "ok :t")
    assert not popup(composer).is_open
    write(composer, "ada")
    press(composer.entry, "<Return>")
    assert composer.text() == "ok 🎉"
    assert emoji.recent.kept == ["🎉"]


def test_a_whole_shortcode_becomes_its_emoji(composer: Composer) -> None:
    write(composer, "ok :tada: :no_such: 1")
    assert composer.text() == "ok 🎉 :no_such: 1"


def test_a_shortcode_comes_back(composer: Composer) -> None:
    write(composer, "ok :tada:")
    press(composer.entry, "<Control-z>")
    assert composer.text() == "ok :tada:"
    write(composer, " ")
    assert composer.text() == "ok :tada: "


def test_code_keeps_its_colons(composer: Composer) -> None:
    composer.set_text("`a")
    write(composer, " :tada:")
    assert composer.text() == "`a :tada:"
    assert not popup(composer).is_open


def test_a_name_without_a_sign_is_completed_as_ever(composer: Composer) -> None:
    write(composer, "al")
    assert not popup(composer).is_open
    press(composer.entry, "<Tab>")
    assert composer.text() == "alice: "
    press(composer.entry, "<Tab>")
    assert composer.text() == "albert: "
