"""What clients resume from, look back at and search."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.log_kit import BOB, GENERAL, LAB, change, new_log, record, say
from tkchat.server.log import Log, LogDamaged, LogReader, Record
from tkchat.server.log_reader import to_record, to_row
from tkchat.wire.entry import Kind, from_ms
from tkchat.wire.requests import AskSearch


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with new_log(tmp_path) as log:
        yield log


def seqs(records: list[Record]) -> list[int]:
    return [record.seq for record in records]


def found(log: Log, text: str, *room_ids: int, **asked: Any) -> list[int]:
    with log.searching() as reader:
        search = AskSearch("s", text, **asked)
        return seqs(reader.search(search, room_ids or [GENERAL, LAB])[0])


def test_an_empty_log_has_nothing(log: Log) -> None:
    with log.searching() as reader:
        assert (reader.first, reader.head) == (1, 0)
        assert reader.after(0, [GENERAL], 10) == []
        assert reader.newest([GENERAL], 10) == []
        assert reader.before(GENERAL, 0, 10) == ([], False)
        assert reader.search(AskSearch("s", "hello"), [GENERAL]) == ([], False)


def test_a_record_is_the_row_it_makes() -> None:
    for kind in Kind:
        original = record(7, kind=kind, target=3, author_id=None)
        assert to_record(to_row(original)) == original


def test_after_gives_the_rooms_asked_for_in_order(log: Log) -> None:
    for number in range(1, 21):
        say(log, f"{number}", room_id=LAB if number % 3 else GENERAL)
    with log.reading() as reader:
        assert seqs(reader.after(0, [GENERAL, LAB], 5)) == [1, 2, 3, 4, 5]
        assert seqs(reader.after(5, [GENERAL], 3)) == [6, 9, 12]
        assert seqs(reader.after(17, {LAB, 99}, 100)) == [19, 20]
        assert reader.after(20, [GENERAL, LAB], 100) == []
        assert reader.after(0, [], 100) == []


def test_newest_gives_so_many_of_each_room(log: Log) -> None:
    say(log, *["a", "b", "c"], room_id=LAB)
    say(log, *["d", "e", "f"])
    change(log, Kind.EDIT, 1, "A", room_id=LAB)
    with log.reading() as reader:
        assert seqs(reader.newest([GENERAL, LAB], 2)) == [3, 5, 6, 7]


def test_before_gives_messages_with_what_was_done_to_them(log: Log) -> None:
    say(log, *["one", "two", "three"])
    change(log, Kind.REPLY, 1, "an answer")
    change(log, Kind.EDIT, 2, "TWO")
    change(log, Kind.REACT, 1, "👍")
    change(log, Kind.DELETE, 3)
    say(log, "elsewhere", room_id=LAB)
    with log.reading() as reader:
        assert [seqs(records) for records, _ in [reader.before(GENERAL, 0, 4)]] == [
            [1, 2, 3, 4, 5, 6, 7]
        ]
        assert reader.before(GENERAL, 0, 4)[1] is False
        assert reader.before(GENERAL, 0, 3)[1] is True
        assert seqs(reader.before(GENERAL, 3, 1)[0]) == [2, 5]
        assert seqs(reader.before(GENERAL, 2, 5)[0]) == [1, 6]
        assert reader.before(GENERAL, 1, 5) == ([], False)


def test_search_finds_all_words_and_the_beginning_of_the_last(log: Log) -> None:
    say(log, "Hello world", "hello wörld and cafés", "world of hello-kitty", "HELLO")
    assert found(log, "hello") == [1, 2, 3, 4]
    assert found(log, "world hel") == [1, 2, 3]
    assert found(log, "hel world") == []
    assert found(log, "cafe") == [2]
    assert found(log, "hello-kit") == [3]
    assert found(log, "hello", GENERAL, before=3) == [1, 2]
    assert found(log, "hello", GENERAL, limit=2) == [3, 4]
    with log.searching() as reader:
        assert reader.search(AskSearch("s", "hello", limit=3), [GENERAL])[1] is True
        assert reader.search(AskSearch("s", "hello", limit=4), [GENERAL])[1] is False


def test_search_keeps_to_the_rooms_asked_for(log: Log) -> None:
    say(log, "in general")
    say(log, "in the lab", room_id=LAB)
    assert found(log, "in", LAB) == [2]
    assert found(log, "in", *range(1, 3000)) == [1, 2]
    assert found(log, "zzroom1") == []
    with log.searching() as reader:
        assert reader.search(AskSearch("s", "in"), []) == ([], False)


def test_search_knows_what_a_message_says_now(log: Log) -> None:
    say(log, "apple", "apple too", "pear")
    change(log, Kind.EDIT, 1, "banana")
    change(log, Kind.EDIT, 1, "cherry")
    change(log, Kind.DELETE, 2)
    change(log, Kind.EDIT, 2, "apple after all")
    change(log, Kind.REACT, 3, "apple")
    assert found(log, "apple") == []
    assert found(log, "banana") == []
    assert found(log, "cherry") == [1, 4, 5]
    assert found(log, "pear") == [3, 8]


def test_search_finds_words_that_no_spaces_end(log: Log) -> None:
    say(log, "今天我们去吃午饭吧", "日本語のテキスト")
    assert found(log, "午饭") == [1]
    assert found(log, "本語") == [2]
    change(log, Kind.EDIT, 2, "다른 이야기")
    assert found(log, "本語") == []
    assert found(log, "야기") == [2, 3]


def test_search_by_author(log: Log) -> None:
    say(log, "lunch", "dinner")
    say(log, "lunch, Alice?", author="bob", author_id=BOB)
    say(log, "plain lunch", author="alice", author_id=None)
    assert found(log, "lunch", author="ALICE") == [1, 4]
    assert found(log, "", author="Alice") == [1, 2, 4]
    assert found(log, "", author="bob", before=4) == [3]
    assert found(log, "", author="bo") == []
    assert found(log, "😀", author="bob") == []
    assert found(log, " ") == []


def test_search_for_links(log: Log) -> None:
    say(log, "see https://example.org/a", "no link", "www.example.org", "https")
    assert found(log, "", has_link=True) == [1, 3]
    assert found(log, "see", has_link=True) == [1]
    change(log, Kind.EDIT, 1, "see there")
    change(log, Kind.EDIT, 2, "here: http://x.y")
    assert found(log, "", has_link=True) == [2, 3, 6]


def test_search_by_time(log: Log) -> None:
    hour, day = 3_600_000, 24 * 3_600_000
    for number, time_ms in enumerate([0, hour - 1, hour, day, day + 5, day + hour], start=1):
        say(log, f"lunch {number}", time_ms=time_ms)
    assert found(log, "lunch", after=from_ms(hour)) == [3, 4, 5, 6]
    assert found(log, "lunch", before_time=from_ms(hour)) == [1, 2]
    assert found(log, "", after=from_ms(day), before_time=from_ms(day + 5)) == [4]
    assert found(log, "", after=from_ms(day + 5), before_time=from_ms(day + hour)) == [5]
    assert found(log, "lunch 5", after=from_ms(day)) == [5]
    assert found(log, "", after=from_ms(2 * day)) == []
    assert found(log, "", before_time=from_ms(0)) == []
    assert found(log, "", after=from_ms(day), limit=2) == [5, 6]


@settings(max_examples=60, deadline=None)
@given(
    times=st.lists(st.integers(0, 20), min_size=1, max_size=12),
    span=st.tuples(*[st.integers(0, 20)] * 2),
)
def test_search_by_time_finds_all_whatever_the_clock_did(
    times: list[int], span: tuple[int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    half_hour = 1_800_000
    later, earlier = (from_ms(at * half_hour) for at in span)
    with new_log(tmp_path_factory.mktemp("log")) as log:
        for at in times:
            say(log, "tick", time_ms=at * half_hour)
        expected = [seq for seq, at in enumerate(times, start=1) if span[0] <= at < span[1]]
        assert found(log, "tick", after=later, before_time=earlier) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""', '"ham', "ham NOT", "ham*", "(", "text:ham", "-ham", "^", "😀", "\0ham"],
)
def test_operators_mean_nothing(log: Log, text: str) -> None:
    say(log, "ham or eggs")
    assert found(log, text) in ([], [1])


@settings(deadline=None)  # the disk may be busy
@given(text=st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_search_is_an_error(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    # Hypothesis begins no new folder for each example, and needs none.
    folder = tmp_path_factory.getbasetemp() / "searched"
    with new_log(folder) as log:
        say(log, text or "-")
        assert found(log, text) is not None


WORDS = st.lists(st.sampled_from(["ant", "bee", "cat"]), min_size=1, max_size=3).map(" ".join)
STEPS = st.lists(
    st.tuples(st.sampled_from(list(Kind)), st.integers(1, 6), WORDS), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, removed=st.integers(0, 6))
def test_search_agrees_with_reading_everything(
    steps: list[tuple[Kind, int, str]],
    removed: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    texts: dict[int, str] = {}
    said: set[int] = set()
    with new_log(tmp_path_factory.mktemp("log")) as log:
        for kind, target, text in steps:
            if kind is not Kind.MESSAGE and target not in said:  # the host refuses that
                continue
            change(log, kind, target if kind is not Kind.MESSAGE else 0, text)
            if kind.is_message:
                texts[log.head] = text
                said.add(log.head)
            elif kind is Kind.EDIT and target in texts:
                texts[target] = text
            elif kind is Kind.DELETE:
                texts.pop(target, None)
        log.trim((removed + 1) * 1000)
        with log.searching() as reader:
            for word in ("ant", "bee", "cat"):
                expected = [
                    seq for seq, text in texts.items() if word in text and seq >= reader.first
                ]
                records, _ = reader.search(AskSearch("s", word), [GENERAL])
                assert [r.seq for r in records if r.kind.is_message] == expected


def test_queries_go_by_their_index(log: Log) -> None:
    # With many events in other rooms, the plan shows whether those would be read too.
    say(log, "x", author="bob", author_id=BOB)
    plans: list[str] = []
    connection = sqlite3.connect(log.folder / "log.sqlite3", isolation_level=None)
    connection.set_trace_callback(plans.append)
    reader = LogReader(connection)
    reader.after(0, [GENERAL], 1)
    reader.newest([GENERAL], 1)
    reader.before(GENERAL, 0, 1)
    reader.search(AskSearch("s", "", author="bob", after=from_ms(1)), [GENERAL])
    connection.set_trace_callback(None)
    queries = [plan for plan in plans if "INDEXED BY" in plan or "MATCH" in plan]
    assert len(queries) == 6
    for statement in queries:
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
            assert not step.startswith("SCAN events"), (statement, step)
            assert "TEMP B-TREE" not in step, (statement, step)
    connection.close()


def test_a_damaged_page_is_named(log: Log) -> None:
    say(log, *["word " * 100] * 500)
    log.close()
    file = log.folder / "log.sqlite3"
    size = file.stat().st_size
    with file.open("r+b") as pages:
        pages.seek(size // 2)  # beyond the roots of all tables
        pages.write(b"\xff" * (size // 4))
    with (
        new_log(log.folder) as damaged,
        pytest.raises(LogDamaged, match="Restore a backup"),
        damaged.reading() as reader,
    ):
        reader.after(0, [GENERAL], 1000)
