"""Messages to fill a chat with, and a profile that has a great many of them."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

from tkchat.client.database import Database
from tkchat.client.history import History
from tkchat.wire.entry import Entry

ROOMS = ("general", "design", "lab")
SMALL = 0.02  # the share of the other two
_PROSE = """
    the meeting is at three we could ship it on Friday look here at this build which fails again
    thanks that was quick lunch anyone I am away until noon see you then it works on my machine
"""
EXTRAS = (
    "👍",
    "🎉 done",
    "https://example.org/a/b?c=d",
    "**important**",
    "`make check`",
    "_maybe_",
)
PEOPLE = tuple(f"person{number}" for number in range(40))
MINUTE_MS = 60_000
_AT_ONCE = 5_000


def texts(seed: int = 1) -> Iterator[str]:
    """Yield texts as people write them: mostly short ones, some with a link or a face."""
    chance = random.Random(seed)
    prose = _PROSE.split()
    while True:
        words = chance.choices(prose, k=chance.choice((3, 5, 8, 12, 30)))
        if chance.random() < 0.15:
            words.append(chance.choice(EXTRAS))
        yield " ".join(words)


def fill(folder: Path, address: str, count: int) -> None:
    """Give a profile in ``folder`` ``count`` messages of a chat, most in one room."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(folder / "chats.sqlite3")
    history = History(database, address, "alice")
    history.welcomed("benchmark", "alice", "token")
    now = int(time.time() * 1000)
    chance = random.Random(2)
    words = texts()
    for first in range(1, count + 1, _AT_ONCE):
        last = min(first + _AT_ONCE, count + 1)
        entries = [
            Entry(
                seq,
                now - (count - seq) * MINUTE_MS,
                chance.choices(ROOMS, (1, SMALL, SMALL))[0],
                chance.choice(PEOPLE),
                next(words),
            )
            for seq in range(first, last)
        ]
        history.take(entries, last - 1)
    for room in ROOMS:
        history.take_page(room, [], complete=True)
        history.mark_read(room, count)
    database.close()
