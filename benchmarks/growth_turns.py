"""How the cost of what is said grows with the people who hear it, and with the rooms there are."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clients import Crowd
from benchmarks.load import measure
from benchmarks.peers import Tkchat
from benchmarks.programs import Program
from tkchat.server.log import Account, Batch, Log, Membership, StoredRoom

LISTENERS = 10  #: who hear it, while there are more and more rooms
ROOMS_EACH = 100  #: of one person
WARM_UP_SECONDS = 0.2

Costs = dict[str, float]  #: microseconds of the host's processor time, by what was done


def users(sizes: list[int], seconds: float) -> Iterator[tuple[int, Costs]]:
    """Have one person speak to more and more people."""
    host = Tkchat()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        host.run(Path(folder), None) as program,
        Crowd(program.port, host.dialect, min(sizes)) as crowd,
    ):
        for size in sorted(sizes):
            crowd.count = size
            crowd.come_in()
            yield size, _message(program, crowd, seconds)


def rooms(sizes: list[int], seconds: float) -> Iterator[tuple[int, Costs]]:
    """Have more and more rooms, of people who are away, beside the one that somebody speaks in."""
    for size in sorted(sizes):
        host = Tkchat(options=("--limit", f"rooms={size + 1}"))
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            _found(Path(folder) / "data", size)
            with (
                host.run(Path(folder), None) as program,
                Crowd(program.port, host.dialect, LISTENERS) as crowd,
            ):
                yield size, _message(program, crowd, seconds)


def _message(program: Program, crowd: Crowd, seconds: float) -> Costs:
    result = measure(program, crowd, seconds, WARM_UP_SECONDS, most_speakers=1)
    return {"a message": result.cost * len(crowd.clients)}


def _found(folder: Path, count: int) -> None:
    """Make a log in which there are so many rooms."""
    folder.mkdir()
    log = Log(folder)
    numbers = range(2, count + 2)
    people = range(1, count // ROOMS_EACH + 2)
    try:
        log.commit(
            Batch(
                accounts=[
                    Account(each, f"away{each}", f"away{each}", b"", "", int(time.time()))
                    for each in people
                ],
                rooms=[
                    StoredRoom(1, "general", "general"),
                    *(StoredRoom(number, f"room{number}", f"room{number}") for number in numbers),
                ],
                joined=[
                    Membership((number - 2) // ROOMS_EACH + 1, number, f"room{number}")
                    for number in numbers
                ],
            )
        )
    finally:
        log.close()
