"""What was written comes back in words, and what was done to it in steps."""

from hypothesis import given
from hypothesis import strategies as st

from tkchat.gui.widgets.undo import MAX_STEPS, Undo, difference


def writing(text: str) -> Undo:
    """Return what has seen ``text`` being typed, a character at a time."""
    undo = Undo()
    for end in range(1, len(text) + 1):
        undo.changed(text[:end])
    return undo


def undone(undo: Undo) -> list[str]:
    """Undo everything; return the texts that this brings back."""
    texts = []
    while (step := undo.undo()) is not None:
        texts.append(step[0])
    return texts


def test_words_come_back_one_by_one() -> None:
    assert undone(writing("one two  three")) == ["one two  ", "one ", ""]


def test_a_line_is_a_step() -> None:
    assert undone(writing("a\nb")) == ["a\n", "a", ""]


def test_what_was_undone_is_done_again() -> None:
    undo = writing("one two")
    assert undo.can_undo
    assert not undo.can_redo
    assert undo.undo() == ("one ", 4)
    assert undo.can_redo
    assert undo.redo() == ("one two", 7)
    assert undo.redo() is None


def test_writing_forgets_what_was_undone() -> None:
    undo = writing("one two")
    undo.undo()
    undo.changed("one 2")
    assert undo.redo() is None
    assert undone(undo) == ["one ", ""]


def test_deleting_is_one_step() -> None:
    undo = writing("one")
    for text in ("on", "o", ""):
        undo.changed(text)
    assert undone(undo) == ["one", ""]


def test_deleting_forwards_is_one_step_too() -> None:
    undo = Undo("abcd")
    for text in ("acd", "ad"):
        undo.changed(text)
    assert undone(undo) == ["abcd"]


def test_deleting_after_writing_is_another_step() -> None:
    undo = writing("abc")
    undo.changed("ab")
    undo.changed("abd")
    assert undone(undo) == ["ab", "abc", ""]


def test_writing_over_a_selection_is_one_step() -> None:
    undo = Undo("old words")
    undo.changed("")
    for text in ("n", "ne", "new"):
        undo.changed(text)
    assert undone(undo) == ["old words"]


def test_elsewhere_is_another_step() -> None:
    undo = writing("ab")
    undo.changed("xab")
    undo.changed("xyab")
    assert undo.undo() == ("ab", 0)


def test_apart_is_a_step_of_its_own() -> None:
    undo = writing("a")
    undo.apart()
    undo.changed("ab")
    assert undone(undo) == ["a", ""]


def test_to_begin_anew_forgets_everything() -> None:
    undo = writing("one")
    undo.reset("two")
    assert undo.undo() is None
    assert undo.text == "two"


def test_the_oldest_steps_are_forgotten() -> None:
    undo = Undo()
    for number in range(MAX_STEPS + 5):
        undo.apart()
        undo.changed("x" * (number + 1))
    assert undone(undo)[-1] == "x" * 5


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_a_difference_leads_from_one_text_to_the_other(old: str, new: str) -> None:
    found = difference(old, new)
    assert old[found.start : found.start + len(found.removed)] == found.removed
    rest = old[found.start + len(found.removed) :]
    assert old[: found.start] + found.inserted + rest == new


@given(st.lists(st.text("ab \n", max_size=5), max_size=8))
def test_back_and_forth_leads_to_the_same(texts: list[str]) -> None:
    undo = Undo()
    for text in texts:
        undo.changed(text)
    last = undo.text
    undone(undo)
    assert undo.text == ""
    while undo.redo():
        pass
    assert undo.text == last
