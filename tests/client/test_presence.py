"""What people say of themselves."""

from tkchat.client.presence import Presence, State


def test_who_says_nothing_is_here() -> None:
    assert Presence() == Presence(State.HERE, "")
