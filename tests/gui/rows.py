"""Reads the rows of the sidebar's lists."""

from tkchat.gui.side_list import SideList


def labels(made: SideList) -> list[str]:
    """Return what the rows say, from top to bottom."""
    return [str(made.rows.item(row, "text")) for row in made.rows.get_children()]


def row_y(made: SideList, key: str) -> int:
    """Return a place in the row of ``key``, in pixels from the top of the rows."""
    made.update()
    box = made.rows.bbox(made._ids[key])
    assert box
    return int(box[1]) + 4
