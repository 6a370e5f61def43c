"""Who asks to be let in, by itself; with a host: test_keeping.py."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import click, every, focus, press, text_of, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.order import knock_bar
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


def test_beside_the_buttons_words_are_wrapped_and_in_a_narrow_window_over_them(
    root: tk.Tk, bar: KnockBar, theme: Theme
) -> None:
    root.columnconfigure(0, weight=1)
    name = "somebody-with-quite-a-long-name"
    bar.show([name])
    label = next(each for each in every(bar) if text_of(each).startswith(name))
    letter, word = theme.fonts.body.measure("m"), theme.fonts.body.measure(name)
    line = label.winfo_reqheight()
    last = bar._buttons()[-1]

    def is_beside() -> bool:
        return last.winfo_rooty() < label.winfo_rooty() + label.winfo_height()

    def check(width: int, *, beside: bool, lines: int) -> None:
        root.geometry(f"{width}x300")
        wait_until(root, lambda: root.winfo_width() == width and is_beside() is beside)
        wait_until(root, lambda: round(label.winfo_height() / line) == lines)
        assert word <= label.winfo_width()  # it is not broken
        assert last.winfo_rootx() + last.winfo_width() + letter <= root.winfo_rootx() + width

    check(900, beside=True, lines=1)
    check(500, beside=True, lines=2)
    check(300, beside=False, lines=2)
    check(900, beside=True, lines=1)


def test_in_a_narrow_window_one_is_shown_and_the_others_are_counted(
    root: tk.Tk, bar: KnockBar
) -> None:
    root.columnconfigure(0, weight=1)
    root.geometry("200x300")
    bar.show(["carol", "dave", "erin", "frank"])
    shown = ["carol asks to be let in", "Let in", "Refuse"]
    wait_until(root, lambda: texts(bar) == [*shown, "and 3 others"])
    bar.show(["carol"])
    assert texts(bar) == shown
    bar.show(["carol", "dave"])
    assert texts(bar) == [*shown, "and 1 other"]
    root.geometry("700x300")
    wait_until(root, lambda: "dave asks to be let in" in texts(bar))
    assert "and 1 other" not in texts(bar)
    focus(bar._buttons()[3])  # dave's
    root.geometry("200x300")
    wait_until(root, lambda: root.focus_get() is bar.first)


def test_a_click_or_key_that_was_meant_for_one_does_not_hit_the_next(
    root: tk.Tk, bar: KnockBar, chosen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knock_bar, "SETTLE_MS", 60_000)
    bar.show(["carol", "dave", "erin"])
    assert bar.first is not None
    focus(bar.first)
    bar.show(["dave", "erin"])
    first = bar.first
    assert first is not None
    wait_until(bar, lambda: bar.focus_displayof() is first)  # dave's: the keyboard has stayed
    for button in bar._buttons():
        click(button)
    press(first, "<Return>", "<space>", "<Tab>")
    refuse = bar.focus_displayof()
    assert refuse is bar._buttons()[1]
    press(refuse, "<Return>", "<space>")
    assert chosen == []
    due = bar._settling
    assert due in root.tk.call("after", "info")
    bar.destroy()
    assert due not in root.tk.call("after", "info")


def test_soon_the_buttons_answer_again(bar: KnockBar, chosen: list[str], theme: Theme) -> None:
    bar.show(["carol", "dave"])
    bar.show(["dave"])
    theme.use(DARK)  # which draws them anew
    first = bar.first
    assert isinstance(first, ttk.Button)
    assert first.instate(["disabled"])
    wait_until(bar, lambda: first.instate(["!disabled"]))
    click(first)
    assert chosen == ["in dave"]


def test_who_has_not_moved_can_be_answered_at_once(bar: KnockBar, chosen: list[str]) -> None:
    four = [f"p{at}" for at in range(4)]
    for names in (["p0"], four, [*four, "p4"], four[:3], four[:2], ["p0"]):
        bar.show(names)
        first = bar.first
        assert first is not None
        click(first)
    assert chosen == ["in p0"] * 6
