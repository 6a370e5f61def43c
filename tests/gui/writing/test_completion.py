"""Names are completed, one after the other."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, press, show, type_text
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.writing.completion import Completion, word_start
from tkchat.gui.writing.composer import Calls, Composer


@pytest.fixture
def names() -> list[str]:
    """The people who are here, the likeliest first."""
    return ["zoe", "bob", "Alice", "albert", "älva"]


@pytest.fixture
def entry(root: tk.Tk) -> tk.Text:
    return tk.Text(root)


@pytest.fixture
def completion(entry: tk.Text, emoji: Emoji, names: list[str]) -> Completion:
    return Completion(entry, lambda: names, emoji)


def write(entry: tk.Text, text: str) -> None:
    """Write ``text`` with the cursor where the bar in it is, or else at its end."""
    before, _, behind = text.partition("|")
    entry.delete("1.0", "end")
    entry.insert("1.0", before)
    place = entry.index("insert")
    entry.insert("end-1c", behind)
    entry.mark_set("insert", place)


def written(entry: tk.Text) -> str:
    """Return the text with a bar where the cursor is."""
    return entry.get("1.0", "insert") + "|" + entry.get("insert", "end-1c")


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("b", "bob: |"),
        ("B", "bob: |"),
        ("bob", "bob: |"),
        ("@bo", "bob: |"),
        ("hello b", "hello bob |"),
        ("hello @b", "hello bob |"),
        ("hello\nb", "hello\nbob |"),
        ("  b", "  bob |"),
        ("Äl", "älva: |"),
        ("👍 🎉 b", "👍 🎉 bob |"),
        ("b| behind", "bob: | behind"),
        ("one b|two", "one bob |two"),
    ],
)
def test_the_word_before_the_cursor_is_completed(
    entry: tk.Text, completion: Completion, text: str, completed: str
) -> None:
    write(entry, text)
    assert completion.next()
    assert written(entry) == completed


@pytest.mark.parametrize("text", ["|", "zzz|", "b |", "hello\n|", "@|", "|b", "lice|", "bobb|"])
def test_what_begins_no_name_is_left_alone(
    entry: tk.Text, completion: Completion, text: str
) -> None:
    write(entry, text)
    assert not completion.next()
    assert written(entry) == text


def test_it_goes_round(entry: tk.Text, completion: Completion) -> None:
    write(entry, "hello al| there")
    seen = []
    for _ in range(4):
        assert completion.next()
        seen.append(written(entry))
    first, second = "hello Alice | there", "hello albert | there"
    assert seen == [first, second, first, second]


def test_writing_on_begins_anew(entry: tk.Text, completion: Completion) -> None:
    write(entry, "al")
    assert completion.next()
    entry.insert("insert", "b")
    assert completion.next()
    assert written(entry) == "Alice: bob |"


def test_another_place_begins_anew(entry: tk.Text, completion: Completion) -> None:
    write(entry, "b and al")
    assert completion.next()
    entry.mark_set("insert", "1.1")
    assert completion.next()
    assert written(entry) == "bob: | and Alice "


def test_going_round_ends_with_the_text(entry: tk.Text, completion: Completion) -> None:
    write(entry, "al")
    assert completion.next()
    write(entry, "")
    assert not completion.next()
    assert written(entry) == "|"


def test_who_is_here_is_asked_for_each_word(
    entry: tk.Text, completion: Completion, names: list[str]
) -> None:
    write(entry, "c")
    assert not completion.next()
    names.append("carol")
    assert completion.next()
    assert written(entry) == "carol: |"


def test_names_are_offered_as_they_are_shown(root: tk.Tk, entry: tk.Text) -> None:
    names = ["fan🎉", "fan:party_popper:", "fan too"]
    completion = Completion(entry, lambda: names, Emoji(root, safe=False, files=()))
    write(entry, "f")
    seen = []
    for _ in range(3):
        assert completion.next()
        seen.append(entry.get("1.0", "end-1c"))
    assert seen == ["fan:party_popper:: ", "fan too: ", "fan:party_popper:: "]


@pytest.mark.parametrize(
    ("text", "start", "with_spaces"),
    [
        ("one two", "1.4", "1.4"),
        ("one tw|o", "1.4", "1.4"),
        ("one two  ", "1.9", "1.4"),
        ("one|", "1.0", "1.0"),
        ("one\n", "2.0", "1.3"),
        ("one\n  ", "2.2", "2.0"),
        ("one\ntwo", "2.0", "2.0"),
        ("|one", "1.0", "1.0"),
        ("a\u00a0b", "1.2", "1.2"),
    ],
)
def test_where_the_word_begins(entry: tk.Text, text: str, start: str, with_spaces: str) -> None:
    write(entry, text)
    assert word_start(entry) == start
    assert word_start(entry, over_spaces=True) == with_spaces


# By the Tab key


@pytest.fixture
def composer(root: tk.Tk, theme: Theme, emoji: Emoji, names: list[str]) -> Composer:
    made = Composer(root, theme, emoji, Calls(lambda _text: True), names=lambda: names)
    made.pack(side="bottom", fill="x", padx=10, pady=10)
    show(made)
    focus(made.entry)
    return made


def test_tab_completes_and_cycles(composer: Composer) -> None:
    type_text(composer.entry, "al")
    press(composer.entry, "<Tab>")
    assert composer.text() == "Alice: "
    press(composer.entry, "<Tab>")
    assert composer.text() == "albert: "
    press(composer.entry, "<Tab>")
    assert composer.text() == "Alice: "


def test_tab_within_a_sentence_adds_a_space(composer: Composer) -> None:
    composer.set_text("👍 hello b")
    press(composer.entry, "<Tab>")
    assert composer.text() == "👍 hello bob "
    type_text(composer.entry, "x")
    assert composer.text() == "👍 hello bob x"


def test_tab_knows_letters_beyond_ascii(composer: Composer) -> None:
    composer.set_text("Äl")
    press(composer.entry, "<Tab>")
    assert composer.text() == "älva: "
