"""How rooms and conversations are named for a person. No tkinter."""

from tkchat.wire.names import GENERAL


def room_label(room: str) -> str:
    """Return ``#design`` for the room ``design``; a conversation like ``@bob`` stays so."""
    return room if room.startswith("@") else f"#{room}"


def room_order(room: str) -> tuple[bool, bool, str]:
    """Return what to sort rooms by: the one where all begin, the others, then conversations."""
    return room.startswith("@"), room != GENERAL, room.casefold()
