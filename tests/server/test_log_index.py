"""What the search finds, whenever the index follows: the log as it reads now, nothing else."""

import contextlib
import random
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.server.log_kit import GENERAL, change, new_log, say, small_disk
from tests.support import running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server import server
from tkchat.server.backup import verify
from tkchat.server.log import Log, StorageFailed
from tkchat.server.log_index import STEP_ROWS, SearchIndex
from tkchat.server.log_schema import LOG_FILE
from tkchat.wire.entry import Kind
from tkchat.wire.requests import AskSearch

WORDS = ("ant", "bee", "cat")


def found(log: Log, word: str) -> list[int]:
    with log.searching() as reader:
        records, _ = reader.search(AskSearch("s", word, limit=1000), [GENERAL])
        return [record.seq for record in records if record.kind.is_message]


def indexed(folder: Path) -> int:
    """Up to where the index has followed."""
    with contextlib.closing(sqlite3.connect(folder / LOG_FILE)) as log:
        return int(log.execute("SELECT seq FROM indexed").fetchone()[0])


def fill(log: Log) -> None:
    for number in range(1_000):
        say(log, *[f"word{number} {'x' * 40}{at}" for at in range(50)])


def test_it_follows_in_steps(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        assert not log.index()
        say(log, *["word"] * (STEP_ROWS + 1))
        assert log.index()
        assert indexed(tmp_path) == STEP_ROWS
        assert log.index()
        assert not log.index()
        assert indexed(tmp_path) == log.head


def test_whoever_searches_finds_what_was_said_right_before(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, *["word"] * (3 * STEP_ROWS))
        with log.reading() as reader:
            assert reader.search(AskSearch("s", "word"), [GENERAL]) == ([], False)
        assert len(found(log, "word")) == 3 * STEP_ROWS
    with new_log(tmp_path) as log:
        assert not log.index()


@pytest.mark.parametrize("seed", range(10))
def test_whenever_it_follows_it_says_the_same(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    texts: dict[int, str] = {}
    with new_log(tmp_path) as log:
        for _ in range(150):
            target = chance.choice([*texts, 0])
            match chance.randrange(6):
                case 0 if target:
                    texts[target] = chance.choice(WORDS)
                    change(log, Kind.EDIT, target, texts[target])
                case 1 if target:
                    del texts[target]
                    change(log, Kind.DELETE, target)
                case 2:
                    log.index()
                case 3 if chance.random() < 0.1:
                    log.trim((log.head - 20) * 1000)
                    with log.reading() as reader:
                        texts = {seq: text for seq, text in texts.items() if seq >= reader.first}
                case _:
                    words = [chance.choice(WORDS) for _ in range(chance.randrange(1, 5))]
                    texts.update(enumerate(words, log.head + 1))
                    say(log, *words)
        if seed % 2:
            assert verify(tmp_path).problems == []  # before it has followed all
        for word in WORDS:
            assert found(log, word) == [seq for seq in texts if texts[seq] == word]
        assert verify(tmp_path).problems == []


def test_what_is_taken_back_before_it_followed_never_gets_into_it(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, "my password is swordfish", "nothing")
        change(log, Kind.DELETE, 1)
        assert found(log, "swordfish") == []
    assert b"swordfish" not in (tmp_path / LOG_FILE).read_bytes()


def test_a_full_disk_leaves_what_is_found_already(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1_000) as folder, new_log(folder) as log:
        say(log, "first word")
        assert found(log, "first") == [1]
        with pytest.raises(StorageFailed, match="full"):
            fill(log)
        with pytest.raises(StorageFailed, match="full"):
            all(iter(log.index, False))
        assert found(log, "first") == [1]


def test_after_the_end_there_is_nothing_to_do(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, "word")
        index = SearchIndex(tmp_path / LOG_FILE, threading.Lock())
        assert index.follow()
        index.close()
        index.close()
        say(log, "word")
        assert not index.follow()


def test_the_host_follows_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "INDEX_SECONDS", 0.01)
    with running_server(data=tmp_path) as host, TaggedClient(host.address, "alice") as alice:
        alice.say_many(3 * STEP_ROWS)
        wait_until(lambda: indexed(tmp_path) == 3 * STEP_ROWS)


def test_people_come_before_the_index_in_a_storm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "INDEX_SECONDS", 0.001)
    monkeypatch.setattr(server, "STORM", -1)  # as if there always were one
    with running_server(data=tmp_path) as host, TaggedClient(host.address, "alice") as alice:
        alice.say_many(100)
        assert indexed(tmp_path) == 0
        monkeypatch.setattr(server, "STORM", 1_000)
        wait_until(lambda: indexed(tmp_path) == 100)
