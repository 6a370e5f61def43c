"""How somebody is there, as the wire spells it."""

import pytest

from tkchat.wire.errors import RemoteError
from tkchat.wire.presence import State, parse_state


@pytest.mark.parametrize("state", State)
def test_every_state_comes_back(state: State) -> None:
    assert parse_state(str(state)) is state


@pytest.mark.parametrize("written", ["", "Away", "gone", "x" * 5_000])
def test_what_is_no_state(written: str) -> None:
    with pytest.raises(RemoteError, match="here, away or busy") as refused:
        parse_state(written)
    assert refused.value.code == "bad-line"
    assert len(str(refused.value)) < 100
