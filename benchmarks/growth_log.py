"""How the log's cost grows with its length: append, resume, search, open; on real files."""

import itertools
import random
import secrets
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tkchat.server.log import Batch, Log, Record, StoredRoom
from tkchat.wire.requests import AskSearch

ROOM = 1
BATCH = 10_000  #: events of one transaction, while the log is filled
PAGE = 200
RESUMED = 1_000
TURN = 16
RUNS = 40
WORDS = 5_000  #: that messages are made of; the first ones are said the most
WORDS_EACH = 10
RARE = 10  #: messages that have this word, all of them old
RARE_WORD = "needle"
START_MS = 1_700_000_000_000
MS_EACH = 1_000  #: between two messages

Costs = dict[str, float]  #: microseconds, by what was done


def measure(folder: Path, sizes: list[int]) -> Iterator[tuple[int, Costs]]:
    """Fill one log in ``folder`` up to each size, the smallest first, and yield what things cost.

    It is opened anew for each size, as a host would that was started again.
    """
    talk = _talk()
    for size in sorted(sizes):
        log = Log(folder)
        try:
            if not log.head:
                log.commit(Batch(rooms=[StoredRoom(ROOM, "general", "general")]))
            while log.head < size:
                _append(log, talk, min(BATCH, size - log.head))
                with log.searching():  # all of it is in the index by then
                    pass
        finally:
            log.close()
        opening = []
        for _ in range(5):
            began = time.perf_counter()
            log = Log(folder)
            log.load()
            opening.append(time.perf_counter() - began)
            log.close()
        log = Log(folder)
        try:
            yield size, {"open": statistics.median(opening) * 1e6, **_use(log, talk)}
        finally:
            log.close()


def _use(log: Log, talk: Iterator[str]) -> Costs:
    return {
        "append 1": _median(lambda: _append(log, talk, 1)),
        f"append {TURN}": _median(lambda: _append(log, talk, TURN)),
        f"resume {RESUMED:,}": _median(lambda: _resume(log)),
        f"search, {RARE} messages": _median(lambda: _search(log, RARE_WORD)),
        "search, a common word": _median(lambda: _search(log, _word(0))),
        "search, two words": _median(lambda: _search(log, f"{_word(1)} {_word(2)}")),
    }


def _median(work: Callable[[], object]) -> float:
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1e6


def _append(log: Log, talk: Iterator[str], count: int) -> None:
    records = [
        Record(
            seq,
            START_MS + seq * MS_EACH,
            ROOM,
            f"person{seq % 50}",
            seq % 50 + 1,
            text,
            mid=secrets.token_hex(16),
        )
        for seq, text in enumerate(itertools.islice(talk, count), start=log.head + 1)
    ]
    log.commit(Batch(records=records))


def _resume(log: Log) -> None:
    since = max(0, log.head - RESUMED)
    while since < log.head:
        with log.reading() as reader:
            since = reader.after(since, [ROOM], PAGE)[-1].seq


def _search(log: Log, text: str) -> None:
    with log.searching() as reader:
        found, _ = reader.search(AskSearch("s1", text), [ROOM])
    if not found:
        raise LookupError(f"nothing was found of {text!r}")


def _talk() -> Iterator[str]:
    """Yield messages without end, always the same; few words are common, as in languages."""
    chance = random.Random(1)
    words = [_word(number) for number in range(WORDS)]
    weights = list(itertools.accumulate(1 / (number + 1) for number in range(WORDS)))
    yield from [RARE_WORD] * RARE
    while True:
        chosen = chance.choices(words, cum_weights=weights, k=WORDS_EACH * 1_000)
        for start in range(0, len(chosen), WORDS_EACH):
            yield " ".join(chosen[start : start + WORDS_EACH])


def _word(number: int) -> str:
    return f"w{number:04}"  # none is the beginning of another one
