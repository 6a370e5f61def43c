"""Exporting a room from the window."""

import sys
import tkinter as tk
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import pytest

from tests.client.chats import history as open_history
from tests.client.chats import said
from tests.desktop.support import program
from tests.gui.driving import every, focus, press, text_of, wait_until
from tkchat.client.history import History
from tkchat.client.message import Kind
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.export_dialog import ExportDialog
from tkchat.gui.look.theme import Theme
from tkchat.gui.pump import Pump
from tkchat.gui.saving import Saving


class Desk:
    """A window whose current room can be exported."""

    def __init__(self, root: tk.Tk, theme: Theme, emoji: Emoji, history: History) -> None:
        self.root = root
        self.hints: list[str] = []
        self.pages: list[str] = []
        self.window = tk.Toplevel(root)
        self.window.geometry("700x500+20+20")
        self.pump = Pump(root)
        self.model = Model("alice")
        self.history: History | None = history
        self.saving = Saving(
            self.window,
            theme,
            emoji,
            self.model,
            self.pump,
            host="192.0.2.1:4321",
            history=lambda: self.history,
            hint=self.hints.append,
            open_page=self.pages.append,
        )

    def open(self) -> ExportDialog:
        """Open the dialog, with the keyboard in its entry."""
        self.saving.open()
        [dialog] = [each for each in every(self.window) if isinstance(each, ExportDialog)]
        focus(dialog.entry)
        return dialog

    def go_to(self, dialog: ExportDialog, path: Path) -> None:
        """Write ``path`` into the entry and press Return."""
        dialog.entry.delete(0, "end")
        dialog.entry.insert(0, str(path))
        press(dialog.entry, "<Return>")

    def press_button(self, text: str) -> None:
        button = next(each for each in every(self.window) if text_of(each) == text)
        focus(button)
        press(button, "<space>")

    def says(self, text: str) -> None:
        wait_until(self.root, lambda: any(text in hint for hint in self.hints))


@pytest.fixture
def desk(
    root: tk.Tk, theme: Theme, emoji: Emoji, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    with open_history(tmp_path) as history:
        history.take([said(1, "hello *world*"), said(2, "bye")], 2)
        history.take_page("general", [], True, 1)
        desk = Desk(root, theme, emoji, history)
        yield desk
        desk.window.destroy()
        desk.pump.close()


def test_a_room_is_saved_where_it_is_suggested(desk: Desk) -> None:
    dialog = desk.open()
    path = Path(dialog.entry.get())
    assert path.parent == Path.home()
    assert path.name.startswith("tkchat-general-2")
    press(dialog.entry, "<Return>")
    desk.says(f"Saved 2 messages: {path}")
    assert "<em>world</em>" in path.read_text("utf-8")
    wait_until(desk.root, lambda: not dialog.winfo_exists())


def test_the_form_is_chosen_by_button_or_by_name(desk: Desk) -> None:
    dialog = desk.open()
    desk.press_button("Plain text")
    assert dialog.entry.get().endswith(".txt")
    press(dialog.entry, "<Return>")
    desk.says(".txt")
    [saved] = Path.home().iterdir()
    assert "bob: bye" in saved.read_text("utf-8")
    saved.unlink()
    desk.go_to(desk.open(), Path("~/x.json"))
    desk.says("x.json")
    assert Path.home().joinpath("x.json").read_text("utf-8").startswith("{")


def test_a_file_is_replaced_only_when_that_is_meant(desk: Desk) -> None:
    path = Path.home() / "x.txt"
    path.write_text("mine")
    dialog = desk.open()
    desk.go_to(dialog, path)
    wait_until(desk.root, lambda: "There is a file" in dialog.problem)
    assert path.read_text() == "mine"
    desk.press_button("Replace it")
    desk.says("x.txt")
    assert "bob: bye" in path.read_text("utf-8")


def test_what_cannot_be_saved_is_explained(desk: Desk) -> None:
    dialog = desk.open()
    desk.go_to(dialog, Path.home() / "nowhere" / "x.txt")
    wait_until(desk.root, lambda: "cannot be saved" in dialog.problem)
    dialog.entry.delete(0, "end")
    press(dialog.entry, "<Return>")
    assert "Where" in dialog.problem
    press(dialog.entry, "<Escape>")
    assert not dialog.winfo_exists()


def test_a_closed_window_cuts_nothing_short(desk: Desk) -> None:
    dialog = desk.open()
    path = Path(dialog.entry.get())
    press(dialog.entry, "<Return>")
    dialog.close()
    desk.says("Saved 2")
    assert path.exists()


def test_the_browser_prints(desk: Desk) -> None:
    desk.open()
    desk.press_button("Print…")
    wait_until(desk.root, lambda: desk.pages)
    path = Path(url2pathname(urlsplit(desk.pages[0]).path))
    assert "<em>world</em>" in path.read_text("utf-8")
    assert unquote(desk.pages[0]).startswith("file:///")
    if sys.platform != "win32":
        assert path.parent.stat().st_mode & 0o077 == 0
    desk.window.destroy()
    assert not path.exists()


def test_a_host_without_a_log_leaves_what_is_shown(desk: Desk) -> None:
    desk.history = None
    changes = Changes()
    desk.model._rooms.tell(desk.model.room, Kind.SAID, "carol", "hi there", changes)
    dialog = desk.open()
    path = Path(dialog.entry.get())
    press(dialog.entry, "<Return>")
    desk.says("Saved 1 message:")
    assert "hi there" in path.read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has a dialog of its own")
def test_the_desktops_own_dialog_is_offered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "zenity", f"echo '{tmp_path}/chosen.json'")
    dialog = desk.open()
    desk.press_button("Browse…")
    wait_until(desk.root, lambda: dialog.entry.get() == f"{tmp_path}/chosen.json")
    press(dialog.entry, "<Return>")
    desk.says("chosen.json")


def test_a_window_that_is_gone_is_told_nothing(desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open()
    path = tmp_path / "late.html"
    dialog.entry.delete(0, "end")
    dialog.entry.insert(0, str(path))
    dialog.entry.event_generate("<Return>")
    desk.window.destroy()
    wait_until(desk.root, lambda: not desk.pump._results.empty() or path.exists())
    hints = len(desk.hints)
    desk.root.update()
    wait_until(desk.root, desk.pump._results.empty)
    desk.root.update()
    assert len(desk.hints) == hints
