"""What a turn makes last."""

from dataclasses import fields

import pytest

from tests.server.log_kit import ALICE, BEGINNING, GENERAL, record
from tkchat.server.log_records import Ban, Batch, ChatPassword, Decision, Mute

FULL = Batch(
    BEGINNING.accounts,
    {ALICE: 1},
    BEGINNING.rooms,
    BEGINNING.joined,
    [(ALICE, GENERAL)],
    {(ALICE, GENERAL): 1},
    [record(1)],
    [(ALICE, b"t")],
    [(ALICE, b"s")],
    [Ban(1, "bob", "bob", None, (), "alice", 1, "")],
    [1],
    [Mute("bob", "bob", 0, "alice", "")],
    ["bob"],
    ChatPassword("hash", 1),
    "code",
    [Decision(1, "alice", "lock", "lab", "")],
)


def test_a_batch_without_anything_is_empty() -> None:
    assert Batch().is_empty


@pytest.mark.parametrize("name", [field.name for field in fields(Batch)])
def test_a_batch_with_anything_is_not(name: str) -> None:
    assert not Batch(**{name: getattr(FULL, name)}).is_empty
