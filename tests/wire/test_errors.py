"""A refusal says whose fault it was, for a program and for a person."""

from tkchat.wire.errors import LocalError, RemoteError, WireError


def test_a_refusal_has_a_word_for_programs_and_a_sentence_for_people() -> None:
    refusal = RemoteError("bad-name", "A username cannot be empty.")
    assert refusal.code == "bad-name"
    assert str(refusal) == "A username cannot be empty."


def test_both_sides_faults_can_be_caught_as_one() -> None:
    assert issubclass(LocalError, WireError)
    assert issubclass(RemoteError, WireError)
    assert not issubclass(LocalError, RemoteError)
