"""A host is known by its key, and learns nothing that another one was told."""

from tkchat.client.host_key import (
    UNKNOWN,
    in_the_clear,
    install_for,
    is_fingerprint,
    is_in_the_clear,
    on_this_computer,
)

INSTALL = "0123456789abcdef" * 2
HERE, THERE = "192.0.2.1:4321", "192.0.2.2:4321"
ONE, OTHER = bytes(32), bytes(range(32))


def test_only_a_key_says_who_somebody_is_wherever_they_answer() -> None:
    assert is_fingerprint(ONE)
    assert not any(map(is_fingerprint, (UNKNOWN, on_this_computer(1), in_the_clear(HERE))))
    assert in_the_clear(HERE) != in_the_clear(THERE)
    assert on_this_computer(1) != on_this_computer(2)


def test_what_stays_here_is_not_in_the_clear() -> None:
    assert is_in_the_clear(in_the_clear(HERE))
    assert not any(map(is_in_the_clear, (UNKNOWN, ONE, on_this_computer(1))))


def test_each_host_knows_this_profile_by_something_else() -> None:
    told = install_for(INSTALL, ONE)
    assert len(bytes.fromhex(told)) == 16
    assert told == install_for(INSTALL, ONE)
    assert len({INSTALL, told, install_for(INSTALL, OTHER), install_for("", ONE)}) == 4
