"""What a person reads when joining fails."""

import pytest

from tkchat.client.events import NotIn, Problem
from tkchat.client.explain import explain
from tkchat.net.address import Address

PC = Address("classroom-pc", 5000)


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_its_own_whole_sentences(problem: Problem) -> None:
    text = explain(NotIn(problem, "It is so."), PC)
    assert text.endswith(".")
    others = {explain(NotIn(each, "It is so."), PC) for each in Problem if each is not problem}
    assert text not in others


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (Problem.UNKNOWN_HOST, "classroom-pc"),
        (Problem.NOBODY_LISTENS, "classroom-pc:5000"),
        (Problem.NO_ANSWER, "firewall"),
        (Problem.UNREACHABLE, "network"),
        (Problem.NAME_REFUSED, "The name bob is taken. Please choose another name."),
        (Problem.NOT_LET_IN, "The name bob is taken."),
        (Problem.OTHER, "The name bob is taken."),
    ],
)
def test_it_says_what_one_can_act_on(problem: Problem, word: str) -> None:
    assert word in explain(NotIn(problem, "The name bob is taken."), PC)


def test_a_host_that_hangs_up_without_a_word() -> None:
    text = explain(NotIn(Problem.NOT_LET_IN), PC)
    assert text == "classroom-pc:5000 did not let you in: It closed the connection."
