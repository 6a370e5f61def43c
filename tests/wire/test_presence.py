"""How somebody is there, as the wire spells it."""

import pytest

from tkchat.wire.presence import State, parse_state


@pytest.mark.parametrize("state", State)
def test_every_state_comes_back(state: State) -> None:
    assert parse_state(str(state)) is state


@pytest.mark.parametrize("written", ["", "Away", "gone", "HERE", "x" * 5_000])
def test_what_is_no_state(written: str) -> None:
    assert parse_state(written) is None
