"""Which part of a window a widget is in."""

import tkinter as tk

from tkchat.gui.widgets.inside import is_inside


def test_a_part_holds_itself_and_what_is_within(root: tk.Tk) -> None:
    part, beside = tk.Frame(root), tk.Frame(root)
    assert str(beside).startswith(str(part))  # by its name it could be taken to be inside
    within = tk.Label(tk.Frame(part))
    assert is_inside(part, part)
    assert is_inside(within, part)
    assert is_inside(f"{part}.popdown.f.l", part)
    assert not is_inside(beside, part)
    assert not is_inside(root, part)
