"""The dots that tell who is here, away or busy: by their shape too, not by colour alone."""

import tkinter as tk
from collections.abc import Mapping

from PIL import Image, ImageDraw

from tkchat.client.presence import Presence, State
from tkchat.gui.look.elements import CLEAR, Box, dot, png_data, rounded
from tkchat.gui.look.theme import Theme
from tkchat.i18n import tr

SIZE = 10  # of 96 dpi
_FINER = 4


def state_label(state: State) -> str:
    """Return what a person reads for a state."""
    labels = {State.HERE: tr("Here"), State.AWAY: tr("Away"), State.BUSY: tr("Do not disturb")}
    return labels[state]


def presence_label(presence: Presence | None) -> str:
    """Return a presence in words, ``Away · back at 3``; None is somebody not in the chat."""
    if presence is None:
        return tr("Not in the chat")
    label = state_label(presence.state)
    if not presence.text:
        return label
    return tr("{state} · {status}").format(state=label, status=presence.text)


def draw_dot(state: State | None, theme: Theme) -> Image.Image:
    """Return the dot of a state; None is that of somebody who is not in the chat."""
    size, palette = theme.px(SIZE), theme.palette
    thick = max(theme.px(2), 1)
    match state:
        case State.HERE:
            return dot(size, palette.online)
        case State.AWAY:
            return rounded(size, size, size // 2 + 1, Box(CLEAR, palette.warning), thick)
        case State.BUSY:
            return _barred(size, palette.danger, palette.sidebar)
        case None:
            thin = max(theme.px(1.5), 1)
            return rounded(size, size, size // 2 + 1, Box(CLEAR, palette.away), thin)


def _barred(size: int, colour: str, bar: str) -> Image.Image:
    big = dot(size, colour).resize((size * _FINER, size * _FINER))
    middle, thick = size * _FINER / 2, size * _FINER * 0.1
    edge = size * _FINER * 0.24
    ImageDraw.Draw(big).rectangle(
        (edge, middle - thick, size * _FINER - edge, middle + thick), fill=bar
    )
    return big.resize((size, size), Image.Resampling.BOX)


class PresenceDots:
    """The dots of one window, redrawn in place when the theme changes."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._theme = theme
        self._photos: Mapping[State | None, tk.PhotoImage] = {
            state: tk.PhotoImage(master=master) for state in (*State, None)
        }
        unsubscribe = theme.subscribe(self._draw)
        master.bind("<Destroy>", lambda event: event.widget is master and unsubscribe(), add=True)
        self._draw()

    def photo(self, presence: Presence | None) -> tk.PhotoImage:
        """Return the dot of a presence; None is that of somebody who is not in the chat."""
        return self._photos[presence.state if presence else None]

    def _draw(self) -> None:
        for state, photo in self._photos.items():
            photo.configure(data=png_data(draw_dot(state, self._theme)), format="png")
