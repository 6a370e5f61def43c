"""Fast senders are slowed to a known pace."""

import pytest

from tkchat.server import flood
from tkchat.server.flood import Bucket


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


def test_a_pause_earns_a_new_burst_but_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "LINES_PER_SECOND", 1e9)  # so any pause is a long one
    bucket = Bucket()
    assert [bucket.take() for _ in range(100)] == [0.0] * 100
    monkeypatch.setattr(flood, "LINES_PER_SECOND", 1e-9)
    assert [bucket.take() for _ in range(9)] == [0.0] * 9
    assert bucket.take() > 1
