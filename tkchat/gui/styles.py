"""Builds one ttk theme out of a palette: layouts, colours and the rounded elements."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import font as tkfont
from tkinter import ttk
from typing import Any

from tkchat.gui.elements import CLEAR, Box, Painter
from tkchat.gui.fonts import Fonts
from tkchat.gui.palette import Palette

#: A ttk layout: elements with their options, nested. (The stubs' own type is private.)
Layout = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Look:
    """What a ttk theme is made from; ``px`` turns 96 dpi pixels into this screen's."""

    master: tk.Misc
    palette: Palette
    fonts: Fonts
    px: Callable[[float], int]


def configure_styles(style: ttk.Style, look: Look) -> list[tk.PhotoImage]:
    """Fill the ttk theme in use. Returns the pictures, to be kept as long as that theme."""
    painter = Painter(look.master, look.palette, look.px)
    _base(style, look)
    _labels(style, look)
    _buttons(style, look, painter)
    _pill(style, look, painter)
    _entries(style, look, painter)
    _lists(style, look)
    _indicators(style, look, painter)
    _scrollbars(style, look, painter)
    return painter.photos


def _base(style: ttk.Style, look: Look) -> None:
    palette = look.palette
    style.configure(
        ".",
        background=palette.window,
        foreground=palette.text,
        font=look.fonts.body,
        bordercolor=palette.line,
        lightcolor=palette.window,
        darkcolor=palette.window,
        troughcolor=palette.window,
        fieldbackground=palette.surface,
        selectbackground=palette.selection,
        selectforeground=palette.text,
        insertcolor=palette.text,
        insertwidth=max(look.px(1.5), 1),
        focuscolor=palette.accent,
    )
    style.map(".", foreground=[("disabled", palette.muted)])
    style.configure("Sidebar.TFrame", background=palette.sidebar)
    style.configure("Line.TFrame", background=palette.line)


def _labels(style: ttk.Style, look: Look) -> None:
    palette, fonts = look.palette, look.fonts
    kinds: dict[str, tuple[str, tkfont.Font]] = {
        "": (palette.text, fonts.body),
        "Muted.": (palette.muted, fonts.small),
        "Title.": (palette.text, fonts.title),
        "Bold.": (palette.text, fonts.bold),
        "Error.": (palette.danger, fonts.body),
        "Heading.": (palette.muted, fonts.small_bold),
    }
    for ground, behind in (("", palette.window), ("Sidebar.", palette.sidebar)):
        for kind, (colour, font) in kinds.items():
            # Captions stand on the sidebar only.
            background = palette.sidebar if kind == "Heading." else behind
            style.configure(
                f"{ground}{kind}TLabel", background=background, foreground=colour, font=font
            )
            style.map(f"{ground}{kind}TLabel", foreground=[("disabled", palette.muted)])


def _buttons(style: ttk.Style, look: Look, painter: Painter) -> None:
    palette, px = look.palette, look.px
    ring = palette.accent
    off = Box(palette.hover)
    accent = {
        "": Box(palette.accent),
        "disabled": off,
        "pressed": Box(palette.accent_pressed),
        "focus active": Box(palette.accent_hover, palette.text, thick=True),
        "active": Box(palette.accent_hover),
        "focus": Box(palette.accent, palette.text, thick=True),
    }
    plain = {
        "": Box(palette.surface, palette.line),
        "disabled": Box(palette.window, palette.line),
        "pressed": Box(palette.pressed, palette.line),
        "focus active": Box(palette.hover, ring, thick=True),
        "active": Box(palette.hover, palette.line),
        "focus": Box(palette.surface, ring, thick=True),
    }
    clear = {
        "": Box(CLEAR),
        "disabled": Box(CLEAR),
        "pressed": Box(palette.pressed),
        "focus active": Box(palette.hover, ring, thick=True),
        "active": Box(palette.hover),
        "focus": Box(CLEAR, ring, thick=True),
    }
    for kind, boxes, padding in (("Accent.", accent, 16), ("", plain, 14), ("Tool.", clear, 8)):
        element = f"{kind}Rounded.button"
        _element(style, element, {state: painter.box(box) for state, box in boxes.items()}, px(8))
        style.layout(f"{kind}TButton", _around_label(element, "Button"))
        style.configure(
            f"{kind}TButton", padding=(px(padding), px(6)), anchor="center", font=look.fonts.body
        )
        style.map(f"{kind}TButton", foreground=[("disabled", palette.muted)])
    style.configure("Accent.TButton", foreground=palette.on_accent, font=look.fonts.bold)
    style.configure("Tool.TButton", foreground=palette.text)
    style.layout("Sidebar.Tool.TButton", style.layout("Tool.TButton"))
    style.configure("Sidebar.Tool.TButton", background=palette.sidebar)
    style.map("TButton", background=[])


