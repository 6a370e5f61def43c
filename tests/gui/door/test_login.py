"""The dialog as a person uses it: keys, and what it says under its fields."""

import tkinter as tk
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tkinter import ttk

import pytest

from tests import messages
from tests.gui.driving import every, focus, press, text_of, type_text, wait_until
from tkchat import i18n
from tkchat.gui.door.login import Choice, Field, LoginDialog
from tkchat.gui.door.page import Page
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.keys import bind_desktop_keys
from tkchat.net.address import Address


@dataclass
class Calls:
    """What the dialog asked for."""

    joined: list[Choice] = field(default_factory=list)
    cancelled: int = 0
    closed: int = 0

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def dialog(root: tk.Tk, theme: Theme, emoji: Emoji, calls: Calls) -> LoginDialog:
    root.withdraw()
    bind_desktop_keys(root)
    dialog = LoginDialog(
        root,
        theme,
        emoji,
        on_join=calls.joined.append,
        on_cancel=calls.cancel,
        on_close=calls.close,
    )
    dialog.fill("", ["10.0.0.1:12345"], host_here=True)
    dialog.show()
    return dialog


def shown(dialog: LoginDialog) -> str:
    """Everything that the dialog says now."""
    dialog.update()
    return " | ".join(text_of(widget) for widget in every(dialog) if widget.winfo_ismapped())


def entries(dialog: LoginDialog) -> tuple[ttk.Entry, ttk.Combobox]:
    name, address = [widget for widget in every(dialog) if isinstance(widget, ttk.Entry)]
    assert isinstance(address, ttk.Combobox)
    return name, address


def test_the_name_has_the_keyboard_and_return_hosts(dialog: LoginDialog, calls: Calls) -> None:
    name, _ = entries(dialog)
    wait_until(dialog, lambda: dialog.focus_get() is name)
    type_text(name, "alice\n")
    assert calls.joined == [Choice("alice", None)]


def test_typing_an_address_chooses_joining(dialog: LoginDialog, calls: Calls) -> None:
    name, address = entries(dialog)
    type_text(name, "alice")
    focus(address)
    press(address, "<Control-a>", "<BackSpace>")
    type_text(address, "pc7")
    press(address, "<Return>")
    assert calls.joined == [Choice("alice", Address("pc7", 12345))]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the name that others will see"),
        ("a/b", "cannot have /"),
        ("SERVER", "host's own"),
    ],
)
def test_a_bad_name_is_said_and_kept(
    dialog: LoginDialog, calls: Calls, typed: str, said: str
) -> None:
    name, _ = entries(dialog)
    name.insert(0, typed)
    press(name, "<Return>")
    assert said in shown(dialog)
    assert name.get() == typed
    assert not calls.joined


def test_a_name_with_a_space_is_offered_with_a_hyphen(dialog: LoginDialog, calls: Calls) -> None:
    name, _ = entries(dialog)
    type_text(name, "mary jane")
    press(name, "<Return>")
    assert "Use mary-jane" in shown(dialog)
    press(name, "<Tab>")
    offer = dialog.focus_get()
    assert isinstance(offer, ttk.Button)
    press(offer, "<Return>")
    assert name.get() == "mary-jane"
    assert "Use mary-jane" not in shown(dialog)
    press(name, "<Return>")
    assert calls.joined == [Choice("mary-jane", None)]


@pytest.mark.parametrize("typed", ["", "pc7:", "pc7:99999", "a b"])
def test_a_bad_address_is_said_and_kept(dialog: LoginDialog, calls: Calls, typed: str) -> None:
    name, address = entries(dialog)
    type_text(name, "alice")
    dialog.prefer_joining("pc7")
    address.set(typed)
    press(name, "<Return>")
    assert not calls.joined
    assert address.get() == typed
    wait_until(dialog, lambda: dialog.focus_get() is address)


def test_while_connecting_only_cancel_does_anything(dialog: LoginDialog, calls: Calls) -> None:
    name, _ = entries(dialog)
    type_text(name, "alice")
    dialog.show_busy("Connecting to pc7…")
    assert "Connecting to pc7" in shown(dialog)
    press(name, "<Return>")
    assert not calls.joined
    focus(dialog)
    press(dialog, "<Escape>")
    assert (calls.cancelled, calls.closed) == (1, 0)


