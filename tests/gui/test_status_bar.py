"""The line at the bottom."""

import tkinter as tk

import pytest

from tests.gui.driving import every, press, text_of, wait_until
from tkchat.client.model import Link
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.link_text import Safety
from tkchat.gui.look.palette import DARK, LIGHT, Palette
from tkchat.gui.look.theme import Theme
from tkchat.gui.status_bar import StatusBar


@pytest.fixture
def retries() -> list[str]:
    return []


@pytest.fixture
def bar(root: tk.Tk, theme: Theme, emoji: Emoji, retries: list[str]) -> StatusBar:
    bar = StatusBar(root, theme, emoji, on_retry=lambda: retries.append("now"))
    bar.pack(fill="x")
    return bar


def retry_button(bar: StatusBar) -> tk.Misc:
    return next(widget for widget in every(bar) if text_of(widget) == "Try now")


def test_only_who_lost_the_host_can_try_again(bar: StatusBar, retries: list[str]) -> None:
    bar.show(Link.ONLINE, "Connected to pc7:12345")
    bar.update()
    assert not retry_button(bar).winfo_ismapped()
    height = bar.winfo_height()
    bar.show(Link.LOST, "Connection lost. Trying again in 4 s")
    press(retry_button(bar), "<space>")
    assert retries == ["now"]
    assert bar.winfo_height() == height  # nothing above jumps


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_dot_has_the_colour_of_the_link(bar: StatusBar, theme: Theme, palette: Palette) -> None:
    theme.use(palette)
    for link, colour in (
        (Link.ONLINE, palette.ok),
        (Link.CONNECTING, palette.warning),
        (Link.LOST, palette.danger),
    ):
        bar.show(link, "")
        middle = bar._photo.width() // 2
        assert bar._photo.get(middle, middle) == tuple(bytes.fromhex(colour[1:]))


def test_a_hint_is_said_and_taken_back(bar: StatusBar) -> None:
    bar.show_hint("Copied")
    assert "Copied" in [text_of(widget) for widget in every(bar)]
    bar.show_hint("")
    assert "Copied" not in [text_of(widget) for widget in every(bar)]


def test_what_can_be_done_stands_right_behind_what_happened(bar: StatusBar) -> None:
    bar.show(Link.LOST, "Connection lost")
    bar.update()
    row = sorted((each for each in every(bar) if text_of(each)), key=lambda each: each.winfo_x())
    assert [text_of(each) for each in row] == ["Connection lost", "Try now"]
    assert row[1].winfo_x() < row[0].winfo_x() + row[0].winfo_width() + 40
    bar.show(Link.ONLINE, "Connected")
    bar.update()
    assert [text_of(each) for each in every(bar) if each.winfo_ismapped() and text_of(each)] == [
        "Connected"
    ]


def test_as_much_is_said_as_there_is_room_for(root: tk.Tk, bar: StatusBar) -> None:
    said = "Connection lost: nothing listens there. Trying again in 4 s"
    for width in (700, 250):
        root.geometry(f"{width}x200")
        wait_until(root, lambda: bar.winfo_width() == width)  # noqa: B023 (used at once)
        bar.show(Link.LOST, said)
        bar.update()
        assert (text_of(bar._text) == said) == (width == 700)
        assert bar._hidden() == ("" if width == 700 else said)
        button = retry_button(bar)
        assert button.winfo_x() + button.winfo_reqwidth() <= width


def test_what_is_said_has_one_line(bar: StatusBar) -> None:
    bar.show_hint("one\ntwo")
    assert "one two" in [text_of(widget) for widget in every(bar)]


def test_a_hint_goes_by_itself(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    bar = StatusBar(root, theme, emoji, on_retry=lambda: None, hint_ms=30)
    bar.pack()
    bar.show_hint("Copied")
    assert "Copied" in [text_of(each) for each in every(bar)]
    bar.show_hint("Saved")
    assert "Saved" in [text_of(each) for each in every(bar)]
    wait_until(bar, lambda: "Saved" not in [text_of(each) for each in every(bar)])


def test_a_lock_tells_whether_others_can_read_along(bar: StatusBar, theme: Theme) -> None:
    bar.show(Link.ONLINE, "Connected to pc7:12345", "", Safety("lusab-babad"))
    bar.update()
    assert bar._lock.winfo_ismapped()
    assert "lusab-babad" in bar._explain_lock()
    theme.use(DARK)
    bar.show(Link.ONLINE, "Connected to pc7:12345", "", Safety(is_readable=True))
    bar.update()
    assert "Not encrypted" in [text_of(widget).strip() for widget in every(bar)]
    bar.show(Link.ONLINE, "Connected to 127.0.0.1:12345")
    bar.update()
    theme.set_zoom(175)
    bar.update()
    assert not bar._lock.winfo_ismapped()
