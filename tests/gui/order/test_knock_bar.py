"""Who asks to be let in, by itself; with a host: test_keeping.py."""

import tkinter as tk

import pytest

from tests.gui.driving import every, focus, press, text_of, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.knock_bar import KnockBar


@pytest.fixture
def bar(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> KnockBar:
    made = KnockBar(
        root,
        theme,
        emoji,
        let_in=lambda name: chosen.append(f"in {name}"),
        refuse=lambda name: chosen.append(f"out {name}"),
        to_box=lambda: chosen.append("box"),
    )
    made.grid(row=0, column=0, sticky="ew")
    return made


def texts(bar: KnockBar) -> list[str]:
    bar.update()
    return [text_of(each) for each in every(bar) if each.winfo_ismapped() and text_of(each)]


def test_each_has_two_buttons(bar: KnockBar, chosen: list[str]) -> None:
    assert bar.first is None
    bar.show(["carol", "dave"])
    assert texts(bar) == [
        "carol asks to be let in", "Let in", "Refuse", "dave asks to be let in", "Let in", "Refuse",
    ]  # fmt: skip
    first = bar.first
    assert first is not None
    press(first, "<Return>")
    press(first, "<Tab>")
    press(bar.focus_displayof() or bar, "<space>")
    assert chosen == ["in carol", "out carol"]


def test_more_than_a_few_are_counted(bar: KnockBar) -> None:
    bar.show([f"p{at}" for at in range(5)])
    assert texts(bar)[-1] == "and 2 others"
    bar.show([f"p{at}" for at in range(4)])
    assert texts(bar)[-1] == "and 1 other"


def test_the_keyboard_goes_on_to_the_next_and_then_to_the_box(
    bar: KnockBar, chosen: list[str]
) -> None:
    bar.show(["carol", "dave"])
    assert bar.first is not None
    focus(bar.first)
    bar.show(["dave"])
    wait_until(bar, lambda: bar.focus_displayof() is bar.first)
    bar.show([])
    assert chosen == ["box"]
    bar.update()
    assert not bar.winfo_ismapped()


def test_it_takes_the_keyboard_from_nobody(bar: KnockBar, root: tk.Tk) -> None:
    entry = tk.Entry(root)
    entry.grid(row=1, column=0)
    focus(entry)
    bar.show(["carol"])
    root.update()
    assert root.focus_get() is entry


def test_it_follows_the_theme(bar: KnockBar, theme: Theme) -> None:
    bar.show(["carol"])
    theme.use(DARK)
    theme.set_zoom(175)
    assert texts(bar)[0] == "carol asks to be let in"
    assert str(bar._mark.cget("background")) == DARK.accent


def test_in_a_narrow_window_it_is_wrapped_and_not_cut(root: tk.Tk, bar: KnockBar) -> None:
    root.columnconfigure(0, weight=1)
    root.geometry("900x300")
    name = "somebody-with-quite-a-long-name"
    bar.show([name])
    label = next(each for each in every(bar) if text_of(each).startswith(name))
    wait_until(root, lambda: label.winfo_width() > label.winfo_reqwidth())
    line = label.winfo_height()
    root.geometry("420x300")
    wait_until(root, lambda: label.winfo_height() > line)
    assert bar.first is not None
    right = bar.first.winfo_rootx() + bar.first.winfo_width()
    assert right <= root.winfo_rootx() + root.winfo_width()
    root.geometry("900x300")
    wait_until(root, lambda: label.winfo_height() == line)
