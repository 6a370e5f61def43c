"""Binds the chat window's keys, so that they work from every widget in it."""

import tkinter as tk
from collections.abc import Callable, Mapping

from tkchat.gui.shortcuts import NTH_ROOM, shortcuts

# What a widget may use for itself first: these reach the window only after it.
_AFTER_WIDGETS = {"cancel", "page up", "page down", "to newest"}


class ChatKeys:
    """Does ``deeds`` by the keys of `shortcuts`, in ``window`` and whatever is or comes into it.

    ``nth_room`` gets which room is asked for, from 0 on.
    """

    def __init__(
        self,
        window: tk.Toplevel,
        deeds: Mapping[str, Callable[[], object]],
        nth_room: Callable[[int], object],
    ) -> None:
        self._window = window
        # A tag in front of all others: a text would do things of its own with Ctrl+K or Ctrl+F.
        self._tag = f"Keys{window}"
        self._commands: list[str] = []  # Tk's, which hold what is to be done
        for shortcut in shortcuts():
            deed = deeds.get(shortcut.deed)
            for at, key in enumerate(shortcut.keys):
                if shortcut.deed == NTH_ROOM:
                    self._first(key, lambda at=at: nth_room(at))  # type: ignore[misc]  # a default binds the value of now
                elif deed is None:
                    # Else Tk would take Shift+F10, which a widget knows, for F10.
                    self._bind_first(key, lambda _event: None)
                elif shortcut.deed in _AFTER_WIDGETS:
                    window.bind(key, lambda _event, deed=deed: _then_nothing(deed()))  # type: ignore[misc]  # as above
                else:
                    self._first(key, deed)
        window.bind("<FocusIn>", self._reach, add=True)
        window.bind("<Destroy>", self._on_destroy, add=True)
        window.bindtags((self._tag, *window.bindtags()))

    def _first(self, key: str, deed: Callable[[], object]) -> None:
        self._bind_first(key, lambda _event: _then_break(deed()))

    def _bind_first(self, key: str, act: Callable[["tk.Event[tk.Misc]"], object]) -> None:
        self._commands.append(self._window.bind_class(self._tag, key, act))

    def _reach(self, event: "tk.Event[tk.Misc]") -> None:
        """Put the tag in front of a widget's others once it has the keyboard."""
        widget = event.widget
        if isinstance(widget, tk.Misc) and self._tag not in widget.bindtags():
            widget.bindtags((self._tag, *widget.bindtags()))

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        """Let go of the window and all that it knows: a tag's bindings outlive it."""
        if event.widget is self._window:
            for key in self._window.bind_class(self._tag):
                self._window.unbind_class(self._tag, key)
            root = self._window.nametowidget(".")  # whose they are, as those of all tags
            for command in self._commands:
                root.deletecommand(command)


def _then_break(_done: object) -> str:
    return "break"


def _then_nothing(_done: object) -> None:
    return None
