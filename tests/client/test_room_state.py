"""What is settled for a room."""

from tkchat.client.room_state import Anchor, Level


def test_the_words_that_are_kept_on_disk_stay_the_same() -> None:
    assert [level.value for level in Level] == ["all", "mentions", "muted"]


def test_a_message_is_found_again_by_era_and_seq() -> None:
    assert Anchor(-1, 17) == Anchor(-1, 17, 0)
    assert Anchor(-1, 17) != Anchor(0, 17)
