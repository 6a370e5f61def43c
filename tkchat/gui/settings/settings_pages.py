"""The pages of the settings that change something: how it looks, and what is notified."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import font as tkfont
from tkinter import ttk
from typing import Any

from tkchat.client.settings import MAX_ZOOM, MIN_ZOOM, Settings
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.form import Form
from tkchat.i18n import tr

ZOOM_STEP = 10  #: per cent

Put = Callable[[str, Any], None]
"""Sets a field of the settings."""


def appearance_page(parent: tk.Misc, theme: Theme, settings: Settings, put: Put) -> Form:
    """Return the page on colours, sizes and fonts."""
    form = Form(parent, theme)
    themes = [
        ("system", tr("Like the desktop")),
        ("light", tr("Light")),
        ("dark", tr("Dark")),
        ("contrast", tr("High contrast")),
    ]
    form.choices(tr("Colours"), themes, settings.theme, lambda value: put("theme", value))
    _ZoomRow(form, put)
    _FontRow(form, settings, put)
    densities = [
        ("cosy", tr("Cosy: pictures, and space between messages")),
        ("compact", tr("Compact: as many messages as possible")),
    ]
    form.choices(tr("Messages"), densities, settings.density, lambda value: put("density", value))
    clocks = [
        ("system", tr("Like the desktop")),
        ("24", tr("24 hours: 18:05")),
        ("12", tr("12 hours: 6:05 PM")),
    ]
    form.choices(tr("Time"), clocks, settings.clock, lambda value: put("clock", value))
    return form


def notifications_page(parent: tk.Misc, theme: Theme, settings: Settings, put: Put) -> Form:
    """Return the page on what disturbs."""
    form = Form(parent, theme)
    kinds = [
        ("all", tr("Every message")),
        ("mentions", tr("Messages to you, and those that mention you")),
        ("none", tr("Nothing")),
    ]
    form.choices(tr("Notify about"), kinds, settings.notify, lambda value: put("notify", value))
    form.explain(tr("Each room can have its own rule: see its menu in the list of rooms."))
    form.switch(
        tr("Sound"),
        tr("Play a sound"),
        lambda value: put("sound", value),
        on=settings.sound,
    )
    form.switch(
        tr("Privacy"),
        tr("Show what the message says"),
        lambda value: put("preview", value),
        on=settings.preview,
    )
    form.explain(tr("Otherwise only who has written, and where."))
    form.switch(
        tr("Quiet"),
        tr("Do not disturb"),
        lambda value: put("dnd", value),
        on=settings.dnd,
    )
    form.explain(tr("Nothing is notified, and others see that you are busy."))
    return form


class _ZoomRow:
    """Smaller, a scale, larger, and how large it is; follows the keys that change it, too."""

    def __init__(self, form: Form, put: Put) -> None:
        self._theme = form.theme
        self._put = put
        row = ttk.Frame(form.row(tr("Size")))
        row.grid(sticky="w")
        smaller, larger = (ttk.Button(row, text=sign, width=2) for sign in "−+")
        for button, by in ((smaller, -ZOOM_STEP), (larger, ZOOM_STEP)):
            button.configure(command=partial(self._press, button, by))
        self._scale = ttk.Scale(
            row, from_=MIN_ZOOM, to=MAX_ZOOM, command=lambda _: self._show(self._value())
        )
        self._label = ttk.Label(row, width=6, anchor="e")
        for column, widget in enumerate((smaller, self._scale, larger, self._label)):
            widget.grid(row=0, column=column)
        # Not while it is dragged: the scale itself would change its size under the pointer.
        self._scale.bind("<ButtonRelease-1>", lambda _: self._set(self._value()))
        for key, step in (
            *((key, -ZOOM_STEP) for key in ("<Left>", "<Down>")),
            *((key, ZOOM_STEP) for key in ("<Right>", "<Up>")),
        ):
            self._scale.bind(key, lambda _, by=step: self._step(by))  # type: ignore[misc]  # it cannot tell the default's type
        unsubscribe = self._theme.subscribe(self._restyle)
        self._scale.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def _value(self) -> int:
        return round(float(self._scale.get()) / ZOOM_STEP) * ZOOM_STEP

    def _press(self, button: ttk.Button, by: int) -> None:
        """Take a step; the pointer goes where the button goes."""
        x, y = button.winfo_pointerx(), button.winfo_pointery()
        is_clicked = button.winfo_containing(x, y) is button
        self._step(by)
        if is_clicked:
            button.after_idle(_point_at, button)

    def _step(self, by: int) -> str:
        self._set(self._theme.zoom + by)
        return "break"

    def _set(self, percent: int) -> None:
        percent = max(MIN_ZOOM, min(MAX_ZOOM, percent))
        if percent != self._theme.zoom:
            self._put("zoom", percent)
        else:
            self._restyle()

    def _show(self, percent: int) -> None:
        self._label.configure(text=tr("{count} %").format(count=percent))

    def _restyle(self) -> None:
        px = self._theme.px
        self._scale.configure(length=px(150), value=self._theme.zoom)
        self._scale.grid_configure(padx=px(10))
        self._show(self._theme.zoom)


def _point_at(button: ttk.Button) -> None:
    if button.winfo_exists():
        button.update_idletasks()
        x, y = button.winfo_width() // 2, button.winfo_height() // 2
        button.event_generate("<Motion>", x=x, y=y, warp=True)


class _FontRow:
    """The families that this computer has, the desktop's own first."""

    def __init__(self, form: Form, settings: Settings, put: Put) -> None:
        self._theme = form.theme
        self._put = put
        desktops = str(tkfont.nametofont("TkDefaultFont", form).actual("family"))
        self._desktops = tr("Like the desktop ({family})").format(family=desktops)
        self._box = ttk.Combobox(
            form.row(tr("Font")), state="readonly", postcommand=self._fill, width=28
        )
        self._box.set(settings.font or self._desktops)
        self._box.grid(sticky="w")
        self._box.bind("<<ComboboxSelected>>", lambda _: self._chosen())
        for wheel in ("<Button-4>", "<Button-5>", "<MouseWheel>"):
            self._box.bind(wheel, self._pass_on)
        unsubscribe = self._theme.subscribe(self._restyle)
        self._box.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def _fill(self) -> None:
        """List the fonts when they are asked for: some computers have thousands."""
        families = {name for name in tkfont.families(self._box) if not name.startswith("@")}
        self._box.configure(values=[self._desktops, *sorted(families, key=str.casefold)])

    def _chosen(self) -> None:
        self._box.selection_clear()
        family = self._box.get()
        self._put("font", "" if family == self._desktops else family)

    def _pass_on(self, event: "tk.Event[tk.Misc]") -> str:
        """Let the wheel scroll the page, not change the font."""
        behind = event.widget.nametowidget(event.widget.winfo_parent())
        if event.num in {4, 5}:  # so X11 reports the wheel
            behind.event_generate(f"<Button-{event.num}>")
        else:
            behind.event_generate("<MouseWheel>", delta=event.delta)
        return "break"

    def _restyle(self) -> None:
        self._box.configure(font=self._theme.fonts.body)  # also measures the text anew
