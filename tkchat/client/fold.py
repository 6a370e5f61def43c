"""What becomes of a message by the edits, reactions and deletion that came after it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tkchat.client.message import Message
from tkchat.i18n import tr
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.requests import Say

QUOTED_CHARS = 80


@dataclass(slots=True)
class Fold:
    """One message's first text and all that was done to it, in whatever order it became known.

    What this person does is shown at once and stays ``pending`` until the host has taken it.
    """

    text: str
    done: dict[int, Entry] = field(default_factory=dict)  #: by seq
    pending: dict[str, Say] = field(default_factory=dict)  #: by mid, in the order written

    def apply_to(self, message: Message, user: str) -> None:
        """Make ``message`` look as it is now; ``user`` is who does what is pending."""
        done = [self.done[seq] for seq in sorted(self.done)]
        events = [(each.kind, each.text, each.author) for each in done]
        events += [(each.kind, each.text, user) for each in self.pending.values()]
        message.deleted = any(kind is Kind.DELETE for kind, _, _ in events)
        if message.deleted:
            message.text, message.edited, message.reactions = "", False, {}
            return
        edits = [text for kind, text, _ in events if kind is Kind.EDIT]
        message.text = edits[-1] if edits else self.text
        message.edited = bool(edits)
        message.reactions = _reactions(
            (text, author) for kind, text, author in events if kind is Kind.REACT
        )


def quote(message: Message) -> tuple[str, str]:
    """Return the author and the first words of ``message``."""
    words = " ".join(message.text.split()) or tr("Message deleted")
    return message.author, words if len(words) <= QUOTED_CHARS else f"{words[: QUOTED_CHARS - 1]}…"


def _reactions(given: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return who reacts how; the same again takes a reaction back."""
    found: dict[str, list[str]] = {}
    for emoji, name in given:
        names = found.setdefault(emoji, [])
        if name in names:
            names.remove(name)
        else:
            names.append(name)
    return {emoji: names for emoji, names in found.items() if names}
