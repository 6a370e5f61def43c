"""How many messages fill a view."""

from collections.abc import Sequence

import pytest

from tests.gui.sample_messages import presence, said
from tkchat.client.message import Message
from tkchat.gui.messages.filling import MOST_LINES, enough

SHORT = [said("x") for _ in range(100)]
TALK = [said("x", name) for name in ("ann", "bob") * 50]
LONG = [said("x" * 95) for _ in range(100)]
LINES = [said("one\ntwo\nthree") for _ in range(100)]
ENDLESS = [said("x\n" * 1_000) for _ in range(100)]
CROWD = [*SHORT, *(presence("ann") for _ in range(50))]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [(SHORT, 20), (TALK, 11), (LONG, 10), (LINES, 7), (ENDLESS, 1), (CROWD, 70), (SHORT[:3], 3)],
)
def test_so_many_fill_twenty_lines(messages: Sequence[Message], expected: int) -> None:
    assert MOST_LINES >= 20
    assert enough(messages, 20, 80, has_headers=True) == expected


def test_without_headers_more_are_needed() -> None:
    assert enough(TALK, 20, 80, has_headers=False) == 20
    assert enough([], 20, 80, has_headers=False) == 0


def test_what_is_deleted_takes_one_line() -> None:
    gone = said("x\n" * 1_000)
    gone.deleted = True
    assert enough([gone] * 100, 20, 80, has_headers=True) == 20
