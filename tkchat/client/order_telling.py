"""What a host tells of those who keep order, in the language and the words of who reads it.

The tags of such a line say what holds now; who decided it, and why, stands only in its text, which
is English. A text that is spelled otherwise than by tkchat's own host is shown as it is.
"""

import re
from collections.abc import Callable

from tkchat.i18n import tr, trn
from tkchat.wire.order import MutedFor, Rules

#: what a host says unasked to who comes in with its code
BECAME_HOST = ("You are the host now.", "You are the host already.")

_Parts = re.Match[str]

_WHY = r"(?:: (?P<why>.+))?"
_MINUTES = r"(?: for (?P<count>\d{1,9}) minutes?)?"
_MUTED = re.compile(rf"(?P<by>\S+) muted you{_MINUTES}{_WHY}")
_SPEAKS = re.compile(r"(?P<by>\S+) lets you speak again")
_LOCKED = re.compile(r"(?P<by>\S+) (?P<un>un)?locked (?P<room>\S+)")
_SLOW = re.compile(
    r"(?P<by>\S+) lets people speak in (?P<room>\S+) once in (?P<count>\d{1,9}) seconds"
)
_FREE = re.compile(r"(?P<by>\S+) lets people speak in (?P<room>\S+) as often as they like")
_ARCHIVED = re.compile(r"(?P<by>\S+) archived (?P<room>\S+)\.")
_PUT_OUT = re.compile(rf"(?P<by>\S+) put you out of the chat{_WHY}")
_BANNED = re.compile(rf"(?P<by>\S+) banned you from the chat{_WHY}")
_STILL_MUTED = re.compile(rf"You are muted{_MINUTES}{_WHY}\.")
_TOO_FAST = re.compile(
    r"(?P<room>\S+) is slow: you may speak there again in (?P<count>\d{1,9}) seconds\."
)
_ROOM_LOCKED = re.compile(r"(?P<room>\S+) is locked: nobody new comes in\.")
_CHAT_LOCKED = re.compile(r"This chat is locked: nobody new comes in just now\.")


def told(event: MutedFor | Rules) -> str:
    """Return what a person reads of this; empty for nothing."""
    if isinstance(event, MutedFor):
        return _spelled(event.text, ((_SPEAKS, _speaks), (_MUTED, _muted)))
    return _spelled(event.text, ((_LOCKED, _locked), (_SLOW, _slow), (_FREE, _free)))


def noticed(text: str) -> str:
    """Return what a person reads of a line that is no more than a text."""
    return _spelled(text, ((_ARCHIVED, _archived),))


def removed(text: str) -> str:
    """Return why this person was put out of the chat."""
    return _spelled(text, ((_PUT_OUT, _put_out), (_BANNED, _banned)))


def not_allowed(why: str) -> str:
    """Return why something is not allowed; empty where that is not known."""
    reasons = (
        (_STILL_MUTED, _still_muted),
        (_TOO_FAST, _too_fast),
        (_ROOM_LOCKED, lambda _: tr("Nobody new comes into that room just now: it is locked.")),
        (_CHAT_LOCKED, lambda _: tr("Nobody new comes into this chat just now: it is locked.")),
    )
    said = _spelled(why, reasons)
    return "" if said is why else said


def _spelled(text: str, forms: tuple[tuple[re.Pattern[str], Callable[[_Parts], str]], ...]) -> str:
    for form, spell in forms:
        if found := form.fullmatch(text):
            return spell(found)
    return text


def _with_reason(said: str, found: _Parts) -> str:
    return tr("{what}: {why}").format(what=said, why=found["why"]) if found["why"] else said


def _muted(found: _Parts) -> str:
    by, minutes = found["by"], int(found["count"] or 0)
    said = tr("{by} silenced you").format(by=by)
    if minutes:
        said = trn(
            "{by} silenced you for {count} minute", "{by} silenced you for {count} minutes", minutes
        ).format(by=by, count=minutes)
    return _with_reason(said, found)


def _speaks(found: _Parts) -> str:
    return tr("{by} lets you write again").format(by=found["by"])


def _locked(found: _Parts) -> str:
    said = tr("{by} unlocked {about}") if found["un"] else tr("{by} locked {about}")
    return said.format(by=found["by"], about=found["room"])


def _slow(found: _Parts) -> str:
    seconds = int(found["count"])
    said = trn(
        "{by} lets everybody write in {room} once in {count} second",
        "{by} lets everybody write in {room} once in {count} seconds",
        seconds,
    )
    return said.format(by=found["by"], room=found["room"], count=seconds)


def _free(found: _Parts) -> str:
    said = tr("{by} lets everybody write in {room} as often as they like")
    return said.format(by=found["by"], room=found["room"])


def _archived(found: _Parts) -> str:
    said = tr("{by} archived the room {about}")
    return said.format(by=found["by"], about=found["room"])


def _put_out(found: _Parts) -> str:
    return _with_reason(tr("{by} removed you from the chat").format(by=found["by"]), found)


def _banned(found: _Parts) -> str:
    return _with_reason(tr("{by} banned you from the chat").format(by=found["by"]), found)


def _still_muted(found: _Parts) -> str:
    minutes = int(found["count"] or 0)
    said = tr("You may not write here until somebody lets you")
    if minutes:
        said = trn(
            "You may write again in {count} minute",
            "You may write again in {count} minutes",
            minutes,
        ).format(count=minutes)
    return tr("{what}.").format(what=_with_reason(said, found))


def _too_fast(found: _Parts) -> str:
    seconds = int(found["count"])
    said = trn(
        "In {room} people write slowly: you may write there again in {count} second.",
        "In {room} people write slowly: you may write there again in {count} seconds.",
        seconds,
    )
    return said.format(room=found["room"], count=seconds)
