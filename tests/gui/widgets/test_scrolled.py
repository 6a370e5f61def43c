"""What is higher than its place can be reached by wheel, keys and focus."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

import pytest

from tests.gui.driving import every, focus, show, wait_until
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.scrolled import ScrolledFrame


@pytest.fixture
def frame(root: tk.Tk, theme: Theme) -> ScrolledFrame:
    """A frame that shows about a fifth of its buttons."""
    frame = ScrolledFrame(root, theme)
    root.pack_propagate(False)
    frame.pack(fill="both", expand=True)
    for number in range(80):
        ttk.Button(frame.inner, text=str(number)).pack()
    show(frame)
    return frame


def buttons(frame: ScrolledFrame) -> Sequence[tk.Misc]:
    return frame.inner.winfo_children()


def is_in_view(frame: ScrolledFrame, widget: tk.Misc) -> bool:
    frame.update()
    top = widget.winfo_rooty() - frame.winfo_rooty()
    return 0 <= top <= frame.winfo_height() - widget.winfo_height()


def bar(frame: ScrolledFrame) -> tk.Misc:
    return next(each for each in every(frame) if isinstance(each, ttk.Scrollbar))


def test_the_wheel_scrolls_over_what_is_in_it(frame: ScrolledFrame) -> None:
    first, *_ = buttons(frame)
    first.event_generate("<Button-5>")
    wait_until(frame, lambda: not is_in_view(frame, first))
    first.event_generate("<Button-4>")
    wait_until(frame, lambda: is_in_view(frame, first))


def test_what_gets_the_keyboard_comes_into_view(frame: ScrolledFrame) -> None:
    *_, last = buttons(frame)
    assert not is_in_view(frame, last)
    focus(last)
    wait_until(frame, lambda: is_in_view(frame, last))
    focus(buttons(frame)[0])
    wait_until(frame, lambda: is_in_view(frame, buttons(frame)[0]))


def test_pages_and_the_top(frame: ScrolledFrame) -> None:
    first, *_, last = buttons(frame)
    frame.page(99)
    assert is_in_view(frame, last)
    frame.to_top()
    assert is_in_view(frame, first)


def test_where_everything_fits_there_is_nothing_to_scroll(frame: ScrolledFrame) -> None:
    for button in buttons(frame)[3:]:
        button.destroy()
    wait_until(frame, lambda: not bar(frame).winfo_ismapped())
    first, *_ = buttons(frame)
    frame.page(1)
    frame.scroll(50)
    assert is_in_view(frame, first)


def test_the_wheel_over_a_neighbour_scrolls_nothing(root: tk.Tk, theme: Theme) -> None:
    frame = ScrolledFrame(root, theme)
    for number in range(40):
        ttk.Button(frame.inner, text=str(number)).pack()
    neighbour = ttk.Frame(root, name=f"{frame.winfo_name()}2")  # its name begins like the frame's
    neighbour.pack(side="right")
    beside = ttk.Label(neighbour, text="beside")
    beside.pack()
    frame.pack(fill="both", expand=True)
    show(beside)
    first, *_ = buttons(frame)
    beside.event_generate("<Button-5>")
    frame.update()
    assert is_in_view(frame, first)
