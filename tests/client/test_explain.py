"""What a person reads when joining fails."""

from collections.abc import Iterator

import pytest

from tkchat.client.commands import parse
from tkchat.client.events import CertificateChanged, Encrypted, NotIn, Problem
from tkchat.client.explain import explain, explain_code, explain_key, explain_refusal
from tkchat.i18n import speak_anew
from tkchat.net.address import Address
from tkchat.wire.errors import WireError
from tkchat.wire.names import BadName, check_name

PC = Address("classroom-pc", 5000)


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "de")
    speak_anew()
    yield
    monkeypatch.undo()
    speak_anew()


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
        (Problem.OTHER_CERTIFICATE, "join with that"),
        (Problem.NOT_ENCRYPTED, "classroom-pc:5000 does not encrypt. It says: The name bob"),
        (Problem.NO_LONGER_ENCRYPTED, "Somebody else may answer there"),
    ],
)
def test_it_says_what_one_can_act_on(problem: Problem, word: str) -> None:
    assert word in explain(NotIn(problem, "The name bob is taken."), PC)


def test_a_host_that_hangs_up_without_a_word() -> None:
    text = explain(NotIn(Problem.NOT_LET_IN), PC)
    assert text == "classroom-pc:5000 did not let you in: It closed the connection."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "A name cannot be empty."),
        ("a b", "A name cannot have a space in it."),
        ("a~b", "A name cannot have ~ in it."),
        ("x" * 33, "A name has at most 32 characters."),
        ("Server", "The name SERVER is the host's own."),
        ("\0", "A name cannot be written like that."),
    ],
)
def test_what_is_wrong_with_a_name(name: str, text: str) -> None:
    with pytest.raises(BadName) as refused:
        check_name(name)
    assert explain_refusal(refused.value) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/msg bob", "It is typed like this: /msg NAME TEXT"),
        ("/topic " + "x" * 251, "A topic has at most 250 characters."),
    ],
)
def test_what_is_wrong_with_what_was_typed(typed: str, text: str) -> None:
    with pytest.raises(WireError) as refused:
        parse(typed, "alice")
    assert explain_refusal(refused.value) == text


def test_english_readers_get_the_words_of_the_host() -> None:
    assert explain_code("no-room", "There is no room lab.") == "There is no room lab."


@pytest.mark.usefixtures("german")
def test_what_a_host_refuses_is_explained_by_its_code() -> None:
    assert "Raum" in explain_code("no-room", "There is no room lab.")
    assert explain_code("of-tomorrow", "Not yet.") == "Not yet."


def test_a_new_key_is_told_once() -> None:
    assert "lusab-babad" in explain_key(Encrypted("lusab-babad", is_new=True), PC)
    assert explain_key(Encrypted("lusab-babad", is_new=False), PC) == ""


def test_a_changed_key_is_told_with_both() -> None:
    changed = CertificateChanged(PC, "lusab-babad", "gutih-tugad", bytes(32))
    assert explain_key(changed, PC) == "Its key should be lusab-babad, and is gutih-tugad."
