"""The styles that the windows ask for: each is there, under each theme, with its own look."""

import ast
import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import colour_at, wait_until
from tests.support import CHECKOUT
from tkchat.gui.look.elements import Painter
from tkchat.gui.look.palette import DARK, LIGHT, Palette
from tkchat.gui.look.style_kit import Look
from tkchat.gui.look.styles import first_styles, more_styles
from tkchat.gui.look.theme import Theme

STYLES = ["TButton", "Accent.TButton", "Tool.TButton", "TEntry", "TCombobox", "TRadiobutton"]

#: style -> the outermost element that draws it
ELEMENTS = {
    "TButton": "Rounded.button",
    "Accent.TButton": "Accent.Rounded.button",
    "Tool.TButton": "Tool.Rounded.button",
    "Sidebar.Tool.TButton": "Tool.Rounded.button",
    "Pill.TButton": "Pill.button",
    "TEntry": "Rounded.field",
    "Sidebar.TEntry": "Rounded.field",
    "TCombobox": "Rounded.field",
    "Sidebar.TCombobox": "Rounded.field",
    "Field.TFrame": "Rounded.field",
    "TRadiobutton": "Radiobutton.padding",
    "TCheckbutton": "Checkbutton.padding",
    "Tab.TRadiobutton": "Tab.row",
    "Key.TLabel": "Key.box",
    "Horizontal.TScale": "Rounded.Horizontal.Scale.trough",
    "Vertical.TScrollbar": "Vertical.Scrollbar.trough",
    "Sidebar.Vertical.TScrollbar": "Vertical.Scrollbar.trough",
    "Horizontal.TScrollbar": "Horizontal.Scrollbar.trough",
    "Sidebar.Horizontal.TScrollbar": "Horizontal.Scrollbar.trough",
}
KINDS = [
    "TButton",
    "TLabel",
    "TFrame",
    "TScrollbar",
    "TEntry",
    "TCombobox",
    "TRadiobutton",
]
LABELS = ["TLabel", "Muted.TLabel", "Title.TLabel", "Bold.TLabel", "Error.TLabel", "Heading.TLabel"]


@pytest.fixture(params=[LIGHT, DARK], ids=lambda palette: palette.name)
def palette(request: pytest.FixtureRequest, theme: Theme) -> Palette:
    """Each of the palettes, in use."""
    wanted: Palette = request.param
    theme.use(wanted)
    return wanted


@pytest.fixture
def style(root: tk.Tk) -> ttk.Style:
    return ttk.Style(root)


def elements_of(layout: object) -> set[str]:
    """Return the names of all elements in a layout."""
    found: set[str] = set()
    for name, options in layout:  # type: ignore[attr-defined]  # the stubs' type is private
        found |= {name} | elements_of(options.get("children", ()))
    return found


def styles_in_use() -> set[str]:
    """Return the names of the styles that the sources write down, unless they make some too."""
    found: set[str] = set()
    for path in (CHECKOUT / "tkchat" / "gui").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "ttk.Style(" not in source and not path.name.endswith("styles.py"):
            found |= {
                node.value
                for node in ast.walk(ast.parse(source))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
                if node.value.rpartition(".")[2] in KINDS
                if " " not in node.value
            }
    return found


@pytest.mark.parametrize("name", ELEMENTS)
def test_each_style_has_its_layout(style: ttk.Style, palette: Palette, name: str) -> None:
    [outermost, *others] = style.layout(name)
    assert outermost[0] == ELEMENTS[name]
    assert not others


def test_every_style_in_use_is_one_of_ours(style: ttk.Style, palette: Palette) -> None:
    used = styles_in_use()
    assert {"Accent.TButton", "Muted.TLabel", "Tab.TRadiobutton"} <= used
    made = {name for name in used if style.configure(name)} | ELEMENTS.keys()
    assert used <= made


