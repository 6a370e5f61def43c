"""The dialog of an export by itself; with the export behind it: test_saving.py."""

import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk

import pytest

from tests.gui.driving import every, focus, press, text_of
from tkchat.client.database import DatabaseError
from tkchat.client.export.transcript import Format
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.export_dialog import ExportDialog, problem_with
from tkchat.gui.look.theme import Theme
from tkchat.gui.pump import Pump

Done = Callable[[Exception | None], None]


class Saver:
    """Takes down what is to be saved."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Format, bool]] = []
        self.done: list[Done] = []

    def __call__(self, path: Path, form: Format, replace: bool, done: Done) -> None:
        self.asked.append((path.as_posix(), form, replace))
        self.done.append(done)


@pytest.fixture
def saver() -> Saver:
    return Saver()


@pytest.fixture
def dialog(root: tk.Tk, theme: Theme, emoji: Emoji, saver: Saver) -> Iterator[ExportDialog]:
    pump = Pump(root)
    made = ExportDialog(
        root,
        theme,
        emoji,
        pump,
        "#general",
        lambda form: Path(f"/tmp/x{form.value}"),
        save=saver,
        print_it=lambda: None,
    )
    focus(made.entry)
    yield made
    pump.close()


def test_it_says_what_it_does_until_it_is_done(dialog: ExportDialog, saver: Saver) -> None:
    press(dialog.entry, "<Return>")
    assert saver.asked == [("/tmp/x.html", Format.HTML, False)]
    [button] = [each for each in every(dialog) if text_of(each) == "Saving…"]
    assert isinstance(button, ttk.Button)
    assert button.instate(["disabled"])
    saver.done[0](OSError(28, "No space left on device"))
    assert dialog.problem == "It cannot be saved: No space left on device."
    assert dialog._note.winfo_manager()
    press(dialog.entry, "<Return>")
    assert not dialog._note.winfo_manager()
    saver.done[1](None)
    assert not dialog.winfo_exists()


def test_an_ending_of_ones_own_is_left_alone(dialog: ExportDialog, saver: Saver) -> None:
    dialog.entry.delete(0, "end")
    dialog.entry.insert(0, "/tmp/notes.md")
    text = next(each for each in every(dialog) if text_of(each) == "Plain text")
    focus(text)
    press(text, "<space>")
    press(dialog.entry, "<Return>")
    assert saver.asked == [("/tmp/notes.md", Format.TEXT, False)]


def test_only_what_is_to_be_expected_is_explained() -> None:
    assert problem_with(DatabaseError("It is damaged.")) == "It is damaged."
    assert "unknown" in problem_with(OSError("unknown"))
    with pytest.raises(ZeroDivisionError):
        problem_with(ZeroDivisionError())


def test_return_while_it_is_saved_saves_nothing_more(dialog: ExportDialog, saver: Saver) -> None:
    press(dialog.entry, "<Return>", "<Return>")
    assert len(saver.asked) == 1
