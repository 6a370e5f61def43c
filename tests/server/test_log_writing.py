"""What a batch leaves in the tables, however long it is."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.server.log_kit import GENERAL, new_log, record
from tkchat.server.log import Batch
from tkchat.server.log_schema import LOG_FILE

HOUR_MS = 3_600_000


@pytest.mark.parametrize("count", [1, 63, 64, 65, 128, 200])
def test_all_of_a_batch_is_there_in_order(tmp_path: Path, count: int) -> None:
    said = [record(seq, f"text {seq}", mid=f"{seq:032x}") for seq in range(1, count + 1)]
    with new_log(tmp_path) as log:
        log.commit(Batch(records=said))
        with log.reading() as reader:
            assert reader.after(0, [GENERAL], count + 1) == said


def test_the_hours_are_those_of_the_events(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        times = (10, 10, HOUR_MS, 20)  # the clock is set back
        for first in (1, 5):
            said = [record(first + at, time_ms=time_ms) for at, time_ms in enumerate(times)]
            log.commit(Batch(records=said))
        with contextlib.closing(sqlite3.connect(tmp_path / LOG_FILE)) as file:
            hours = file.execute("SELECT * FROM hours ORDER BY hour").fetchall()
    assert hours == [(0, 1, 8), (1, 3, 7)]