def test_return_pressed_twice_does_not_call_off(dialog: LoginDialog, calls: Calls) -> None:
    dialog.show_busy("Connecting…")
    wait_until(dialog, lambda: isinstance(dialog.focus_get(), ttk.Button))
    cancel = dialog.focus_get()
    assert isinstance(cancel, ttk.Button)
    press(cancel, "<Return>", "<KP_Enter>")
    assert calls == Calls()
    press(cancel, "<space>")
    assert calls == Calls(cancelled=1)


def test_it_may_be_closed_while_it_comes_up(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    def nothing(*_: object) -> None:
        pass

    dialog = LoginDialog(root, theme, emoji, on_join=nothing, on_cancel=nothing, on_close=nothing)
    root.after(0, dialog.destroy)
    dialog.show()
    assert dialog.winfo_exists()  # nothing else happens meanwhile
    root.update()
    assert not dialog.winfo_exists()


def test_a_problem_at_once_does_not_cost_the_keyboard(dialog: LoginDialog, emoji: Emoji) -> None:
    dialog.fill("", ["10.0.0.1:12345"], host_here=False)
    dialog.show_problem(Field.WHERE, "Nobody is there.")
    wait_until(dialog, lambda: dialog.focus_get() is entries(dialog)[1])


def test_where_emoji_are_deadly_none_is_shown(root: tk.Tk, theme: Theme) -> None:
    def nothing(*_: object) -> None:
        pass

    dialog = LoginDialog(
        root,
        theme,
        Emoji(root, safe=False, files=()),
        on_join=nothing,
        on_cancel=nothing,
        on_close=nothing,
    )
    dialog.fill("fan🎉", ["pc🎉"], host_here=False)
    dialog.show()
    name, address = entries(dialog)
    said = [name.get(), address.get(), *address["values"]]
    name.insert("end", "👍 b")
    said.append(name.get())
    dialog.submit()
    said.append(shown(dialog))
    dialog.prefer_joining("pc👍")
    dialog.show_problem(Field.WHERE, "🚀")
    said.append(shown(dialog))
    dialog.show_busy("🚀")
    said.append(shown(dialog))
    assert "Use fan:party_popper::thumbs_up_sign:-b" in said[4]
    assert not [each for each in said if any(ord(char) > 0xFFFF for char in each)], said


def test_a_problem_stands_under_its_field_and_the_text_stays(dialog: LoginDialog) -> None:
    name, _ = entries(dialog)
    type_text(name, "alice")
    dialog.show_busy("Connecting…")
    dialog.show_problem(Field.NAME, "The name alice is taken.")
    dialog.update()
    problem = next(w for w in every(dialog) if text_of(w) == "The name alice is taken.")
    _, address = entries(dialog)
    assert name.winfo_rooty() < problem.winfo_rooty() < address.winfo_rooty()
    assert name.get() == "alice"
    assert name.instate(["!disabled"])


def test_escape_closes(dialog: LoginDialog, calls: Calls) -> None:
    press(entries(dialog)[0], "<Escape>")
    assert calls.closed == 1


def test_a_chat_found_here_is_offered_but_never_over_a_choice(dialog: LoginDialog) -> None:
    dialog.prefer_joining("127.0.0.1:12345")
    assert entries(dialog)[1].get() == "127.0.0.1:12345"
    assert "Join |" in shown(dialog) + " |"
    dialog.touched = True
    dialog.prefer_joining("10.9.9.9:1")
    assert entries(dialog)[1].get() == "127.0.0.1:12345"


def uncut(dialog: LoginDialog) -> None:
    """Hold every word on the screen to having the room it needs."""
    for widget in every(dialog):
        if isinstance(widget, ttk.Label | ttk.Button | ttk.Radiobutton) and widget.winfo_ismapped():
            assert widget.winfo_width() >= widget.winfo_reqwidth(), text_of(widget)
            assert widget.winfo_height() >= widget.winfo_reqheight(), text_of(widget)


@pytest.fixture
def long_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language in which everything takes half as much room again."""
    catalogue = messages.gather()
    for message in catalogue:
        if message.id and isinstance(message.id, str):
            message.string = message.id + " " + "m" * (len(message.id) // 2)
    file = tmp_path / "tlh" / "LC_MESSAGES" / "tkchat.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(messages.compiled(catalogue))
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    monkeypatch.setenv("LANGUAGE", "tlh")
    i18n.speak_anew()
    yield
    monkeypatch.undo()
    i18n.speak_anew()


@pytest.mark.usefixtures("long_words")
@pytest.mark.parametrize("zoom", [100, 175])
def test_nothing_is_cut_off_in_a_language_of_long_words(
    root: tk.Tk, theme: Theme, emoji: Emoji, zoom: int
) -> None:
    theme.set_zoom(zoom)
    dialog = LoginDialog(
        root, theme, emoji, on_join=lambda _: None, on_cancel=lambda: None, on_close=lambda: None
    )
    dialog.fill("alice", ["10.0.0.1:12345"], host_here=True)
    dialog.show()
    wait_until(dialog, dialog.winfo_viewable)
    assert "Where to chat mm" in shown(dialog)
    dialog.submit()
    dialog.show_busy("Connecting to 192.168.100.200:12345 and waiting for an answer from there…")
    wait_until(dialog, lambda: dialog.winfo_width() >= dialog.winfo_reqwidth())
    uncut(dialog)
    dialog.show_problem(Field.NAME, "This name is taken by somebody else on that host. " * 3)
    wait_until(dialog, lambda: dialog.winfo_height() >= dialog.winfo_reqheight())
    uncut(dialog)


def test_it_tells_when_it_is_on_the_screen(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    told: list[bool] = []
    opened = LoginDialog(
        root,
        theme,
        emoji,
        on_join=lambda _: None,
        on_cancel=lambda: None,
        on_close=lambda: None,
        on_screen=lambda: told.append(opened.winfo_viewable()),
    )
    assert told == []
    opened.show()
    wait_until(root, lambda: told)
    root.update()
    assert told == [True]


def test_nothing_is_cut_off_at_any_zoom(dialog: LoginDialog, theme: Theme) -> None:
    long = (
        "No chat is open at 192.168.100.200:12345. Ask the host whether it is running, and where."
    )
    dialog.show_problem(Field.WHERE, long)
    for zoom in (50, 100, 175, 250):
        theme.set_zoom(zoom)
        theme.use(DARK)
        dialog.update()
        for widget in every(dialog):
            if isinstance(widget, ttk.Label | ttk.Button) and widget.winfo_ismapped():
                assert widget.winfo_width() >= min(widget.winfo_reqwidth(), 1), text_of(widget)
                assert widget.winfo_height() >= widget.winfo_reqheight(), (zoom, text_of(widget))


def test_it_stays_on_the_screen_when_it_grows(dialog: LoginDialog, theme: Theme) -> None:
    bottom = dialog.winfo_screenheight() - dialog.winfo_reqheight()
    dialog.geometry(f"+40+{bottom}")
    wait_until(dialog, lambda: dialog.winfo_y() == bottom)
    theme.set_zoom(120)
    wait_until(
        dialog, lambda: dialog.winfo_y() + dialog.winfo_height() <= dialog.winfo_screenheight()
    )
    assert dialog.winfo_y() < bottom


def test_a_page_takes_the_place_of_the_fields_and_gives_it_back(
    dialog: LoginDialog, theme: Theme, emoji: Emoji, calls: Calls
) -> None:
    high = dialog.winfo_height()
    dialog.show_page("In the way", lambda parent: Page(parent, theme, emoji, dialog.show_idle))
    assert "Your name" not in shown(dialog)
    assert dialog.winfo_height() == high
    wait_until(dialog, lambda: dialog.page is not None and dialog.focus_get() is dialog.page.first)
    dialog.show_busy("Connecting…")
    assert "Connecting…" in shown(dialog)
    press(dialog, "<Escape>")
    assert calls.cancelled == 1
    dialog.show_idle()
    assert "Your name" in shown(dialog)
    assert "In the way" not in shown(dialog)
    assert calls.joined == []
