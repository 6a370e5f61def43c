"""What is offered while somebody writes a name, a room, a command or an emoji. No tkinter."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tkchat.client.presence import Presence
from tkchat.gui.emoji.shortcodes import Shortcodes, is_in_code
from tkchat.i18n import tr
from tkchat.wire.command import Command

EVERYBODY = "all"  #: ``@all`` mentions everybody in the room
_T = TypeVar("_T")

MOST_EMOJI = 8
MOST = 50  #: of everything else

#: What begins each kind, and where it may stand; the names of people and rooms have no spaces.
_WORDS = re.compile(r"(?:(?<![\w@#:/.])(?:@[^\s@#/~;]*|#[^\s@#/~;]*|:[\w+\-]{2,})|\A/\w*)\Z")


@dataclass(frozen=True, slots=True)
class Offer:
    """What may take the place of the word that is being written."""

    text: str
    label: str
    detail: str = ""
    emoji: str = ""  #: the picture before the label
    is_person: bool = False  #: with the dot of their presence before the label
    presence: Presence | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where offers come from; each is asked anew for every word, the likeliest come first."""

    people: Callable[[], Sequence[tuple[str, Presence | None]]] = tuple
    rooms: Callable[[], Sequence[tuple[str, str]]] = tuple  #: with their topics
    commands: Callable[[], Sequence[Command]] = tuple
    shortcodes: Shortcodes | None = None
    favourites: Callable[[], Sequence[str]] = tuple  #: the emoji used last
    has_everybody: Callable[[], bool] = lambda: True  #: whether there are more than two to mention


def word_before(before: str) -> str:
    """Return what ``before``, the text up to the cursor, ends with if something is offered for it.

    That is ``@na``, ``#ro``, ``/com`` at the very beginning, or ``:em``; else empty.
    """
    found = _WORDS.search(before)
    return "" if found is None or is_in_code(before) else found[0]


def offers_for(word: str, sources: Sources) -> list[Offer]:
    """Return what `word_before` may become, the likeliest first."""
    wanted = word[1:].casefold()
    match word[:1]:
        case "@":
            return _people(wanted, sources)[:MOST]
        case "#":
            rooms = sources.rooms()
            return [
                Offer(f"#{name} ", f"#{name}", topic)
                for name, topic in _fitting(rooms, wanted)[:MOST]
            ]
        case "/":
            return [
                Offer(f"/{command.word} ", command.usage, command.help)
                for command in sources.commands()
                if command.word.startswith(wanted)
            ]
        case ":" if sources.shortcodes is not None:
            found = sources.shortcodes.find(wanted, MOST_EMOJI, sources.favourites())
            return [Offer(sequence, f":{name}:", emoji=sequence) for sequence, name in found]
    return []


def _people(wanted: str, sources: Sources) -> list[Offer]:
    found = [
        Offer(f"@{name} ", name, presence.text if presence else "", "", True, presence)
        for name, presence in _fitting(sources.people(), wanted)
    ]
    if EVERYBODY.startswith(wanted) and sources.has_everybody():
        found.append(Offer(f"@{EVERYBODY} ", f"@{EVERYBODY}", tr("Everybody in this room")))
    return found


def _fitting(rows: Sequence[tuple[str, _T]], wanted: str) -> list[tuple[str, _T]]:
    return [row for row in rows if row[0].casefold().startswith(wanted)]
