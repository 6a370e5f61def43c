"""Runs whole windowed clients in a test, several at a time, on Tk's one thread."""

import time
import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.gui.driving import (
    PAUSE,
    click,
    describe,
    every,
    focus,
    press,
    text_of,
    type_text,
    wait_until,
)
from tests.gui.rows import labels, pick, row_y
from tkchat.client.message import Message
from tkchat.client.model import Model
from tkchat.client.profile import Profile
from tkchat.gui.app import App
from tkchat.gui.chat_window import ChatWindow
from tkchat.gui.door.login import LoginDialog
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.widgets.menu import Menu
from tkchat.gui.widgets.row_list import RowList
from tkchat.gui.writing.composer import Composer
from tkchat.net.address import Address

PATIENCE = 10.0
FREE_PORT = Address("127.0.0.1", 0)

Part = TypeVar("Part", bound=tk.Misc)


class Person:
    """Somebody at a tkchat of their own."""

    def __init__(self, folder: Path) -> None:
        self.root = tk.Tk()
        self.root.withdraw()
        self.profile = Profile(folder)
        self.profile.settings.notify = "none"  # nothing on the desktop that runs the tests
        self.app = App(self.root, self.profile, host_here=FREE_PORT, looks_nearby=False)
        self.open = True
        self.root.bind("<Destroy>", self._on_destroy, add=True)

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self.root:
            self.open = False

    @property
    def dialog(self) -> LoginDialog:
        """The login dialog, which must be open."""
        assert self.app.dialog is not None, describe(self.root)
        return self.app.dialog

    @property
    def window(self) -> ChatWindow:
        """The chat window, which must be open."""
        assert self.app.window is not None, describe(self.root)
        return self.app.window

    def part(self, kind: type[Part]) -> Part:
        """The one widget of a class in the chat window, or over it."""
        [widget] = [each for each in every(self.window) if isinstance(each, kind)]
        return widget

    @property
    def composer(self) -> Composer:
        return self.part(Composer)

    @property
    def messages(self) -> MessageList:
        return self.part(MessageList)

    @property
    def model(self) -> Model:
        """What the chat window draws."""
        return self.window._model

    @property
    def read(self) -> str:
        """Everything in the message list."""
        return self.messages.text.get("1.0", "end")

    def tags_of(self, words: str) -> tuple[str, ...]:
        """How ``words`` look in the message list."""
        found = self.messages.text.search(words, "1.0", "end")
        return self.messages.text.tag_names(found) if found else ()

    def message(self, text: str) -> Message:
        """The newest message with that text in the current room."""
        return next(each for each in reversed(self.model.room.messages) if each.text == text)

    @property
    def keyboard(self) -> tk.Misc:
        """What has the keyboard; the box, if nothing of this program has."""
        return self.root.focus_get() or self.composer.entry

    def press(self, *keys: str) -> None:
        """Press keys, each wherever the keyboard is by then."""
        for key in keys:
            press(self.keyboard, key)

    def type(self, text: str) -> None:
        """Type ``text``, wherever the keyboard is."""
        for char in text:
            type_text(self.keyboard, char)

    def place_of(self, words: str) -> tuple[int, int]:
        """Bring ``words`` of the message list into view; return where they are, in pixels."""
        text = self.messages.text
        found = text.search(words, "1.0", "end")
        assert found, f"{words!r} is not in {self.read!r}"
        text.see(found)
        text.update()
        box = text.bbox(f"{found} +1c")
        assert box
        return box[0] + box[2] // 2, box[1] + box[3] // 2

    def click_on(self, words: str) -> None:
        """Click on ``words`` in the message list."""
        click(self.messages.text, *self.place_of(words))

    def click_row(self, rows: RowList, key: str, button: int = 1) -> None:
        """Click on a row of a list."""
        click(rows.canvas, 40, row_y(rows, key), button)

    def open_menu(self, words: str) -> Menu:
        """Open the context menu on ``words`` in the message list."""
        shown, menu = self.messages, self.messages.menu.menu
        click(shown.text, *self.place_of(words), button=3)
        wait_until(shown, menu.panel.winfo_viewable)
        return menu

    def offers_for(self, words: str) -> list[str]:
        """Return the lines of the context menu on ``words`` in the message list."""
        menu = self.open_menu(words)
        found = labels(menu.rows)
        press(menu.rows.canvas, "<Escape>")
        return found

    def choose(self, words: str, label: str) -> None:
        """Choose a line of the context menu on ``words`` in the message list."""
        pick(self.open_menu(words), label)

    def go_to(self, room: str) -> None:
        """Go to a room as by a click in the sidebar."""
        self.window._go_to(room)

    @property
    def sees(self) -> str:
        """Everything that all windows say."""
        return " | ".join(text_of(each) for each in every(self.root) if each.winfo_ismapped())

    def say(self, text: str) -> None:
        """Write ``text`` and press Return."""
        self.composer.set_text(text)
        press(self.composer.entry, "<Return>")

    def press_button(self, text: str) -> None:
        """Give the button that says ``text`` the keyboard, and press it."""
        button = next(each for each in every(self.root) if text_of(each) == text)
        focus(button)
        press(button, "<space>")

    def close(self) -> None:
        """End this program, whatever it is doing."""
        if self.open:
            self.app.quit()


class People:
    """All the persons of a test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.persons: list[Person] = []

    def add(self) -> Person:
        """Start another tkchat; its dialog is not open yet."""
        person = Person(self._folder / f"profile {len(self.persons)}")
        self.persons.append(person)
        return person

    def again(self, person: Person) -> Person:
        """Start the tkchat of somebody who has closed theirs."""
        person = Person(person.profile.folder)
        self.persons.append(person)
        return person

    def join(self, address: Address, name: str) -> Person:
        """Start another tkchat and join a chat with it."""
        person = self.add()
        person.app.open(address, name)
        self.wait_until(lambda: person.app.window is not None)
        return person

    def wait_until(self, condition: Callable[[], object], timeout: float = PATIENCE) -> None:
        """Run everybody's event loop until ``condition``."""
        deadline = time.monotonic() + timeout
        while True:
            for person in self.persons:
                if person.open:
                    person.root.update()
            if condition():
                return
            if time.monotonic() > deadline:
                shown = [describe(person.root) for person in self.persons if person.open]
                raise AssertionError(
                    f"not within {timeout} s; the windows show:\n" + "\n".join(shown)
                )
            time.sleep(PAUSE)

    def close(self) -> None:
        """End everybody's program."""
        for person in self.persons:
            person.close()
            person.root.tk.deletecommand("bgerror")  # which keeps all of Tcl, by what it calls
        self.persons.clear()
