"""What a message tells when the pointer rests on it."""

import tkinter as tk

import pytest

from tests.gui.driving import wait_until
from tests.gui.emoji_font import needs_font
from tests.gui.hovering import Hovering
from tests.gui.sample_messages import gap, presence, said
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_hover import SHOWN_CHARS
from tkchat.gui.widgets import tooltip


@pytest.fixture
def hovering(root: tk.Tk, theme: Theme, emoji: Emoji, monkeypatch: pytest.MonkeyPatch) -> Hovering:
    monkeypatch.setattr(tooltip, "DELAY_MS", 20)
    return Hovering(root, theme, emoji)


def told(hovering: Hovering, words: str) -> str:
    """Return what the tool-tip says over ``words``."""
    hovering.point_at(*hovering.place(words))
    wait_until(hovering.root, lambda: hovering.hover.tip.text)
    return hovering.hover.tip.text


def told_beside(hovering: Hovering, words: str) -> str:
    """Return what the tool-tip says left of the line that begins with ``words``."""
    _, y = hovering.place(words)
    hovering.point_at(3, y)
    wait_until(hovering.root, lambda: hovering.hover.tip.text)
    return hovering.hover.tip.text


def test_the_time_is_told_in_full(hovering: Hovering) -> None:
    hovering.show(said("hello"))
    assert told(hovering, "12:00") == "Friday, 20 November 2026, 12:00"


def test_a_link_tells_where_it_leads(hovering: Hovering) -> None:
    hovering.show(
        said("see [the page](https://example.org/a) and https://example.org/" + "b" * 999)
    )
    assert told(hovering, "the page") == "https://example.org/a"
    assert hovering.hover.words_at(f"{hovering.text.search('bbb', '1.0')}").startswith(
        "https://example.org/bbb"
    )
    assert len(told(hovering, "bbb")) == SHOWN_CHARS + 1


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["bob"], "bob"),
        (["me"], "you"),
        (["bob", "me", "carol"], "bob, carol and you"),
        ([f"p{n}" for n in range(20)], ", ".join(f"p{n}" for n in range(12)) + " and 8 others"),
    ],
)
def test_a_reaction_tells_who(hovering: Hovering, names: list[str], words: str) -> None:
    message = said("shall we?")
    message.reactions = {"yes": names, "no": ["dave"]}
    hovering.show(message)
    assert told(hovering, f"yes {len(names)}") == words
    assert told(hovering, "no 1") == "dave"


@needs_font
def test_a_reaction_with_a_picture_tells_who(hovering: Hovering) -> None:
    message = said("shall we?")
    message.reactions = {"👍": ["bob"], "🎉": ["carol"]}
    hovering.show(message)
    pictures = hovering.text.dump("1.0", "end", image=True)
    index = next(index for _, name, index in pictures if name.endswith(":🎉 1"))
    hovering.point_at(*hovering.place_of(index))
    wait_until(hovering.root, lambda: hovering.hover.tip.text == "carol")


def test_own_messages_and_the_newest_tell_who_has_seen_them(hovering: Hovering) -> None:
    hovering.seen = {"mine": ["bob", "carol"], "other": ["bob"], "newest": ["carol"]}
    hovering.show(said("mine", "me", own=True), said("other", "dave"), said("newest", "dave", 9))
    assert told(hovering, "mine").endswith("12:00\nSeen by bob and carol")
    assert told_beside(hovering, "other").endswith("12:00")
    assert told_beside(hovering, "newest").endswith("12:09\nSeen by carol")


def test_each_message_of_a_group_tells_its_time(hovering: Hovering) -> None:
    hovering.show(said("first"), said("second", minutes=3))
    assert told_beside(hovering, "second") == "Friday, 20 November 2026, 12:03"


@pytest.mark.parametrize("is_compact", [False, True])
def test_nothing_lies_over_the_words_of_others(hovering: Hovering, is_compact: bool) -> None:
    hovering.hover._theme.set_taste(compact=is_compact, hours=24, family="")
    hovering.show(said("first word"), said("second", minutes=3))
    places = {words: hovering.text.search(words, "1.0") for words in ("first", "word", "second")}
    assert {hovering.hover.words_at(place) for place in places.values()} == {""}
    assert told(hovering, "12:00") == "Friday, 20 November 2026, 12:00"


def test_nothing_is_told_of_what_is_no_message(hovering: Hovering) -> None:
    hovering.show(gap("some are missing"), presence("bob"))
    lines = range(1, int(hovering.text.index("end").split(".")[0]))
    assert {hovering.hover.words_at(f"{line}.1") for line in lines} == {""}


def test_below_the_words_nothing_is_told(hovering: Hovering) -> None:
    hovering.seen = {"mine": ["bob"]}
    hovering.show(said("mine", "me", own=True))
    assert told(hovering, "mine")
    x, y = hovering.place("mine")
    hovering.point_at(x, y + 100)
    wait_until(hovering.root, lambda: not hovering.hover.tip.text)


def test_it_goes_at_the_next_key_and_when_the_message_goes(hovering: Hovering) -> None:
    hovering.show(said("hello"))
    assert told(hovering, "12:00")
    hovering.text.event_generate("<Leave>")
    hovering.text.update()
    assert not hovering.hover.tip.text
    hovering.point_at(*hovering.place("hello"))
    hovering.point_at(*hovering.place("12:00"))
    hovering.show()  # before it was due
    shown: list[str] = []
    hovering.root.after(60, lambda: shown.append(hovering.hover.tip.text))
    wait_until(hovering.root, lambda: shown)
    assert shown == [""]
