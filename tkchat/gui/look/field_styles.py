"""The styles of what is filled in: entries, lists to choose from, and scales."""

from tkinter import ttk

from tkchat.gui.look.elements import Box, Painter
from tkchat.gui.look.style_kit import Layout, Look, make_element


def entry_styles(style: ttk.Style, look: Look, painter: Painter) -> None:
    """Make entries and comboboxes."""
    palette, px = look.palette, look.px
    boxes = {
        "": Box(palette.surface, palette.line),
        "disabled": Box(palette.hover, palette.line),
        "focus": Box(palette.surface, palette.accent, thick=True),
        "invalid": Box(palette.surface, palette.danger, thick=True),
        "hover": Box(palette.surface, palette.muted),
    }
    # The wider, the fewer pieces there are to draw in a row: each takes an answer of the X server.
    images = {state: painter.box(box, size=(140, 30)) for state, box in boxes.items()}
    make_element(style, "Rounded.field", images, px(8))
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


def scale_styles(style: ttk.Style, look: Look, painter: Painter) -> None:
    """Make what is dragged along a line."""
    palette = look.palette
    knobs = {
        "": Box(palette.accent),
        "disabled": Box(palette.away),
        "focus": Box(palette.accent, palette.text, thick=True),
        "pressed": Box(palette.accent_pressed),
        "active": Box(palette.accent_hover),
    }
    # As with a scrollbar: only under these names does Tk find them.
    slider, trough = "Rounded.Horizontal.Scale.slider", "Rounded.Horizontal.Scale.trough"
    make_element(style, slider, {s: painter.knob(box) for s, box in knobs.items()}, 0, sticky="")
    make_element(style, trough, {"": painter.groove(palette.thumb)}, look.px(8))
    inner: Layout = [(slider, {"side": "left", "sticky": ""})]
    style.layout("Horizontal.TScale", [(trough, {"sticky": "we", "children": inner})])
    style.configure("Horizontal.TScale", background=palette.window)
    style.map("Horizontal.TScale", background=[])
