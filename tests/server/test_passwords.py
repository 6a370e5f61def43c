"""Passwords are kept so that they cannot be read, and are slow to guess."""

import threading

import pytest

from tkchat.server.passwords import MAX_PASSWORD_CHARS, Passwords, check_password
from tkchat.wire.errors import RemoteError


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(2, 20.0)


def test_only_the_right_one_is_right(passwords: Passwords) -> None:
    hashed = passwords.hash("correct horse")
    assert passwords.verify(hashed, "correct horse")
    for wrong in ("", "correct hors", "Correct horse", "x" * 10_000, "\0"):
        assert not passwords.verify(hashed, wrong)


def test_what_is_kept_is_as_the_rfc_recommends_and_never_the_same(passwords: Passwords) -> None:
    one, other = passwords.hash("horse"), passwords.hash("horse")
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != other
    assert "horse" not in one


def test_a_damaged_hash_lets_nobody_in(passwords: Passwords) -> None:
    assert not passwords.verify("nonsense", "nonsense")


def test_a_password_is_the_same_on_every_keyboard(passwords: Passwords) -> None:
    assert passwords.verify(passwords.hash("caf\u00e9 au lait"), "cafe\u0301\u00a0au lait")


@pytest.mark.parametrize("bad", ["", "a\tb", "a\nb", "x" * (MAX_PASSWORD_CHARS + 1)])
def test_what_cannot_be_a_password(bad: str) -> None:
    with pytest.raises(RemoteError) as refused:
        check_password(bad)
    assert refused.value.code == "bad-line"
    assert len(bad) < 3 or bad not in str(refused.value)


def test_only_so_many_are_checked_at_once() -> None:
    passwords = Passwords(1, 0.01)
    in_there, done = threading.Event(), threading.Event()

    def occupy(_: object) -> None:
        in_there.set()
        done.wait(10)

    thread = threading.Thread(target=lambda: passwords._run(occupy))
    thread.start()
    assert in_there.wait(10)
    with pytest.raises(RemoteError) as refused:
        passwords.hash("horse")
    assert refused.value.code == "server-full"
    done.set()
    thread.join()
    assert passwords.hash("horse")
