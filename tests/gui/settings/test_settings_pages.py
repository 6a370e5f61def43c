"""What is chosen on the pages is set at once."""

import tkinter as tk
from tkinter import ttk
from typing import Any

import pytest

from tests.gui.driving import click, every, focus, press, show, text_of, wait_until
from tkchat.client.settings import MAX_ZOOM, MIN_ZOOM, Settings
from tkchat.gui.look.theme import Theme
from tkchat.gui.settings.settings_pages import appearance_page, notifications_page
from tkchat.gui.widgets.form import Form


class Page:
    """A page on the screen, and what was set on it."""

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        self.settings = Settings()
        self.put: list[tuple[str, Any]] = []
        self._theme = theme
        self._root = root
        self.form: Form

    def show(self, make: Any) -> None:
        self.form = make(self._root, self._theme, self.settings, self._set)
        self.form.pack()
        show(self.form)

    def _set(self, field: str, value: Any) -> None:
        self.put.append((field, value))
        setattr(self.settings, field, value)
        if field == "zoom":
            self._theme.set_zoom(value)

    def find(self, kind: type, text: str = "") -> Any:
        return next(
            each for each in every(self.form) if isinstance(each, kind) and text in text_of(each)
        )


@pytest.fixture
def page(root: tk.Tk, theme: Theme) -> Page:
    return Page(root, theme)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Dark", "theme", "dark"),
        ("High contrast", "theme", "contrast"),
        ("Compact", "density", "compact"),
        ("12 hours", "clock", "12"),
        ("24 hours", "clock", "24"),
    ],
)
def test_looks_are_chosen_by_click(page: Page, text: str, field: str, value: str) -> None:
    page.show(appearance_page)
    click(page.find(ttk.Radiobutton, text))
    assert page.put == [(field, value)]


def test_what_is_set_is_shown(page: Page) -> None:
    page.settings.theme, page.settings.density = "dark", "compact"
    page.settings.font = "DejaVu Serif"
    page.show(appearance_page)
    chosen = [
        text_of(each)
        for each in every(page.form)
        if isinstance(each, ttk.Radiobutton) and each.instate(["selected"])
    ]
    assert [text.partition(":")[0] for text in chosen] == ["Dark", "Compact", "Like the desktop"]
    assert page.find(ttk.Combobox).get() == "DejaVu Serif"


def test_the_size_is_changed_by_buttons_keys_and_scale(page: Page, theme: Theme) -> None:
    page.show(appearance_page)
    press(page.find(ttk.Button, "+"), "<space>")
    press(page.find(ttk.Button, "−"), "<space>", "<space>")
    scale = page.find(ttk.Scale)
    press(scale, "<Right>", "<Up>")
    assert [value for _, value in page.put] == [110, 100, 90, 100, 110]
    assert page.find(ttk.Label, "110 %")
    theme.set_zoom(150)  # by the keys of the program, say
    assert float(scale.get()) == 150
    assert page.find(ttk.Label, "150 %")


def test_the_scale_takes_effect_when_it_is_let_go(page: Page) -> None:
    page.show(appearance_page)
    scale = page.find(ttk.Scale)
    x, y = scale.coords(100)
    scale.event_generate("<Button-1>", x=x, y=y)
    for step in range(0, 400, 20):
        scale.event_generate("<B1-Motion>", x=int(x) + step, y=y)
    page.form.update()
    assert page.put == []
    assert page.find(ttk.Label, f"{MAX_ZOOM} %")
    scale.event_generate("<ButtonRelease-1>", x=int(x) + 400, y=y)
    page.form.update()
    assert page.put == [("zoom", MAX_ZOOM)]


def test_the_size_has_bounds(page: Page, theme: Theme) -> None:
    theme.set_zoom(MIN_ZOOM)
    page.show(appearance_page)
    press(page.find(ttk.Button, "−"), "<space>")
    assert page.put == []


def test_a_font_is_chosen_from_those_there_are(page: Page) -> None:
    page.show(appearance_page)
    box = page.find(ttk.Combobox)
    usual = box.get()
    focus(box)
    press(box, "<Down>")
    wait_until(box, lambda: box.tk.call("winfo", "ismapped", f"{box}.popdown"))
    box.tk.call("ttk::combobox::Unpost", box)
    assert box["values"][0] == usual
    assert "DejaVu Sans" in box["values"]
    box.set("DejaVu Sans")
    box.event_generate("<<ComboboxSelected>>")
    box.set(usual)
    box.event_generate("<<ComboboxSelected>>")
    assert page.put == [("font", "DejaVu Sans"), ("font", "")]


def test_the_wheel_over_the_font_does_not_change_it(page: Page, root: tk.Tk) -> None:
    page.show(appearance_page)
    box = page.find(ttk.Combobox)
    box.configure(values=["a", "b"])
    scrolled: list[int] = []
    root.bind("<Button-5>", lambda event: scrolled.append(event.num), add=True)
    before = box.get()
    box.event_generate("<Button-5>")
    assert box.get() == before
    assert scrolled == [5]


def test_what_disturbs_is_chosen(page: Page) -> None:
    page.show(notifications_page)
    click(page.find(ttk.Radiobutton, "mention you"))
    click(page.find(ttk.Checkbutton, "Play a sound"))
    click(page.find(ttk.Checkbutton, "Show what the message says"))
    click(page.find(ttk.Checkbutton, "Do not disturb"))
    assert page.put == [
        ("notify", "mentions"),
        ("sound", False),
        ("preview", False),
        ("dnd", True),
    ]