@pytest.mark.parametrize("way", ["Vertical", "Horizontal"])
def test_the_thumb_has_a_name_that_tk_moves(style: ttk.Style, palette: Palette, way: str) -> None:
    assert f"Rounded.{way}.Scrollbar.thumb" in elements_of(style.layout(f"{way}.TScrollbar"))


@pytest.mark.parametrize("kind", LABELS)
def test_labels_stand_on_the_ground_they_are_for(
    style: ttk.Style, palette: Palette, kind: str
) -> None:
    assert style.lookup(f"Sidebar.{kind}", "background") == palette.sidebar
    ground = palette.sidebar if kind == "Heading.TLabel" else palette.window
    assert style.lookup(kind, "background") == ground


def test_labels_differ_in_colour_and_font(style: ttk.Style, palette: Palette, theme: Theme) -> None:
    fonts = theme.fonts
    looks = {
        kind: (style.lookup(kind, "foreground"), str(style.lookup(kind, "font"))) for kind in LABELS
    }
    assert looks == {
        "TLabel": (palette.text, str(fonts.body)),
        "Muted.TLabel": (palette.muted, str(fonts.small)),
        "Title.TLabel": (palette.text, str(fonts.title)),
        "Bold.TLabel": (palette.text, str(fonts.bold)),
        "Error.TLabel": (palette.danger, str(fonts.body)),
        "Heading.TLabel": (palette.muted, str(fonts.small_bold)),
    }


@pytest.mark.parametrize(
    "name", ["TButton", "Accent.TButton", "Tool.TButton", "TEntry", "TCombobox", "TRadiobutton"]
)
def test_what_is_disabled_is_muted(style: ttk.Style, palette: Palette, name: str) -> None:
    assert style.lookup(name, "foreground", ["disabled"]) == palette.muted
    assert style.lookup(name, "foreground") != palette.muted


def test_grounds_and_lines_have_their_colours(style: ttk.Style, palette: Palette) -> None:
    for name, colour in (
        ("TFrame", palette.window),
        ("Sidebar.TFrame", palette.sidebar),
        ("Line.TFrame", palette.line),
        ("Sidebar.Vertical.TScrollbar", palette.sidebar),
        ("Vertical.TScrollbar", palette.window),
        ("Sidebar.Tool.TButton", palette.sidebar),
    ):
        assert style.lookup(name, "background") == colour, name


def test_the_pictures_are_handed_over_to_be_kept(
    root: tk.Tk, theme: Theme, style: ttk.Style
) -> None:
    style.theme_create("of-this-test", parent="clam")
    style.theme_use("of-this-test")
    painter, look = Painter(root, LIGHT, theme.px), Look(root, LIGHT, theme.fonts, theme.px)
    first_styles(style, look, painter)
    more_styles(style, look, painter)
    photos = painter.photos
    names = root.tk.splitlist(root.tk.call("image", "names"))
    assert {str(photo) for photo in photos} <= set(names)
    assert len(set(map(str, photos))) == len(photos) > 20
    assert all(photo.width() and photo.height() for photo in photos)


def test_the_corners_are_round(root: tk.Tk, theme: Theme) -> None:
    button = ttk.Button(root, text="Send", style="Accent.TButton")
    button.pack(padx=20, pady=20)
    wait_until(root, lambda: colour_at(button, 0, 0) == LIGHT.window)


@pytest.mark.parametrize("zoom", [50, 100, 175, 250])
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_every_style_can_be_drawn(root: tk.Tk, theme: Theme, palette: object, zoom: int) -> None:
    kinds = {"TEntry": ttk.Entry, "TCombobox": ttk.Combobox, "TRadiobutton": ttk.Radiobutton}
    for style in STYLES:
        widget = kinds.get(style, ttk.Button)(root, style=style)
        widget.pack()
        for state in ("active", "focus", "disabled", "selected", "pressed", "invalid"):
            widget.state([state])
            root.update()
    theme.use(DARK if palette is DARK else LIGHT)
    theme.set_zoom(zoom)
    root.update()
