"""Makes messages for tests, and reads and clicks in the list that shows them."""

from datetime import UTC, datetime, timedelta
from itertools import count

from tests.gui.driving import click
from tkchat.client.message import Delivery, Kind, Message
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.text_copy import text_between

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_keys = count(1)


def said(
    text: str,
    author: str = "bob",
    minutes: float = 0,
    *,
    own: bool = False,
    delivery: Delivery = Delivery.SENT,
) -> Message:
    """Return what ``author`` said so many minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    return Message(next(_keys), Kind.SAID, author, text, at, own, delivery)


def presence(author: str, done: str = "joined", minutes: float = 0) -> Message:
    """Return that ``author`` joined or left."""
    at = NOON + timedelta(minutes=minutes)
    return Message(next(_keys), Kind.PRESENCE, author, done, at)


def notice(text: str, minutes: float = 0) -> Message:
    """Return the host's word to this person."""
    return Message(next(_keys), Kind.NOTICE, "", text, NOON + timedelta(minutes=minutes))


def gap(text: str) -> Message:
    """Return the mark for messages that nobody has any more."""
    return Message(next(_keys), Kind.GAP, "", text, NOON)


def many(count: int, start: int = 0) -> list[Message]:
    """Return numbered messages of several people, of different lengths."""
    return [
        said(f"message {n} " + "words " * (n % 40), f"user{n // 3 % 7}", minutes=n / 100)
        for n in range(start, start + count)
    ]


def waiting(text: str, minutes: float = 0) -> Message:
    """Return an own message that is not on the host yet."""
    return said(text, "me", minutes, own=True, delivery=Delivery.WAITING)


class Clock:
    """A clock to set."""

    now: datetime = NOON


def lines(chat: MessageList) -> list[str]:
    """Return what stands in the list, emoji included."""
    return text_between(chat.text, "1.0", "end-1c").rstrip("\n").split("\n")


def index_of(chat: MessageList, words: str) -> str:
    """Return the index at which ``words`` stand in the list."""
    found = chat.text.search(words, "1.0", "end")
    assert found, lines(chat)
    return found


def click_on(chat: MessageList, words: str) -> None:
    """Click on the second letter of ``words``."""
    click_at(chat, f"{index_of(chat, words)} +1c")


def click_on_picture(chat: MessageList, words: str) -> None:
    """Click on the picture that stands for ``words``."""
    dumped = chat.text.dump("1.0", "end", image=True)
    click_at(chat, next(index for _, name, index in dumped if name.endswith(f":{words}")))


def click_at(chat: MessageList, index: str) -> None:
    """Click on the character or picture at ``index``."""
    chat.text.see(index)
    chat.update()
    box = chat.text.bbox(index)
    assert box
    click(chat.text, box[0] + 2, box[1] + box[3] // 2)


def scroll_to(chat: MessageList, place: float) -> None:
    """Scroll as the scrollbar does."""
    chat.update()
    chat._view.scroll("moveto", str(place))
    chat.update()
