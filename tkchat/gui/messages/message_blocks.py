"""Decides what a message list shows: date lines, grouping, folded presence. No tkinter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from tkchat.client.message import Kind, Message
from tkchat.i18n import grouped, join_names, listed, tr, trn

GROUPED_FOR = timedelta(minutes=5)  #: one author's messages closer than this share a header
NOTICED_FOR = timedelta(minutes=1)  #: the host's words closer than this share a caption
FOLD_CHARS = 4_000  #: a longer text is folded,
FOLD_LINE = 2_000  #: or one with a longer line, since Tk lays those out slowly,
FOLD_LINES = 100  #: or one with more lines
FIRST_CHARS = 2_000  #: what a folded text shows at first
MOST_CHARS = 16_000  #: the most that it ever shows
_NAMES_IN_FULL = 3
_BOTH = "{} … {}"  # what somebody did first and last
_CAME_AND_WENT = _BOTH.format("joined", "left")
_CAME_BACK = _BOTH.format("left", "joined")


class Shape(Enum):
    """How a block is drawn."""

    DAY = "day"  #: a date line; it has no messages
    NEW = "new"  #: the line above what was not read when the room was entered; no messages either
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
    ``lines`` and ``pictures`` are how many of them it takes in the text widget, ``links`` are the
    addresses of the links in it and ``codes`` the code under each caption; all set when drawn.
    """

    shape: Shape
    day: date
    messages: list[Message] = field(default_factory=list)
    unfolded: bool = False
    lines: int = 0
    pictures: int = 0
    links: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def arrange(
    messages: Iterable[Message], previous: Block | None = None, new_from: int = 0
) -> list[Block]:
    """Return the blocks for ``messages``, to follow ``previous``.

    Above the message whose seq is ``new_from`` stands the "new" line; 0 for none.

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
        if new_from and message.seq == new_from and last.shape is not Shape.NEW:
            last = Block(Shape.NEW, day)
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
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    name = (
        tr("{weekday}, {day} {month}")
        if day.year == today.year
        else tr("{weekday}, {day} {month} {year}")
    )
    weekday = _weekdays()[day.weekday()]
    return name.format(weekday=weekday, day=day.day, month=month_name(day), year=day.year)


def _weekdays() -> tuple[str, ...]:
    # Not strftime's: Python speaks English there unless the whole program's locale is changed.
    return (
        tr("Monday"), tr("Tuesday"), tr("Wednesday"), tr("Thursday"), tr("Friday"), tr("Saturday"),
        tr("Sunday"),
    )  # fmt: skip


def month_name(day: date) -> str:
    """Return the name of the month of ``day``."""
    months = (
        tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"), tr("July"),
        tr("August"), tr("September"), tr("October"), tr("November"), tr("December"),
    )  # fmt: skip
    return months[day.month - 1]


def summary(messages: Sequence[Message], shown: Callable[[str], str] = str) -> str:
    """Return a run of presence as one line: "alice and bob joined · carol came and went".

    Of each person it tells what all they did comes to. ``shown`` makes a name fit to be seen.
    """
    deeds: dict[tuple[str, str], list[str]] = {}  # by person; by its text what nobody did
    for message in messages:
        whose = (message.author, "" if message.author else message.text)
        deeds.setdefault(whose, []).append(message.text)
    people: dict[str, list[str]] = {}
    for (name, _), done in deeds.items():
        what = done[-1] if done[0] == done[-1] else _BOTH.format(done[0], done[-1])
        people.setdefault(what, []).append(name)
    return " · ".join(
        came_or_went([shown(name) for name in names if name], done)
        for done, names in people.items()
    )


def came_or_went(names: Sequence[str], done: str) -> str:
    """Say that people ``joined`` or ``left``, or both; whatever else they did is said as it is."""
    if done == _CAME_AND_WENT:
        return tr("{names} came and went").format(names=_join(names))
    if done == _CAME_BACK:
        return tr("{names} left and came back").format(names=_join(names))
    if done == "joined":
        return trn("{names} joined", "{names} joined", len(names)).format(names=_join(names))
    if done == "left":
        return trn("{names} left", "{names} left", len(names)).format(names=_join(names))
    return f"{_join(names)} {done}".strip()


def _join(names: Sequence[str]) -> str:
    if len(names) > _NAMES_IN_FULL:
        count = len(names) - 2
        text = trn("{names} and {count} other", "{names} and {count} others", count)
        return text.format(names=listed(names[:2]), count=grouped(count))
    return join_names(names)


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


def can_unfold(block: Block) -> bool:
    """Say whether there is more to a block than it shows at first."""
    if block.shape is Shape.PRESENCE:
        return len(block.messages) > 1
    return bool(block.messages) and shown_part(block.messages[0].text)[1] > 0


def common(some: Sequence[Message], others: Sequence[Message]) -> int:
    """Return how many messages at the beginning of both are drawn alike."""
    pairs = zip(some, others, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others))
    )
