"""What Tk does once, ahead of the first window."""

import tkinter as tk

from tkchat.gui.look.warming import warm_up


def test_a_picture_that_is_not_seen_keeps_the_colours(root: tk.Tk) -> None:
    warm_up(root)
    root.update()
    pictures = root.tk.splitlist(root.tk.call("image", "names"))
    assert any(root.getboolean(root.tk.call("image", "inuse", each)) for each in pictures)
    assert not any(widget.winfo_ismapped() for widget in root.winfo_children())
