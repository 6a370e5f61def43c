"""Decides what a message list shows: date lines, grouping, folded presence. No tkinter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from tkchat.client.message import Kind, Message

GROUPED_FOR = timedelta(minutes=5)  #: one author's messages closer than this share a header
NOTICED_FOR = timedelta(minutes=1)  #: the host's words closer than this share a caption
FOLD_CHARS = 4_000  #: a longer text is folded,
FOLD_LINE = 2_000  #: or one with a longer line, since Tk lays those out slowly,
FOLD_LINES = 100  #: or one with more lines
FIRST_CHARS = 2_000  #: what a folded text shows at first
MOST_CHARS = 16_000  #: the most that it ever shows
_NAMES_IN_FULL = 3


class Shape(Enum):
    """How a block is drawn."""

    DAY = "day"  #: a date line; it has no messages
    HEADED = "headed"  #: a message under its author's avatar, name and time
    FOLLOWING = "following"  #: a message under the same author's last one
    ACTION = "action"  #: what /me does
    PRESENCE = "presence"  #: who came and went, one after the other
    NOTICE = "notice"  #: the host's word to this person, under a caption
    NOTICE_ON = "notice on"  #: another one, under the same caption
    GAP = "gap"  #: messages are missing here


@dataclass(slots=True)
class Block:
    """What is drawn, replaced and removed as one.

    ``unfolded`` says that all of a long text is shown, or presence spread out line by line.
    ``lines`` and ``pictures`` are how many of them it takes in the text widget; set when drawn.
    """

    shape: Shape
    day: date
    messages: list[Message] = field(default_factory=list)
    unfolded: bool = False
    lines: int = 0
    pictures: int = 0


def arrange(messages: Iterable[Message], previous: Block | None = None) -> list[Block]:
    """Return the blocks for ``messages``, to follow ``previous``.

    Presence that continues a run in ``previous`` is not merged into it; pass that block's messages
    again, and what stands before it as ``previous``.
    """
    blocks: list[Block] = []
    for message in messages:
        last = blocks[-1] if blocks else previous
        if message.kind is Kind.GAP:  # nobody knows when that was: it needs no date line
            blocks.append(Block(Shape.GAP, last.day if last else date.min, [message]))
            continue
        day = message.at.date()
        if last is None or last.day != day:
            last = Block(Shape.DAY, day)
            blocks.append(last)
        shape = _shape(message, last)
        if shape is Shape.PRESENCE and last.shape is Shape.PRESENCE and blocks:
            last.messages.append(message)
        else:
            blocks.append(Block(shape, day, [message]))
    return blocks


def _shape(message: Message, last: Block) -> Shape:
    if message.kind is Kind.PRESENCE:
        return Shape.PRESENCE
    if message.kind is Kind.NOTICE:
        noticed = last.shape in (Shape.NOTICE, Shape.NOTICE_ON)
        soon = noticed and message.at - last.messages[-1].at <= NOTICED_FOR
        return Shape.NOTICE_ON if soon else Shape.NOTICE
    if is_action(message):
        return Shape.ACTION
    if last.shape in (Shape.HEADED, Shape.FOLLOWING):
        before = last.messages[-1]
        same = before.author == message.author and before.own == message.own
        if same and message.at - before.at <= GROUPED_FOR:
            return Shape.FOLLOWING
    return Shape.HEADED


def is_action(message: Message) -> bool:
    """Say whether the text is what /me makes: ``* author does something``."""
    return bool(message.author) and message.text.startswith(f"* {message.author} ")


def day_name(day: date, today: date) -> str:
    """Return "Today", "Yesterday", "Friday, 20 November", with the year if it is not this one."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    name = f"{day:%A}, {day.day} {day:%B}"
    return name if day.year == today.year else f"{name} {day.year}"


def clock(at: datetime) -> str:
    """Return the time as the list shows it."""
    return f"{at:%H:%M}"


def summary(messages: Sequence[Message], shown: Callable[[str], str] = str) -> str:
    """Return a run of presence as one line: "alice and bob joined · carol left".

    ``shown`` makes a name fit to be seen.
    """
    people: dict[str, dict[str, None]] = {}  # dicts, as sets that keep their order
    for message in messages:
        people.setdefault(message.text, {})[message.author] = None
    return " · ".join(
        f"{_join([shown(name) for name in names if name])} {done}".strip()
        for done, names in people.items()
    )


def _join(names: Sequence[str]) -> str:
    if len(names) > _NAMES_IN_FULL:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    if len(names) > 1:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return "".join(names)


def shown_part(text: str, *, unfolded: bool = False) -> tuple[str, int]:
    """Return what to show of ``text`` and how many characters stay hidden.

    ``unfolded`` says that the reader asked for more.
    """
    if unfolded:
        return text[:MOST_CHARS], max(len(text) - MOST_CHARS, 0)
    many_lines = text.count("\n") >= FOLD_LINES
    long_line = len(text) > FOLD_LINE and max(map(len, text.split("\n"))) > FOLD_LINE
    if len(text) <= FOLD_CHARS and not many_lines and not long_line:
        return text, 0
    part = text[:FIRST_CHARS]
    if many_lines:
        part = "\n".join(part.split("\n")[: FOLD_LINES // 4])
    return part, len(text) - len(part)


def common(some: Sequence[Message], others: Sequence[Message]) -> int:
    """Return how many messages at the beginning of both are drawn alike."""
    pairs = zip(some, others, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others))
    )
