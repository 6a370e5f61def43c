"""What is offered while somebody writes, out of the chat as it is. No tkinter."""

from tkchat.client import commands
from tkchat.client.model import Model
from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.places.room_names import room_order
from tkchat.gui.writing.offers import Sources


def chat_offers(model: Model, emoji: Emoji) -> Sources:
    """Return the people, rooms, commands and emoji that `Offers` are made of."""

    def people() -> list[tuple[str, Presence | None]]:
        return [(name, model.presence_of(name)) for name in model.recent_speakers()]

    def rooms() -> list[tuple[str, str]]:
        names = dict.fromkeys([*model.rooms, *model.room_counts])
        ordered = sorted((name for name in names if not name.startswith("@")), key=room_order)
        return [(name, model.rooms[name].topic if name in model.rooms else "") for name in ordered]

    return Sources(
        people,
        rooms,
        commands.table,
        emoji.shortcodes,
        emoji.recent.shown,
        lambda: not model.room.is_conversation,
    )
