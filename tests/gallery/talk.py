"""What is said in the pictures: the log of a host on which five people have talked for two days."""

import contextlib
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tkchat.server.log import Account, Batch, Log, Membership, Record, StoredRoom
from tkchat.wire.entry import Kind
from tkchat.wire.names import GENERAL

WHO = "ada"  #: the person whose windows are shown
PEOPLE = (WHO, "grace", "linus", "margaret", "donald")  #: their accounts are counted from 1
ROOMS = (GENERAL, "design", "lab", "release", "music")
TOPICS = {"design": "The new window: what it shows, and where", "lab": "Snippets and build logs"}
OWN_ROOMS = (GENERAL, "design", "lab", "release")
READ_UP_TO = "May I merge it?"  #: the last that `WHO` has read in the room design

BUILD_LOG = """The build of *last night*, in short:
```python
def flush(self, budget: float = 0.008) -> int:
    \"\"\"Draw what waits; return how many messages that were.\"\"\"
    done = 0
    while self.queue and clock() < budget:
        done += self.draw(self.queue.popleft())  # never blocks
    return done
```"""
PLAN = """**What is left** before Monday:
1. the installer for Windows
2. two screenshots, in `docs/`
   - one of them in the dark
3. ~~write the changelog~~ done"""
QUOTE = """> Premature optimization is the root of all evil.
> Yet we should not pass up our opportunities in that critical 3%.
Which of the two is this?"""
LONG = (
    "I have looked at it on the old laptop, too: with ten thousand messages the list scrolls as "
    "smoothly as with ten, and the window takes 40 MB. The one thing left that I can feel is the "
    "first picture of an emoji, which takes some milliseconds because its font has to be opened."
)


@dataclass(frozen=True, slots=True)
class Said:
    """One event of the log. ``about`` is the text of the message that it is about."""

    at: str  #: ``-`` before the time for yesterday
    room: str
    author: str
    text: str
    kind: Kind = Kind.MESSAGE
    about: str = ""


_TOLD = (
    Said("-16:02", GENERAL, "grace", "Morning! Did the build on the lab machine go through?"),
    Said("-16:03", GENERAL, "linus", "It did. Log: https://ci.example.org/builds/2041"),
    Said("09:12", GENERAL, "ada", "Then I would like to ship it before lunch."),
    Said("09:14", GENERAL, "grace", "Go ahead. I have tested the installer twice 👍🏽"),
    Said("-15:31", "release", "donald", "Release notes are in `CHANGELOG.md`, please read them."),
    Said("-15:40", "release", "margaret", "Read. The second item needs an example."),
    Said("09:30", "release", "donald", "Added. @ada can you have a last look?"),
    Said("-14:20", "lab", "linus", BUILD_LOG),
    Said("-14:24", "lab", "grace", QUOTE),
    Said("-14:31", "lab", "ada", "The 3%, I would say."),
    Said("09:02", "lab", "margaret", PLAN),
    Said("09:05", "lab", "grace", "I can do *both* screenshots, see **docs/gallery** for how."),
    Said("-17:10", "design", "margaret", "After a power cut it reconnects by itself now."),
    Said("-17:11", "design", "linus", "Did you really pull the plug? 😄", Kind.REPLY,
         "After a power cut it reconnects by itself now."),
    Said("-17:12", "design", "margaret", "Twice."),
    Said("-17:12", "design", "margaret", "Nothing was lost, and it came back within a second."),
    Said("09:20", "design", "ada", "The list of rooms is sorted by what is unread now."),
    Said("09:21", "design", "ada", "Conversations come last. Here is how it looks: "
         "https://example.org/sketches/sidebar-3.png"),
    Said("09:24", "design", "grace", LONG),
    Said("09:26", "design", "linus", "Lovely! 🎉"),
    Said("09:31", "design", "ada", "May I merge it?"),
    Said("09:40", "design", "donald", "Yes, but see my note about the `padding` of the pills."),
    Said("09:41", "design", "grace", "@ada the dark one is beautiful. I would make the line a bit "
         "lighter, though; on the projector it is nearly gone."),
    Said("09:41", "design", "grace", "But that is taste ✨"),
    Said("09:21", "design", "grace", "🚀", Kind.REACT,
         "The list of rooms is sorted by what is unread now."),
    Said("09:21", "design", "linus", "🚀", Kind.REACT,
         "The list of rooms is sorted by what is unread now."),
    Said("09:22", "design", "margaret", "👍", Kind.REACT,
         "The list of rooms is sorted by what is unread now."),
    Said("09:32", "design", "linus", "👏", Kind.REACT, "Lovely! 🎉"),
    Said("09:42", "design", "donald", "Yes, but see my note on the `padding` of the pills.",
         Kind.EDIT, "Yes, but see my note about the `padding` of the pills."),
    Said("-18:01", "@linus", "linus", "Do you have the key of the lab?"),
    Said("-18:02", "@linus", "ada", "Yes, until tomorrow."),
    Said("09:28", "@linus", "linus", "Lunch at one? There is *the* soup again 🍜"),
    Said("09:33", "@linus", "ada", "With pleasure! I bring margaret along."),
)  # fmt: skip


