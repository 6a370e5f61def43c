"""The self-test on this very computer: real processes, killed and cut off."""

import re

import pytest

from tkchat.selftest import run


@pytest.mark.timeout(180)
def test_nothing_is_lost_here() -> None:
    told: list[str] = []
    assert run.main(5.0, 7, told.append) == 0, "\n".join(told)
    found = re.search(r"^(\d+) messages, .* (\d+) kills of the host", "\n".join(told), re.M)
    assert found, told
    assert int(found[1]) > 20
    assert "lost 0, doubled 0, reordered 0" in told
