"""Builds one ttk theme out of a palette: layouts, colours and the rounded elements."""

from tkinter import font as tkfont
from tkinter import ttk

from tkchat.gui.look.button_styles import first_button_styles, more_button_styles
from tkchat.gui.look.elements import CLEAR, Painter
from tkchat.gui.look.field_styles import entry_styles, scale_styles
from tkchat.gui.look.style_kit import Layout, Look, make_element


def first_styles(style: ttk.Style, look: Look, painter: Painter) -> None:
    """Put what the login dialog is made of into the ttk theme in use."""
    _base(style, look)
    _labels(style, look)
    first_button_styles(style, look, painter)
    entry_styles(style, look, painter)


def more_styles(style: ttk.Style, look: Look, painter: Painter) -> None:
    """Put all other styles into the ttk theme in use."""
    more_button_styles(style, look, painter)
    scale_styles(style, look, painter)
    _scrollbars(style, look, painter)


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
        make_element(style, thumb, images, px(5), padding=0)
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
