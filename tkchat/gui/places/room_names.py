"""How rooms and conversations are named for a person. No tkinter."""

import re

from tkchat.wire.names import GENERAL

_DIGITS = 12  # a longer number is sorted by its first ones


def room_label(room: str) -> str:
    """Return ``#design`` for the room ``design``; a conversation like ``@bob`` stays so."""
    return room if room.startswith("@") else f"#{room}"


def room_order(room: str) -> tuple[bool, bool, str]:
    """Return what to sort rooms by: the one where all begin, the others, then conversations.

    Numbers in names count as such: ``lab-2`` comes before ``lab-10``.
    """
    name = re.sub(r"\d+", lambda number: number[0].zfill(_DIGITS), room.casefold())
    return room.startswith("@"), room != GENERAL, name
