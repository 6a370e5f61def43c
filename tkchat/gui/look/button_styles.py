"""The styles of what is pressed: buttons, pills, radio buttons, check boxes, tabs."""

from tkinter import ttk

from tkchat.gui.look.elements import CLEAR, Box, Painter
from tkchat.gui.look.palette import Palette
from tkchat.gui.look.style_kit import Layout, Look, around_label, make_element


def first_button_styles(style: ttk.Style, look: Look, painter: Painter) -> None:
    """Make those of the login dialog."""
    palette = look.palette
    accent = {
        "": Box(palette.accent),
        "disabled": Box(palette.hover),
        "pressed": Box(palette.accent_pressed),
        "focus active": Box(palette.accent_hover, palette.text, thick=True),
        "active": Box(palette.accent_hover),
        "focus": Box(palette.accent, palette.text, thick=True),
    }
    _button(style, look, painter, "Accent.", accent, padding=16)
    style.configure("Accent.TButton", foreground=palette.on_accent, font=look.fonts.bold)
    _button(style, look, painter, "", _plain_boxes(palette), padding=14)
    style.map("TButton", background=[])
    _indicator(style, look, painter, "radio", "Radiobutton")


def more_button_styles(style: ttk.Style, look: Look, painter: Painter) -> None:
    """Make all others."""
    palette = look.palette
    danger = {
        **_plain_boxes(palette),
        "": Box(palette.surface, palette.danger),
        "pressed": Box(palette.pressed, palette.danger),
        "focus active": Box(palette.hover, palette.danger, thick=True),
        "active": Box(palette.hover, palette.danger),
        "focus": Box(palette.surface, palette.danger, thick=True),
    }
    _button(style, look, painter, "Danger.", danger, padding=14)
    style.configure("Danger.TButton", foreground=palette.danger)
    tool = {
        "": Box(CLEAR),
        "disabled": Box(CLEAR),
        "pressed": Box(palette.pressed),
        "focus active": Box(palette.hover, palette.accent, thick=True),
        "active": Box(palette.hover),
        "focus": Box(CLEAR, palette.accent, thick=True),
    }
    _button(style, look, painter, "Tool.", tool, padding=8)
    style.configure("Tool.TButton", foreground=palette.text)
    style.layout("Sidebar.Tool.TButton", style.layout("Tool.TButton"))
    style.configure("Sidebar.Tool.TButton", background=palette.sidebar)
    _pill(style, look, painter)
    _link(style, look)
    _indicator(style, look, painter, "check", "Checkbutton")
    _tabs(style, look, painter)


def _plain_boxes(palette: Palette) -> dict[str, Box]:
    return {
        "": Box(palette.surface, palette.line),
        "disabled": Box(palette.window, palette.line),
        "pressed": Box(palette.pressed, palette.line),
        "focus active": Box(palette.hover, palette.accent, thick=True),
        "active": Box(palette.hover, palette.line),
        "focus": Box(palette.surface, palette.accent, thick=True),
    }


def _button(
    style: ttk.Style,
    look: Look,
    painter: Painter,
    kind: str,
    boxes: dict[str, Box],
    *,
    padding: int,
) -> None:
    px = look.px
    element = f"{kind}Rounded.button"
    make_element(style, element, {state: painter.box(box) for state, box in boxes.items()}, px(8))
    name = f"{kind}TButton"
    style.layout(name, around_label(element, "Button"))
    style.configure(name, padding=(px(padding), px(6)), anchor="center", font=look.fonts.body)
    style.map(name, foreground=[("disabled", look.palette.muted)])


