"""What a talker notes of what it hears."""

import time

from tkchat.client.events import Arrived
from tkchat.selftest.talker import Heard
from tkchat.wire.entry import Entry


def said(seq: int, author: str = "ben") -> Entry:
    return Entry(seq, 0, "general", author, f"0.{seq} {time.monotonic() - 1:.6f}")


def test_what_others_say_now_is_timed() -> None:
    heard = Heard()
    heard.take(Arrived((said(1), said(2, "anna")), live=True), "anna")
    heard.take(Arrived((said(3),), live=False), "anna")
    assert len(heard.latencies) == 1
    assert 1 <= heard.latencies[0] < 2
    assert heard.disorder == 0


def test_what_comes_again_or_too_late_is_disorder() -> None:
    heard = Heard()
    heard.take(Arrived((said(2), said(1), said(2), said(3)), live=True), "anna")
    assert heard.disorder == 2
