"""What is said of the connection and of the room, in words. No tkinter."""

from datetime import datetime

from tkchat.client.model import Link, Model
from tkchat.gui.presence_dots import presence_label
from tkchat.i18n import tr, trn
from tkchat.wire.names import GENERAL


def link_text(model: Model, address: str, invitation: str, now: datetime) -> tuple[str, str]:
    """Return how the person is connected with ``address``, and why not, if that is known.

    ``invitation`` is what others join with if the person hosts this chat, else empty.
    """
    match model.link:
        case Link.ONLINE if invitation:
            said = tr("You are hosting. Others join with {address} · not encrypted")
            return said.format(address=invitation), ""
        case Link.ONLINE:
            return tr("Connected to {address} · not encrypted").format(address=address), ""
        case Link.CONNECTING:
            return tr("Connecting to {address} …").format(address=address), ""
        case Link.LOST if model.retry_at is not None:
            left = max(round((model.retry_at - now).total_seconds()), 1)
            said = tr("Lost the host. Trying again in {seconds} s")
            return said.format(seconds=left), model.lost_why
    return tr("Not connected"), model.lost_why


def people_text(model: Model, address: str) -> str:
    """Return a few words on who is in the current room; ``address`` is what others join with."""
    room = model.room
    if room.is_conversation:
        alone = tr("Only the two of you see this")
        if model.link is not Link.ONLINE:
            return alone
        presence = presence_label(model.presence_of(room.name[1:]))
        return tr("{presence}  ·  {alone}").format(presence=presence, alone=alone)
    count = len(room.people)
    if count > 1:
        return trn("{count} person", "{count} people", count).format(count=count)
    if model.link is not Link.ONLINE:
        return ""
    if room.name != GENERAL:
        return tr("Nobody else is in this room")
    return tr("Nobody else is here yet. They can join with {address}").format(address=address)