def _link(style: ttk.Style, look: Look) -> None:
    """A button in a line of text."""
    palette, px = look.palette, look.px
    label: Layout = [("Button.label", {"sticky": "nswe"})]
    padding: Layout = [("Button.padding", {"sticky": "nswe", "children": label})]
    style.layout("Link.TButton", [("Button.border", {"sticky": "nswe", "children": padding})])
    grounds = ("background", "lightcolor", "darkcolor")
    style.configure(
        "Link.TButton",
        padding=(px(6), px(2)),
        foreground=palette.link,
        bordercolor=palette.window,
        font=look.fonts.small_bold,
        **dict.fromkeys(grounds, palette.window),
    )
    hover = [("pressed", palette.pressed), ("active", palette.hover)]
    ring = [("focus", palette.accent)]
    style.map("Link.TButton", background=hover, lightcolor=hover, darkcolor=hover, bordercolor=ring)


def _pill(style: ttk.Style, look: Look, painter: Painter) -> None:
    palette, px = look.palette, look.px
    boxes = {
        "": Box(palette.accent),
        "pressed": Box(palette.accent_pressed),
        "active": Box(palette.accent_hover),
    }
    images = {state: painter.box(box, radius=12) for state, box in boxes.items()}
    make_element(style, "Pill.button", images, px(13))
    style.layout("Pill.TButton", around_label("Pill.button", "Button"))
    style.configure(
        "Pill.TButton",
        padding=(px(14), px(5)),
        foreground=palette.on_accent,
        font=look.fonts.small_bold,
    )


def _indicator(style: ttk.Style, look: Look, painter: Painter, shape: str, kind: str) -> None:
    palette, px = look.palette, look.px
    boxes = {
        "": (Box(palette.surface, palette.muted), ""),
        "disabled selected": (Box(palette.away), palette.surface),
        "disabled": (Box(palette.hover, palette.line), ""),
        "selected focus": (Box(palette.accent, palette.text, thick=True), palette.on_accent),
        "selected active": (Box(palette.accent_hover), palette.on_accent),
        "selected": (Box(palette.accent), palette.on_accent),
        "focus": (Box(palette.surface, palette.accent, thick=True), ""),
        "active": (Box(palette.hover, palette.accent), ""),
    }
    images = {state: painter.indicator(shape, box, mark) for state, (box, mark) in boxes.items()}
    element = f"Rounded.{shape}.indicator"
    make_element(style, element, images, 0, sticky="w")
    label: Layout = [(f"{kind}.label", {"side": "left", "sticky": "nswe"})]
    inner: Layout = [(element, {"side": "left", "sticky": ""}), *label]
    style.layout(f"T{kind}", [(f"{kind}.padding", {"sticky": "nswe", "children": inner})])
    style.configure(f"T{kind}", padding=(px(2), px(4)))
    style.map(f"T{kind}", background=[], foreground=[("disabled", palette.muted)])


def _tabs(style: ttk.Style, look: Look, painter: Painter) -> None:
    """Radio buttons that look like the rows of the sidebar, to turn pages with."""
    palette, px = look.palette, look.px
    boxes = {
        "": Box(CLEAR),
        "selected focus": Box(palette.selection, palette.accent, thick=True),
        "selected": Box(palette.selection),
        "focus": Box(CLEAR, palette.accent, thick=True),
        "pressed": Box(palette.pressed),
        "active": Box(palette.hover),
    }
    images = {state: painter.box(box) for state, box in boxes.items()}
    make_element(style, "Tab.row", images, px(8))
    style.layout("Tab.TRadiobutton", around_label("Tab.row", "Radiobutton"))
    style.configure(
        "Tab.TRadiobutton",
        background=palette.sidebar,
        foreground=palette.text,
        padding=(px(12), px(6)),
        font=look.fonts.body,
    )
    style.map("Tab.TRadiobutton", background=[], foreground=[])

    key = painter.box(Box(palette.hover, palette.line), radius=4, size=(26, 22))
    make_element(style, "Key.box", {"": key}, px(6))
    style.layout("Key.TLabel", around_label("Key.box", "Label"))
    style.configure(
        "Key.TLabel",
        background=palette.window,
        foreground=palette.text,
        padding=(px(8), px(3)),
        font=look.fonts.small,
    )
