"""Names in texts, as people write them."""

import time

import pytest

from tkchat.client.mentions import mention_spans, mentions


@pytest.mark.parametrize(
    "text",
    [
        "bob",
        "@bob",
        "Bob, are you there?",
        "ask @BOB!",
        "(bob)",
        "bob's turn",
        "hi,bob",
        "@all lunch",
        "lunch, @All?",
        "`code` for bob",
        "a ` and bob",
    ],
)
def test_a_name_is_found_as_a_word(text: str) -> None:
    assert mentions(text, "bob")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bobby",
        "kebob",
        "bob_2",
        "all of it",
        "@allison",
        "mail@all.example",
        "`bob`",
        "``a ` bob``",
        "```\nbob = 1\n```",
        "```\n@all",
    ],
)
def test_other_words_and_code_name_nobody(text: str) -> None:
    assert not mentions(text, "bob")


@pytest.mark.parametrize("name", ["j.doe", "c++", "o'neil", "x(y)", "[a-z]", "$1", "Zoë", "李雷"])
def test_a_name_of_any_characters_is_found(name: str) -> None:
    text = f"see {name}, and @{name}!"
    first, second = mention_spans(text, [name])
    assert [text[start:end] for start, end, _ in (first, second)] == [name, f"@{name}"]


def test_the_spelling_of_the_name_comes_back_with_its_place() -> None:
    text = "ALICE met bob: @all come"
    assert mention_spans(text, ["Bob", "alice"]) == [
        (0, 5, "alice"),
        (10, 13, "Bob"),
        (15, 19, "all"),
    ]


def test_the_longest_name_wins() -> None:
    assert mention_spans("hi bob.smith", ["bob", "bob.smith"]) == [(3, 12, "bob.smith")]
    assert mention_spans("hi bob.jones", ["bob", "bob.smith"]) == [(3, 6, "bob")]


def test_letters_that_fold_to_others_are_no_obstacle() -> None:
    assert mention_spans("STRASSE", ["straße"]) == [(0, 7, "straße")]
    assert mention_spans("an straße.", ["Straße"]) == [(3, 9, "Straße")]


@pytest.mark.parametrize("piece", ["@", "`", "`@", "b", "bo ", "!", "@bob", "```", "` `` "])
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 4_000)[:4_000]
    names = [f"bob{number}" for number in range(1_000)]
    began = time.thread_time()
    mention_spans(text, names)
    assert time.thread_time() - began < 0.5
