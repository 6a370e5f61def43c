"""How the rows of a list are drawn."""

import tkinter as tk

import pytest

from tests.gui.canvases import texts_in
from tests.gui.driving import colour_at, show
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.row_draw import Marks, Row, RowPainter

WIDTH = 230


@pytest.fixture
def canvas(root: tk.Tk) -> tk.Canvas:
    canvas = tk.Canvas(root, highlightthickness=0)
    canvas.place(x=0, y=0, width=WIDTH, height=200)
    show(canvas)
    return canvas


@pytest.fixture
def painter(canvas: tk.Canvas, theme: Theme) -> RowPainter:
    painter = RowPainter(canvas, theme, "sidebar")
    painter.restyle()
    painter.begin(WIDTH)
    return painter


def test_all_parts_of_a_row_have_their_place(painter: RowPainter, canvas: tk.Canvas) -> None:
    pill = tk.PhotoImage(master=canvas, width=30, height=10)
    painter.draw(Row("a", "alice", "away", "#", "✎", pill), 0, Marks())
    assert sorted(texts_in(canvas)) == ["#", "alice", "away", "✎"]
    edges = [canvas.bbox(item) for item in canvas.find_all()]
    assert all(left >= 0 and right <= WIDTH for left, _, right, _ in edges)
    for at, (left, _, right, _) in enumerate(sorted(edges)[:-1]):
        assert right <= sorted(edges)[at + 1][0], (left, right)


def test_what_has_no_room_is_clipped_and_remembered(painter: RowPainter, canvas: tk.Canvas) -> None:
    painter.draw(Row("a", "a" * 90, "away"), 0, Marks())
    painter.draw(Row("b", "bob"), 40, Marks())
    assert painter.clipped == {"a": "a" * 90}
    assert texts_in(canvas)[0].endswith("…")
    painter.begin(WIDTH)
    assert painter.clipped == {}
    assert texts_in(canvas) == []


@pytest.mark.parametrize(
    ("marks", "colour"),
    [
        (Marks(), LIGHT.sidebar),
        (Marks(selected=True), LIGHT.selection),
        (Marks(hovered=True), LIGHT.hover),
        (Marks(selected=True, hovered=True), LIGHT.selection),
        (Marks(ring=True), LIGHT.sidebar),
    ],
)
def test_how_a_row_stands_out(
    painter: RowPainter, canvas: tk.Canvas, marks: Marks, colour: str
) -> None:
    painter.draw(Row("a", "alice"), 0, marks)
    assert colour_at(canvas, WIDTH // 2, painter.row_height // 2) == colour
    edge = colour_at(canvas, WIDTH // 2, 0)
    assert edge == (LIGHT.accent if marks.ring else colour)


def test_a_caption_and_a_line_are_no_rows(
    painter: RowPainter, canvas: tk.Canvas, theme: Theme
) -> None:
    caption, line = Row("c", "ROOMS", is_caption=True), Row("l", "", is_caption=True)
    assert painter.height_of(line) < painter.height_of(caption)
    painter.draw(caption, 0, Marks())
    painter.draw(line, 100, Marks())
    assert texts_in(canvas) == ["ROOMS"]
    assert colour_at(canvas, 100, 100 + painter.height_of(line) // 2) == LIGHT.line


def test_rows_follow_the_theme(painter: RowPainter, canvas: tk.Canvas, theme: Theme) -> None:
    before = painter.row_height
    theme.use(DARK)
    theme.set_taste(compact=True, hours=24, family="")
    painter.restyle()
    assert painter.row_height < before
    assert str(canvas.cget("background")) == DARK.sidebar
