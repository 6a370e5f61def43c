"""Lists and the box to write in look as in a picture of each, in both themes and large."""

import tkinter as tk
from dataclasses import replace
from tkinter import ttk

import pytest
from PIL import Image

from tests.gui import golden
from tests.gui.driving import screenshot, show
from tests.gui.sample_messages import NOON, Clock, gap, presence, said, waiting
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.fonts import fit_code
from tkchat.gui.look.palette import DARK, LIGHT, Palette
from tkchat.gui.look.theme import Taste, Theme
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.places.people_list import People, PeopleList
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.places.room_list import RoomRow, RoomsList
from tkchat.gui.writing.composer import Calls, Composer

LONG = "A line that is so long that it has to be broken somewhere in the middle, "
CODE = "Look:\n```\nfor each in range(3):\n    print(each)\n```\n> quoted\n1. one\n2. `two`"
LOOKS = [(LIGHT, 100), (DARK, 100), (LIGHT, 175)]


@pytest.fixture
def theme(root: tk.Tk) -> Theme:
    """The light look as in the pictures: at 96 dpi, in fonts that a tester's machine has."""
    if root.tk.call("tk", "windowingsystem") != "x11":
        pytest.skip("other systems draw letters in another way")
    root.tk.call("tk", "scaling", 96 / 72)
    theme = Theme(root, LIGHT, taste=Taste(family="DejaVu Sans"))
    for font in (theme.fonts.mono, theme.fonts.mono_bold):
        font.configure(family="DejaVu Sans Mono")
    fit_code(theme.fonts)
    return theme


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0].name}-{look[1]}")
def look(request: pytest.FixtureRequest, theme: Theme) -> str:
    """The looks of the pictures, one after the other; each has a name."""
    palette, zoom = request.param
    theme.use(palette)
    theme.set_zoom(zoom)
    return f"{palette.name}-{zoom}"


def fill(chat: MessageList, calendar: Clock) -> None:
    """Show all kinds of messages, but no emoji: these look different with each font's version."""
    calendar.now = NOON
    chat.show(
        [
            gap("Messages from before are not here."),
            said("Good morning", "bob", -1500),
            replace(said(LONG * 3, "carol", 0), edited=True),
            presence("dave", minutes=1),
            said("**Bold**, *italic*, ~~wrong~~, `code`, https://example.org", "bob", 2),
            said(CODE, "bob", 3),
            replace(said("No.", "carol", 4), quote=("bob", "Good morning"), answers=1),
            said("@me what do you think?", "carol", 4),
            said("I think so, too.", "me", 5, own=True),
        ],
        [waiting("It waits.", 6)],
    )


def at_rest(widget: tk.Misc) -> None:
    """Take the keyboard away, whose cursor blinks, and let everything be drawn."""
    widget.winfo_toplevel().focus_force()
    widget.update()
    widget.update()


def test_messages(chat: MessageList, calendar: Clock, look: str) -> None:
    fill(chat, calendar)
    at_rest(chat)
    golden.check(chat, f"messages-{look}")


def test_sidebar(root: tk.Tk, theme: Theme, emoji: Emoji, look: str) -> None:
    dots = PresenceDots(root, theme)
    rooms = RoomsList(root, theme, emoji, dots)
    people = PeopleList(root, theme, emoji, dots)
    rooms.place(x=0, y=0, relwidth=0.5, relheight=1)
    people.place(relx=0.5, y=0, relwidth=0.5, relheight=1)
    away, busy = Presence(State.AWAY, "back at 3"), Presence(State.BUSY)
    rooms.show(
        [
            RoomRow("general"),
            RoomRow("design", 3, news=True),
            RoomRow("release", 12, news=True, strong=True),
            RoomRow("quiet", muted=True),
            RoomRow("music", elsewhere=True),
            RoomRow("@bob", presence=away, draft=True),
            RoomRow("@carol", presence=Presence()),
        ],
        "general",
    )
    people.show(People(["me", "bob", "carol", "dave"], "me", {"bob": away, "carol": busy}))
    show(people)
    at_rest(root)
    golden.check(root, f"sidebar-{look}")


def test_composer(root: tk.Tk, theme: Theme, emoji: Emoji, look: str) -> None:
    both = ttk.Frame(root)
    both.pack(fill="x")
    for text in ("", "Two lines,\nof which the second has some code: `x = 1`"):
        composer = Composer(both, theme, emoji, Calls(lambda _text: True))
        composer.set_placeholder("Message #general")
        composer.set_text(text)
        composer.pack(fill="x", pady=10)
        show(composer)
    at_rest(both)
    golden.check(both, f"composer-{look}")


def test_another_padding_is_seen(chat: MessageList, calendar: Clock) -> None:
    fill(chat, calendar)
    chat.text.tag_configure("body", spacing1=4)
    at_rest(chat)
    assert is_refused(chat, "messages-light-100")


def test_a_move_by_four_pixels_is_seen() -> None:
    for path in golden.GOLDEN.glob("*.png"):
        picture = Image.open(path).convert("RGB")
        moved = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
        moved.paste(picture, (4, 0))
        assert golden.difference(moved, picture), path


@pytest.mark.parametrize(
    "changed", ["window", "own", "text", "mention", "code_background", "muted"]
)
def test_another_colour_is_seen(
    theme: Theme, chat: MessageList, calendar: Clock, changed: str
) -> None:
    theme.use(with_other(LIGHT, changed))
    fill(chat, calendar)
    at_rest(chat)
    assert is_refused(chat, "messages-light-100")


def with_other(palette: Palette, name: str) -> Palette:
    """Return ``palette`` with one colour a bit darker or lighter, as somebody could change it."""
    level = int(getattr(palette, name)[1:3], 16)
    level += -24 if level > 128 else 100
    return replace(palette, **{name: f"#{level:02x}{level:02x}{level:02x}"})  # type: ignore[arg-type]  # it has one field of another type


def is_refused(widget: tk.Misc, name: str) -> bool:
    """Tell whether a widget does not look like a golden picture."""
    return bool(golden.difference(screenshot(widget), Image.open(golden.GOLDEN / f"{name}.png")))
