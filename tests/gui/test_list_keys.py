"""The keys of the message list."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, press
from tkchat.gui.list_keys import bind_list_keys
from tkchat.gui.sticky_view import StickyView


class Keys:
    """A long text with these keys."""

    def __init__(self, root: tk.Tk) -> None:
        self.text = tk.Text(root)
        self.text.pack(fill="both", expand=True)
        self.text.insert("1.0", "\n".join(map(str, range(500))))
        self.view = StickyView(self.text, lambda: None)
        bind_list_keys(self.text, self.view, self.view.to_bottom, lambda: self.view.at_bottom)
        focus(self.text)

    def top(self, *keys: str) -> int:
        """Press ``keys``; return the line that is then at the top."""
        press(self.text, *keys)
        return int(self.text.index("@0,0").split(".")[0])


@pytest.fixture
def keys(root: tk.Tk) -> Keys:
    return Keys(root)


def test_they_scroll(keys: Keys) -> None:
    assert keys.top("<Home>") == 1
    assert keys.top("<Down>") == 3
    page = keys.top("<Next>")
    assert page > 10
    assert keys.top("<Up>") == page - 2
    assert keys.top("<Prior>") < 5
    assert not keys.view.at_bottom
    assert keys.top("<End>") > 400
    assert keys.view.at_bottom


def test_escape_means_something_else_at_the_bottom(root: tk.Tk, keys: Keys) -> None:
    others: list[str] = []
    root.bind("<Escape>", lambda _event: others.append("closed"))
    keys.top("<Home>", "<Escape>")
    assert (keys.view.at_bottom, others) == (True, [])
    keys.top("<Escape>")
    assert others == ["closed"]


def test_all_is_selected_and_copied(root: tk.Tk, keys: Keys) -> None:
    keys.top("<Control-a>")
    keys.text.event_generate("<<Copy>>")
    assert root.clipboard_get().startswith("0\n1\n2")
