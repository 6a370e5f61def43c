"""A transcript as plain text."""

from collections.abc import Iterable, Iterator
from datetime import date

from tkchat.client.export.about import About
from tkchat.client.message import Kind, Message
from tkchat.i18n import listed, tr
from tkchat.wire.text import clean

_INDENT = " " * 8


def as_text(about: About, messages: Iterable[Message]) -> Iterator[str]:
    """Yield the text in pieces, each of whole lines."""
    yield clean(tr("{room} on {host}").format(room=about.label, host=about.host)) + "\n"
    when = f"{about.at:%Y-%m-%d %H:%M}"
    yield clean(tr("Exported by {name}, {when}").format(name=about.user, when=when)) + "\n"
    day: date | None = None
    for message in messages:
        if message.at.date() != day and message.kind is not Kind.GAP:
            day = message.at.date()
            yield f"\n--- {day:%Y-%m-%d} ---\n"
        yield clean(_entry(message)) + "\n"


def _entry(message: Message) -> str:
    if message.kind is Kind.GAP:
        return f"--- {message.text} ---"
    lines = [f"[{message.at:%H:%M}] {_said(message)}"]
    if message.reactions:
        lines.append(listed([f"{each} {listed(who)}" for each, who in message.reactions.items()]))
    return "\n".join(lines).replace("\n", f"\n{_INDENT}")


def _said(message: Message) -> str:
    if message.kind is Kind.PRESENCE:
        return f"{message.author} {message.text}".strip()
    words = message.text
    if message.deleted:
        words = tr("(message deleted)")
    elif message.edited:
        words += " " + tr("(edited)")
    if not message.author or message.text.startswith(f"* {message.author} "):
        return words
    who = message.author
    if message.quote and not message.deleted:
        name, quoted = message.quote
        who = tr("{who} (to {name}: {words})").format(who=who, name=name, words=quoted)
    return f"{who}: {words}"