def _pill(style: ttk.Style, look: Look, painter: Painter) -> None:
    palette, px = look.palette, look.px
    boxes = {
        "": Box(palette.accent),
        "pressed": Box(palette.accent_pressed),
        "active": Box(palette.accent_hover),
    }
    images = {state: painter.box(box, radius=12) for state, box in boxes.items()}
    _element(style, "Pill.button", images, px(13))
    style.layout("Pill.TButton", _around_label("Pill.button", "Button"))
    style.configure(
        "Pill.TButton",
        padding=(px(14), px(5)),
        foreground=palette.on_accent,
        font=look.fonts.small_bold,
    )


def _entries(style: ttk.Style, look: Look, painter: Painter) -> None:
    palette, px = look.palette, look.px
    boxes = {
        "": Box(palette.surface, palette.line),
        "disabled": Box(palette.hover, palette.line),
        "focus": Box(palette.surface, palette.accent, thick=True),
        "invalid": Box(palette.surface, palette.danger, thick=True),
        "hover": Box(palette.surface, palette.muted),
    }
    images = {state: painter.box(box) for state, box in boxes.items()}
    _element(style, "Rounded.field", images, px(8))
    text: Layout = [("Entry.textarea", {"sticky": "nswe"})]
    inner: Layout = [("Entry.padding", {"sticky": "nswe", "children": text})]
    style.layout("TEntry", [("Rounded.field", {"sticky": "nswe", "children": inner})])
    style.layout("Field.TFrame", [("Rounded.field", {"sticky": "nswe"})])  # around a tk.Text
    style.configure("TEntry", padding=(px(10), px(6)), foreground=palette.text)
    style.map("TEntry", foreground=[("disabled", palette.muted)])

    style.element_create("Chevron.downarrow", "image", painter.chevron(palette.muted), sticky="e")
    text = [("Combobox.textarea", {"sticky": "nswe"})]
    inner = [
        ("Chevron.downarrow", {"side": "right", "sticky": "ns"}),
        ("Combobox.padding", {"expand": "1", "sticky": "nswe", "children": text}),
    ]
    style.layout("TCombobox", [("Rounded.field", {"sticky": "nswe", "children": inner})])
    style.configure("TCombobox", padding=(px(10), px(6)), foreground=palette.text)
    style.map("TCombobox", foreground=[("disabled", palette.muted)])
    for kind in ("TEntry", "TCombobox"):  # the picture's corners are clear: what lies behind?
        style.configure(kind, background=palette.window)
        style.configure(f"Sidebar.{kind}", background=palette.sidebar)


def _indicators(style: ttk.Style, look: Look, painter: Painter) -> None:
    palette, px = look.palette, look.px
    empty = Box(palette.surface, palette.muted)
    full = Box(palette.accent)
    for shape, kind in (("radio", "Radiobutton"), ("check", "Checkbutton")):
        boxes = {
            "": (empty, ""),
            "disabled selected": (Box(palette.away), palette.surface),
            "disabled": (Box(palette.hover, palette.line), ""),
            "selected focus": (Box(palette.accent, palette.text, thick=True), palette.on_accent),
            "selected active": (Box(palette.accent_hover), palette.on_accent),
            "selected": (full, palette.on_accent),
            "focus": (Box(palette.surface, palette.accent, thick=True), ""),
            "active": (Box(palette.hover, palette.accent), ""),
        }
        images = {s: painter.indicator(shape, box, mark) for s, (box, mark) in boxes.items()}
        element = f"Rounded.{shape}.indicator"
        _element(style, element, images, 0, sticky="w")
        label: Layout = [(f"{kind}.label", {"side": "left", "sticky": "nswe"})]
        inner: Layout = [(element, {"side": "left", "sticky": ""}), *label]
        style.layout(f"T{kind}", [(f"{kind}.padding", {"sticky": "nswe", "children": inner})])
        style.configure(f"T{kind}", padding=(px(2), px(4)))
        style.map(f"T{kind}", background=[], foreground=[("disabled", palette.muted)])


