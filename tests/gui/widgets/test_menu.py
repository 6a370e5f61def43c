"""Menus over a window."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, show, wait_until
from tests.gui.rows import drawn, labels, pick
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.menu import SEPARATOR, Entry, Menu


@pytest.fixture
def box(root: tk.Tk) -> tk.Entry:
    """What has the keyboard before the menu opens."""
    made = tk.Entry(root)
    made.place(x=0, y=470, width=700)
    show(made)
    focus(made)
    return made


@pytest.fixture
def menu(root: tk.Tk, theme: Theme, emoji: Emoji, box: tk.Entry) -> Menu:
    return Menu(root, theme, emoji)


@pytest.fixture
def entries(chosen: list[str]) -> list[Entry]:
    return [
        Entry("One", lambda: chosen.append("one"), chosen=True),
        SEPARATOR,
        Entry("Two\0", lambda: chosen.append("two"), "Ctrl+2"),
    ]


def post(menu: Menu, entries: list[Entry], x: int = 100, y: int = 100, anchor: str = "nw") -> None:
    window = menu.panel.winfo_toplevel()
    menu.post(entries, window.winfo_rootx() + x, window.winfo_rooty() + y, anchor)
    wait_until(window, lambda: window.focus_get() is menu.rows.canvas)


def grabbed(root: tk.Tk) -> str:
    """Return what has the mouse for itself."""
    return str(root.tk.call("grab", "current", root))


def test_it_shows_its_lines_with_marks_and_keys(menu: Menu, entries: list[Entry]) -> None:
    post(menu, entries)
    assert drawn(menu.rows) == ["✓", "One", " ", "Two", "Ctrl+2"]
    post(menu, [Entry("Other", lambda: None)])
    assert labels(menu.rows) == drawn(menu.rows) == ["Other"]


def test_a_click_does_it_and_the_keyboard_goes_back(
    root: tk.Tk, menu: Menu, entries: list[Entry], chosen: list[str], box: tk.Entry
) -> None:
    post(menu, entries)
    pick(menu, "Two")
    assert chosen == ["two"]
    assert not menu.is_open
    wait_until(root, lambda: root.focus_get() is box)


def test_keys_do_it(menu: Menu, entries: list[Entry], chosen: list[str]) -> None:
    post(menu, entries)
    press(menu.rows.canvas, "<Down>", "<Down>", "<Return>")
    assert chosen == ["two"]


@pytest.mark.parametrize("key", ["<Escape>", "<Tab>"])
def test_keys_close_it(
    root: tk.Tk, menu: Menu, entries: list[Entry], chosen: list[str], box: tk.Entry, key: str
) -> None:
    post(menu, entries)
    press(menu.rows.canvas, key)
    assert not menu.is_open
    wait_until(root, lambda: root.focus_get() is box)
    assert chosen == []


def test_a_click_elsewhere_closes_it(
    root: tk.Tk, menu: Menu, entries: list[Entry], box: tk.Entry
) -> None:
    post(menu, entries)
    clicks: list[object] = []
    root.bind("<Button>", clicks.append)
    for button in (1, 3):
        click(root, 5, 5, button)
        assert not menu.is_open
        assert clicks == []  # it only closes
        post(menu, entries)
    box.focus_force()
    wait_until(root, lambda: not menu.is_open)
    assert root.focus_get() is box


@pytest.mark.parametrize(
    ("x", "y", "anchor"),
    [(690, 490, "nw"), (5, 5, "ne"), (5, 5, "sw"), (300, 300, "nw"), (300, 300, "ne")],
)
def test_it_stays_in_its_window(
    root: tk.Tk, menu: Menu, entries: list[Entry], x: int, y: int, anchor: str
) -> None:
    post(menu, entries, x, y, anchor)
    wait_until(root, menu.panel.winfo_viewable)
    panel = menu.panel
    assert 0 <= panel.winfo_x() <= root.winfo_width() - panel.winfo_width()
    assert 0 <= panel.winfo_y() <= root.winfo_height() - panel.winfo_height()
    if x == 5:  # nor does it cling to the edge
        assert min(panel.winfo_x(), panel.winfo_y()) > 0
    if x == 300:
        assert panel.winfo_x() + (panel.winfo_width() if anchor == "ne" else 0) == 300
        assert panel.winfo_y() == 300


def test_where_there_is_no_room_below_it_opens_above(
    root: tk.Tk, menu: Menu, entries: list[Entry]
) -> None:
    x, y = root.winfo_rootx() + 100, root.winfo_rooty() + 480
    for over in (0, 20):
        menu.post(entries, x, y, over=over)
        root.update()
        assert menu.panel.winfo_y() + menu.panel.winfo_height() == 480 - over


def test_more_lines_than_fit_can_be_scrolled(root: tk.Tk, menu: Menu, chosen: list[str]) -> None:
    many = [Entry(f"line {at}", lambda at=at: chosen.append(str(at))) for at in range(60)]  # type: ignore[misc]  # a lambda's default has no type
    post(menu, many)
    assert menu.panel.winfo_height() <= root.winfo_height()
    press(menu.rows.canvas, "<End>", "<Return>")
    assert chosen == ["59"]


@pytest.mark.parametrize("zoom", [75, 100, 125, 175])
def test_lines_that_fit_need_no_scrollbar(
    menu: Menu, entries: list[Entry], theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    post(menu, entries)
    wait_until(menu.panel, menu.panel.winfo_viewable)
    assert menu.rows.canvas.winfo_height() == menu.rows.height
    assert not menu.rows._bar.winfo_ismapped()
    assert menu.rows._painter.clipped == {}


@pytest.mark.parametrize("zoom", [100, 175])
def test_beside_a_scrollbar_no_line_is_cut(menu: Menu, theme: Theme, zoom: int) -> None:
    theme.set_zoom(zoom)
    post(menu, [Entry(f"a line of many words {at}", lambda: None, "Ctrl+X") for at in range(60)])
    wait_until(menu.panel, menu.rows._bar.winfo_ismapped)
    assert menu.rows._painter.clipped == {}
    menu.rows._wheel(3)
    post(menu, [Entry(f"a line {at}", lambda: None) for at in range(60)])
    assert drawn(menu.rows)[0] == "a line 0"


def test_what_cannot_be_done_is_passed_over(menu: Menu, chosen: list[str]) -> None:
    def entry(text: str, is_possible: bool) -> Entry:
        return Entry(text, lambda: chosen.append(text), is_possible=is_possible)

    entries = [entry("Undo", False), entry("Cut", True), entry("Copy", False), entry("Paste", True)]
    post(menu, entries)
    pick(menu, "Copy")
    assert menu.is_open
    assert chosen == []
    press(menu.rows.canvas, "<Down>", "<Down>", "<Return>")
    post(menu, entries)
    press(menu.rows.canvas, "<Home>", "<Return>")
    assert chosen == ["Paste", "Cut"]


def test_it_goes_round(menu: Menu, entries: list[Entry], chosen: list[str]) -> None:
    for keys in (("<Up>",), ("<Down>", "<Up>"), ("<End>", "<Down>", "<Down>")):
        post(menu, entries)
        press(menu.rows.canvas, *keys, "<Return>")
    assert chosen == ["two"] * 3


def test_letters_lead_to_lines(menu: Menu, chosen: list[str]) -> None:
    words = ("Copy", "Cut", "Paste", "Copy link")
    entries = [Entry(word, lambda word=word: chosen.append(word)) for word in words]  # type: ignore[misc]  # a lambda's default has no type
    for keys in ("c", "cc", "ccc", "cccc", "p", "x"):
        post(menu, entries)
        press(menu.rows.canvas, *keys, "<Return>")
        menu.close()
    assert chosen == ["Copy", "Cut", "Copy link", "Copy", "Paste"]


def test_opened_right_after_it_was_closed_it_stays(
    root: tk.Tk, menu: Menu, entries: list[Entry], box: tk.Entry
) -> None:
    for _ in range(3):  # with no event in between
        menu.post(entries, 100, 100)
        menu.close()
    menu.post(entries, 100, 100)
    for _ in range(3):
        root.update()
    assert menu.is_open
    assert root.focus_get() is menu.rows.canvas
    press(menu.rows.canvas, "<Escape>")
    assert root.focus_get() is box


def test_another_menu_takes_its_place(
    root: tk.Tk, theme: Theme, emoji: Emoji, menu: Menu, entries: list[Entry], box: tk.Entry
) -> None:
    other = Menu(root, theme, emoji)
    post(other, entries)
    post(menu, entries)
    assert not other.is_open
    press(menu.rows.canvas, "<Escape>")
    assert root.focus_get() is box
    assert grabbed(root) == ""


def test_who_had_the_mouse_gets_it_back(root: tk.Tk, menu: Menu, entries: list[Entry]) -> None:
    dialog = tk.Frame(root, width=50, height=50)
    dialog.pack()
    show(dialog)
    dialog.grab_set()
    post(menu, entries)
    assert grabbed(root) == str(menu.panel)
    press(menu.rows.canvas, "<Escape>")
    assert grabbed(root) == str(dialog)
    dialog.grab_release()


def test_a_note_is_wrapped_and_only_read(
    root: tk.Tk, menu: Menu, entries: list[Entry], chosen: list[str]
) -> None:
    names = [f"somebody_{at}" for at in range(30)]
    post(menu, [*entries, SEPARATOR, Entry("Seen by", lambda: None, note=", ".join(names))])
    caption, note = drawn(menu.rows)[-2:]
    assert caption == "Seen by"
    assert note.split() == ", ".join(names).split()
    assert len(note.splitlines()) > 5
    canvas = menu.rows.canvas
    box = canvas.bbox(canvas.find_all()[-1])
    assert box[2] < canvas.winfo_width()
    assert box[3] <= canvas.winfo_height()
    assert menu.panel.winfo_width() < 300
    press(menu.rows.canvas, "<End>", "<Return>")
    assert chosen == ["two"]


def test_it_goes_with_what_it_belongs_to(menu: Menu, entries: list[Entry], box: tk.Entry) -> None:
    post(menu, entries)
    menu.destroy()
    assert not menu.panel.winfo_exists()
    wait_until(box, lambda: box.focus_get() is box)
    menu.destroy()


def test_a_change_of_theme_closes_it(menu: Menu, entries: list[Entry], theme: Theme) -> None:
    post(menu, entries)
    theme.set_zoom(175)
    assert not menu.is_open


def test_it_follows_the_theme(menu: Menu, entries: list[Entry], theme: Theme) -> None:
    theme.use(DARK)
    post(menu, entries)
    assert str(menu.rows.canvas.cget("background")) == DARK.surface
