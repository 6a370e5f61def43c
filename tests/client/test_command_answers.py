"""Answers to commands are gathered under their names."""

from tkchat.client.command_answers import CommandAnswers
from tkchat.client.order import Audit, Banned, CommandAnswered


def row(re: str, text: str = "x") -> Audit:
    return Audit(re, 0, "alice", "mute", "bob", text)


def test_each_answer_gets_its_own_rows() -> None:
    answers = CommandAnswers()
    one, other = answers.new_name(is_typed=False), answers.new_name(is_typed=True)
    answers.take(row(one, "first"))
    answers.take(row(other))
    ban = Banned(one, 0, "alice", "bob", "bob, by alice")
    answers.take(ban)
    answers.take(row(one, "second"))
    audit = (row(one, "first"), row(one, "second"))
    assert answers.complete(one, "2 in all.") == CommandAnswered(
        one, "2 in all.", audit=audit, banned=(ban,)
    )
    assert answers.complete(other, "no", "not-allowed") == CommandAnswered(
        other, "no", "not-allowed", is_typed=True, audit=(row(other),)
    )
    assert answers.complete(one, "again") == CommandAnswered(one, "again")


def test_names_are_its_own_and_short() -> None:
    answers = CommandAnswers()
    names = [answers.new_name(is_typed=typed) for typed in (True, False) * 50]
    assert len(set(names)) == 100
    assert all(answers.is_name(name) and len(name) <= 8 for name in names)
    assert not any(map(answers.is_name, ("", "1", "s12", "t", "x1")))


def test_a_new_connection_and_strange_rows_leave_nothing_behind() -> None:
    answers = CommandAnswers()
    name = answers.new_name(is_typed=True)
    answers.take(row(name))
    answers.begin()
    for number in range(100):
        answers.take(row(f"strange{number}"))
    assert answers.complete(name, "").audit == ()
    assert answers._audit == {}
