"""Reads the rows of the lists that can be chosen from."""

from tests.gui.driving import click, wait_until
from tkchat.gui.widgets.menu import Menu
from tkchat.gui.widgets.row_list import RowList


def labels(made: RowList) -> list[str]:
    """Return what the rows say, from top to bottom."""
    return [row.text for row in made.rows if not row.is_caption]


def captions(made: RowList) -> list[str]:
    """Return what stands between the rows."""
    return [row.text for row in made.rows if row.is_caption]


def row_y(made: RowList, key: str) -> int:
    """Return a place in the row of ``key``, in pixels from the top of the list."""
    made.update()
    return made.place_of(key)[0] + 4


def drawn(made: RowList) -> list[str]:
    """Return the texts on the screen, from top to bottom and left to right."""
    made.update()
    canvas = made.canvas
    call = canvas.tk.call  # the stubs know the types of neither
    found = [item for item in canvas.find_all() if str(call(canvas, "type", item)) == "text"]
    places = {item: canvas.bbox(item) for item in found}
    ordered = sorted(found, key=lambda item: (sum(places[item][1::2]) // 16, places[item][0]))
    return [str(call(canvas, "itemcget", item, "-text")) for item in ordered]


def pick(menu: Menu, text: str) -> None:
    """Click the line of an open menu that says ``text``."""
    wait_until(menu.panel, menu.panel.winfo_viewable)
    key = next(row.key for row in menu.rows.rows if row.text == text)
    click(menu.rows.canvas, 40, row_y(menu.rows, key))
