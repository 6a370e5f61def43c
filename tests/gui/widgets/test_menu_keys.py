"""How people ask for a context menu."""

import tkinter as tk

from tests.gui.driving import click, press, show
from tkchat.gui.widgets.menu_keys import bind_menu_keys


def test_by_click_and_by_key(root: tk.Tk) -> None:
    asked: list[str] = []
    frame = tk.Frame(root, width=50, height=50, takefocus=True)
    frame.pack()
    show(frame)
    bind_menu_keys(
        frame, lambda event: asked.append(f"click {event.x}"), lambda: asked.append("key")
    )
    click(frame, 7, 7, button=3)
    press(frame, "<Menu>", "<Shift-F10>", "<F10>")
    assert asked == ["click 7", "key", "key"]
