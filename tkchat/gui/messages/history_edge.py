"""The line above the oldest message: what comes before, or that nothing does."""

from collections.abc import Callable
from enum import Enum

from tkchat.gui.messages.block_view import BlockView
from tkchat.i18n import tr

EDGE = "edge"  #: the tag of that line


class Edge(Enum):
    """What there is before the oldest message that is drawn."""

    UNKNOWN = "unknown"  #: maybe nothing, maybe more than can be had
    MORE = "more"
    BEGINNING = "beginning"
    OFFLINE = "offline"  #: more, but on the host, which cannot be asked now


def edge_text(edge: Edge, room: str) -> str:
    """Return what is said of an edge to a person; empty for nothing."""
    match edge:
        case Edge.UNKNOWN:
            return ""
        case Edge.MORE:  # who can read this has come to the top, and they do load
            return tr("Loading earlier messages…")
        case Edge.BEGINNING if room.startswith("@"):
            said = tr("This is the beginning of your conversation with {name}.")
            return said.format(name=room[1:])
        case Edge.BEGINNING:
            return tr("This is the beginning of {room}.").format(room=room)
        case Edge.OFFLINE:
            return tr(
                "Earlier messages are on the host. They can be loaded when you are connected again."
            )


class HistoryEdge:
    """Draws the line, and asks for older messages when its reader comes near it.

    ``on_top`` is called once, then not before `answered`.
    """

    def __init__(self, blocks: BlockView, on_top: Callable[[], None]) -> None:
        self._blocks = blocks
        self._on_top = on_top
        self._edge = Edge.UNKNOWN
        self._drawn = ""
        self._asked = False

    def show(self, edge: Edge, room: str = "") -> None:
        """Say what there is; ``room`` is its name for a person, like ``#general``."""
        if edge is not self._edge:
            self._asked = False
        self._edge = edge
        text = edge_text(edge, room)
        if text != self._drawn:
            self._drawn = text
            self._blocks.set_above(*((f"{text}\n", (EDGE,)) if text else ()))

    def forget(self) -> None:
        """Begin anew: everything in the list is gone."""
        self._edge, self._drawn, self._asked = Edge.UNKNOWN, "", False

    def reached(self) -> None:
        """Ask for what is older: the reader is at the top."""
        if self._edge is Edge.MORE and not self._asked:
            self._asked = True
            self._on_top()

    def answered(self) -> None:
        """Take note that older messages came: more may be asked for."""
        self._asked = False
