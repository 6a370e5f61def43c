"""What a message list shows, apart from how."""

from datetime import date

import pytest

from tests.gui.sample_messages import presence, said
from tkchat.client.message import Message
from tkchat.gui.messages.message_blocks import (
    FIRST_CHARS,
    MOST_CHARS,
    Shape,
    arrange,
    day_name,
    shown_part,
    summary,
)

DAY, HEADED, FOLLOWING = Shape.DAY, Shape.HEADED, Shape.FOLLOWING


def shapes(*messages: Message) -> list[Shape]:
    return [block.shape for block in arrange(messages)]


def test_messages_of_one_author_share_a_header_for_five_minutes() -> None:
    found = shapes(said("a", minutes=0), said("b", minutes=5), said("c", minutes=10.1))
    assert found == [DAY, HEADED, FOLLOWING, HEADED]


def test_another_author_gets_a_header() -> None:
    assert shapes(said("a"), said("b", "carol"), said("c")) == [DAY, HEADED, HEADED, HEADED]


def test_somebody_else_with_the_own_name_is_not_taken_for_oneself() -> None:
    assert shapes(said("a", "bob", own=True), said("b", "bob")) == [DAY, HEADED, HEADED]


def test_a_new_day_gets_a_line_and_a_header() -> None:
    assert shapes(said("a"), said("b", minutes=60 * 24)) == [DAY, HEADED, DAY, HEADED]


def test_a_line_stands_above_what_is_new() -> None:
    messages = [said("a"), said("b"), said("c"), said("d", minutes=60 * 24)]
    for seq, message in enumerate(messages, 5):
        message.seq = seq
    expected = [DAY, HEADED, Shape.NEW, HEADED, FOLLOWING, DAY, HEADED]
    blocks = arrange(messages, new_from=6)
    assert [block.shape for block in blocks] == expected
    assert [block.shape for block in arrange(messages[1:2], blocks[1], 6)] == expected[2:4]
    assert [block.shape for block in arrange(messages[1:2], blocks[2], 6)] == [HEADED]
    on_a_new_day = arrange(messages, new_from=8)[-3:]
    assert [block.shape for block in on_a_new_day] == [DAY, Shape.NEW, HEADED]
    assert Shape.NEW not in [block.shape for block in arrange([said("waits")], new_from=0)]


def test_presence_in_a_row_is_one_block_which_ends_a_group() -> None:
    blocks = arrange([said("a"), presence("x"), presence("y"), said("b")])
    assert [block.shape for block in blocks] == [DAY, HEADED, Shape.PRESENCE, HEADED]
    assert len(blocks[2].messages) == 2


def test_arranging_goes_on_after_a_block() -> None:
    last = arrange([said("a")])[-1]
    assert [block.shape for block in arrange([said("b")], last)] == [FOLLOWING]


def test_an_action_is_one_only_in_its_authors_name() -> None:
    assert shapes(said("* bob waves")) == [DAY, Shape.ACTION]
    assert shapes(said("* alice waves"), said("* bobby waves")) == [DAY, HEADED, FOLLOWING]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 20), "Today"),
        (date(2026, 11, 19), "Yesterday"),
        (date(2026, 11, 6), "Friday, 6 November"),
        (date(2025, 11, 21), "Friday, 21 November 2025"),
    ],
)
def test_days_have_names(day: date, name: str) -> None:
    assert day_name(day, date(2026, 11, 20)) == name


def test_a_run_of_presence_reads_as_a_sentence() -> None:
    run = [presence(name) for name in ("alice", "bob", "eve", "dan", "fay")]
    run += [presence("carol", "left"), presence("alice")]
    assert summary(run) == "alice, bob and 3 others joined · carol left"
    assert summary(run[:3]) == "alice, bob and eve joined"
    assert summary(run[:2]) == "alice and bob joined"
    assert summary(run[:1]) == "alice joined"


def test_a_run_of_presence_tells_how_it_ended_for_each() -> None:
    left = presence("alice", "left")
    came = presence("alice")
    assert summary([left, came]) == "alice left and came back"
    assert summary([left, came, left]) == "alice left"
    assert summary([came, left]) == "alice came and went"
    assert summary([came, left, came]) == "alice joined"
    both = [came, presence("bob"), left, presence("bob", "left"), presence("eve", "left")]
    assert summary(both) == "alice and bob came and went · eve left"


def test_long_texts_are_folded() -> None:
    lines = "word word\n" * 90
    assert shown_part(lines) == (lines, 0)
    assert shown_part("x" * 2_000) == ("x" * 2_000, 0)
    assert shown_part("x" * 2_001) == ("x" * FIRST_CHARS, 1)
    wide = ("x" * 99 + "\n") * 41
    assert shown_part(wide) == (wide[:FIRST_CHARS], len(wide) - FIRST_CHARS)
    shown, hidden = shown_part("\n" * 3_000)
    assert shown.count("\n") < 30
    assert len(shown) + hidden == 3_000


def test_more_of_a_long_text_is_shown_but_not_without_end() -> None:
    assert shown_part("x" * 5_000, unfolded=True) == ("x" * 5_000, 0)
    assert shown_part("x" * (MOST_CHARS + 5), unfolded=True) == ("x" * MOST_CHARS, 5)
