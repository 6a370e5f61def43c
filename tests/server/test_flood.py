"""Fast senders are slowed to a known pace."""

import pytest

from tkchat.server.flood import Allowance, Bucket, cost, is_passing
from tkchat.server.limits import Limits
from tkchat.wire.entry import Kind
from tkchat.wire.presence import State
from tkchat.wire.requests import AskRooms, Request, Say, SayRead, SayTyping, SetPresence, SetTopic


def test_a_burst_is_free_and_then_each_line_waits_for_its_turn() -> None:
    bucket = Bucket()
    assert [bucket.take() for _ in range(10)] == [0.0] * 10
    # Nobody waits here, so the waits add up; the test itself takes a moment.
    assert [bucket.take() for _ in range(3)] == pytest.approx([0.2, 0.4, 0.6], abs=0.19)


def test_many_tokens_at_once_are_paid_for_by_the_next() -> None:
    bucket = Bucket()
    assert bucket.take(10) == 0.0
    assert bucket.take(10) == pytest.approx(2.0, abs=0.1)
    assert bucket.take() == pytest.approx(2.2, abs=0.1)


def test_a_pause_earns_a_new_burst_but_no_more() -> None:
    bucket = Bucket(Limits(flood_per_second=1e9))  # so any pause is a long one
    assert [bucket.take() for _ in range(100)] == [0.0] * 100
    assert bucket.take(10**9 + 100) > 0.1


def test_burst_and_pace_are_what_the_limits_say() -> None:
    bucket = Bucket(Limits(flood_burst=3, flood_per_second=0.5))
    assert [bucket.take() for _ in range(3)] == [0.0] * 3
    assert bucket.take() == pytest.approx(2.0, abs=0.1)


def test_what_passes_does_not_delay_what_is_said() -> None:
    allowance = Allowance()
    for _ in range(2):
        assert [allowance.take(is_passing=True) for _ in range(10)] == [0.0] * 10
        assert allowance.take(is_passing=True) > 0
        assert allowance.take(10) == 0.0
        assert allowance.take() > 0
        allowance = Allowance()


@pytest.mark.parametrize(
    ("asked", "tokens"),
    [
        (Say("general", ""), 1),
        (Say("general", "a\n" * 9), 1),
        (Say("general", "a\n" * 10), 2),
        (Say("", "a\n" * 100, "", Kind.EDIT, 1), 11),
        (Say("general", "\n" * 3_999), 400),
        (AskRooms(), 1),
    ],
)
def test_many_lines_in_one_message_cost_more(asked: Request, tokens: int) -> None:
    assert cost(asked) == tokens


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        (SayTyping("general"), True),
        (SayRead("general", 1), True),
        (SetPresence(State.AWAY), True),
        (Say("general", "hi"), False),
        (SetTopic("general", "hi"), False),
        (AskRooms(), False),
    ],
)
def test_what_passes(asked: Request, passes: bool) -> None:
    assert is_passing(asked) is passes