def _lists(style: ttk.Style, look: Look) -> None:
    palette, px = look.palette, look.px
    style.layout("Sidebar.Treeview", [("Treeview.treearea", {"sticky": "nswe"})])  # no border
    item: Layout = [
        ("Treeitem.image", {"side": "left", "sticky": ""}),
        ("Treeitem.text", {"side": "left", "sticky": ""}),
    ]
    style.layout("Sidebar.Treeview.Item", [("Treeitem.padding", {"children": item})])
    counted: Layout = [
        ("Treeitem.image", {"side": "right", "sticky": ""}),
        ("Treeitem.text", {"side": "left", "sticky": ""}),
    ]
    style.layout("Rooms.Sidebar.Treeview.Item", [("Treeitem.padding", {"children": counted})])
    style.configure("Rooms.Sidebar.Treeview.Item", padding=(px(16), 0, px(6), 0))
    style.configure("Sidebar.Treeview.Item", padding=(px(16), 0, px(6), 0))
    style.configure(
        "Sidebar.Treeview",
        background=palette.sidebar,
        fieldbackground=palette.sidebar,
        foreground=palette.text,
        rowheight=max(px(28), look.fonts.body.metrics("linespace") + px(8)),
    )
    style.map(
        "Sidebar.Treeview",
        background=[("selected", palette.selection)],
        foreground=[("selected", palette.text)],
    )


def _scrollbars(style: ttk.Style, look: Look, painter: Painter) -> None:
    palette, px = look.palette, look.px
    for way, upright, sticky in (("Vertical", True, "ns"), ("Horizontal", False, "we")):
        # The name must end so, or Tk does not move the thumb.
        thumb = f"Rounded.{way}.Scrollbar.thumb"
        images = {
            "": painter.thumb(palette.thumb, upright=upright),
            "disabled": painter.thumb(CLEAR, upright=upright),
            "pressed": painter.thumb(palette.thumb_hover, upright=upright),
            "active": painter.thumb(palette.thumb_hover, upright=upright),
        }
        _element(style, thumb, images, px(5), padding=0)
        for ground, colour in (("", palette.window), ("Sidebar.", palette.sidebar)):
            name = f"{ground}{way}.TScrollbar"
            inner: Layout = [(thumb, {"expand": "1", "sticky": "nswe"})]
            trough = f"{way}.Scrollbar.trough"
            style.layout(name, [(trough, {"sticky": sticky, "children": inner})])
            shades = dict.fromkeys(
                ("background", "troughcolor", "bordercolor", "lightcolor", "darkcolor"), colour
            )
            style.configure(name, borderwidth=0, gripcount=0, **shades)
            style.map(name, background=[])


def _around_label(element: str, kind: str) -> Layout:
    label: Layout = [(f"{kind}.label", {"sticky": "nswe"})]
    inner: Layout = [(f"{kind}.padding", {"sticky": "nswe", "children": label})]
    return [(element, {"sticky": "nswe", "children": inner})]


def _element(
    style: ttk.Style,
    name: str,
    images: dict[str, tk.PhotoImage],
    border: int,
    padding: int = 0,
    sticky: str = "nswe",
) -> None:
    """Make an image element; ``images`` maps states to pictures, the first fitting one wins."""
    states: list[Any] = [(*state.split(), image) for state, image in images.items() if state]
    style.element_create(
        name, "image", images[""], *states, border=border, padding=padding, sticky=sticky
    )
