"""What is said of the connection and of the room, in words. No tkinter."""

from dataclasses import dataclass
from datetime import datetime

from tkchat.client.model import Link, Model
from tkchat.gui.messages.history_edge import Edge, edge_text
from tkchat.gui.places.presence_dots import presence_label
from tkchat.gui.places.room_names import room_label
from tkchat.i18n import tr, trn
from tkchat.wire.names import GENERAL


@dataclass(frozen=True, slots=True)
class Safety:
    """Who can read along: ``words`` name the host's key, if the connection is encrypted.

    ``is_readable`` says that anybody in the network can. Neither: it stays on this computer.
    """

    words: str = ""
    is_readable: bool = False


def safety_of(model: Model) -> Safety:
    """Return how safe the present connection is; nothing is known of one that is not there."""
    if model.link is not Link.ONLINE:
        return Safety()
    return Safety(model.key_words, model.is_readable and not model.key_words)


def link_text(model: Model, address: str, invitation: str, now: datetime) -> tuple[str, str]:
    """Return how the person is connected with ``address``, or why not; and the same in more words.

    The latter is empty if there is no more to say.
    ``invitation`` is what others join with if the person hosts this chat, else empty.
    """
    why = model.lost_why.rstrip(".")
    match model.link:
        case Link.ONLINE if invitation:
            said = tr("You are hosting. Others join with {address}")
            return tr("You are hosting"), said.format(address=invitation)
        case Link.ONLINE:
            return address, tr("Connected to {address}").format(address=address)
        case Link.CONNECTING:
            return tr("Connecting to {address}…").format(address=address), ""
        case Link.LOST if model.retry_at is not None:
            left = max(round((model.retry_at - now).total_seconds()), 1)
            if why:
                said = tr("Connection lost: {why}. Trying again in {seconds} s")
                return said.format(why=why, seconds=left), ""
            return tr("Connection lost. Trying again in {seconds} s").format(seconds=left), ""
    return tr("Not connected: {why}").format(why=why) if why else tr("Not connected"), ""


def beginning_text(model: Model, address: str) -> tuple[str, str]:
    """Return two sentences on a room in which nothing was ever said; empty for any other.

    ``address`` is what others join with.
    """
    room = model.room
    is_known = model.is_tagged and room.is_paged and not room.has_older
    if not is_known or room.place is not None or room.timeline.messages or room.waiting:
        return "", ""
    title = edge_text(Edge.BEGINNING, room_label(room.name))
    if room.is_conversation:
        return title, tr("Only the two of you see this")
    if len(room.people) > 1 or model.link is not Link.ONLINE:
        return title, tr("Nobody has said anything here yet.")
    return title, people_text(model, address)


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