def token(name: str) -> str:
    """Return what proves that somebody is ``name`` on that host."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def write_log(folder: Path, install: str) -> None:
    """Write the log into ``folder``; ``install`` is the installation that may call itself `WHO`."""
    conversation = f"@{PEOPLE.index('ada') + 1} {PEOPLE.index('linus') + 1}"
    rooms = [
        StoredRoom(at, name, name, TOPICS.get(name, ""), "grace" if name in TOPICS else "")
        for at, name in enumerate(ROOMS, start=1)
    ]
    private = StoredRoom(len(rooms) + 1, conversation, conversation)
    numbers = {room.name: room.id for room in rooms} | {"@linus": private.id}
    batch = Batch(
        accounts=[
            Account(
                at,
                name,
                name,
                hashlib.sha256(token(name).encode()).digest(),
                install if name == WHO else "",
                int(time.time()),
            )
            for at, name in enumerate(PEOPLE, start=1)
        ],
        rooms=[*rooms, private],
        joined=[*_memberships(numbers)],
        records=_records(numbers),
    )
    newest = {record.room_id: record.seq for record in batch.records}
    for reader, name in enumerate(PEOPLE, start=1):
        for number, seq in newest.items():
            batch.marks[reader, number] = seq
        if name == WHO:
            batch.marks[reader, numbers["design"]] = _seq_of(batch.records, READ_UP_TO)
            batch.marks[reader, numbers["release"]] = 0
    with contextlib.closing(Log(folder)) as log:
        log.commit(batch)


def _memberships(numbers: dict[str, int]) -> Iterator[Membership]:
    for reader, name in enumerate(PEOPLE, start=1):
        own = OWN_ROOMS if name == WHO else ROOMS
        yield from (Membership(reader, numbers[room], room) for room in own)
    yield Membership(1, numbers["@linus"], "@linus")
    yield Membership(PEOPLE.index("linus") + 1, numbers["@linus"], "@ada")


def _records(numbers: dict[str, int]) -> list[Record]:
    records: list[Record] = []
    for seq, said in enumerate(_TOLD, start=1):
        records.append(
            Record(
                seq,
                _time_ms(said.at),
                numbers[said.room],
                said.author,
                PEOPLE.index(said.author) + 1,
                said.text,
                said.kind,
                _seq_of(records, said.about) if said.about else 0,
                mid=f"{seq:032x}" if said.kind.is_message else "",
            )
        )
    return records


def _seq_of(records: Sequence[Record], text: str) -> int:
    return next(record.seq for record in records if record.text == text)


def _time_ms(at: str) -> int:
    """Return today's or yesterday's time, so that pictures of any day show the same."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    hour, minute = map(int, at.lstrip("-").split(":"))
    there = today.replace(hour=hour, minute=minute) - timedelta(days=at.startswith("-"))
    return int(there.timestamp() * 1000)
