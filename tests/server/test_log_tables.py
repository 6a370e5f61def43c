"""What the tables do by themselves, and that nothing of an older log is lost or kept too long."""

import contextlib
from pathlib import Path

from tests.server.log_kit import GENERAL, change, new_log, record, say
from tkchat.server.backup import verify
from tkchat.server.log import Batch, Log, StoredRoom
from tkchat.server.log_reader import to_row
from tkchat.server.log_schema import APPLICATION_ID, LOG_FILE, connect
from tkchat.server.log_tables import MIGRATIONS
from tkchat.wire.entry import Kind, from_ms
from tkchat.wire.requests import AskSearch

SECRET = "my password is swordfish"


def found(log: Log, text: str = "", **asked: object) -> list[int]:
    with log.searching() as reader:
        search = AskSearch("s", text, **asked)  # type: ignore[arg-type]  # the tests' own fields
        return [each.seq for each in reader.search(search, [GENERAL])[0]]


def test_a_log_of_the_first_version_keeps_everything_but_what_was_taken_back(
    tmp_path: Path,
) -> None:
    said = [
        record(1, "日本語のテキスト"),
        record(2, SECRET),
        record(3, f"{SECRET}!", kind=Kind.EDIT, target=2),
        record(4, "", kind=Kind.DELETE, target=2),
        record(5, "see https://example.org", time_ms=10**12),
        record(6, "edited", kind=Kind.EDIT, target=1),
    ]
    (tmp_path / LOG_FILE).touch()
    with contextlib.closing(connect(tmp_path / LOG_FILE)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("PRAGMA user_version = 1")
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("INSERT INTO rooms VALUES (1, 'general', 'general')")
        old.execute("INSERT INTO accounts VALUES (1, 'Alice', 'alice', x'', '', 0)")
        old.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(to_row, said))
    with contextlib.closing(Log(tmp_path)) as log:
        assert log.load().rooms == [StoredRoom(1, "general", "general")]
        with log.reading() as reader:
            texts = [each.text for each in reader.after(0, [GENERAL], 10)]
        assert texts == [said[0].text, "", "", "", said[4].text, said[5].text]
        assert found(log, "edit") == [1, 6]
        assert found(log, "swordfish") == []
        assert found(log, has_link=True) == [5]
        assert found(log, after=from_ms(10**12)) == [5]
        assert found(log, author="alice") == [1, 5, 6]
    assert verify(tmp_path).problems == []


def test_what_is_taken_back_is_gone_from_the_file(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, SECRET, "another")
        change(log, Kind.EDIT, 1, f"{SECRET}, really")
        change(log, Kind.EDIT, 2, "kept")
        change(log, Kind.DELETE, 1)
        with log.reading() as reader:
            texts = [each.text for each in reader.after(0, [GENERAL], 10)]
        assert texts == ["", "another", "", "kept", ""]
        assert found(log, "swordfish") == []
    assert b"password is" not in (tmp_path / LOG_FILE).read_bytes()
    assert verify(tmp_path).problems == []


def test_a_room_keeps_its_topic(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        for topic, by in (("one", "bob"), ("two", "Alice")):
            log.commit(Batch(rooms=[StoredRoom(1, "general", "general", topic, by)]))
    with new_log(tmp_path) as log:
        assert StoredRoom(1, "general", "general", "two", "Alice") in log.load().rooms
