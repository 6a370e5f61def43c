"""Emoji by their names."""

import pytest

from tkchat.gui.emoji.shortcodes import Shortcodes, is_in_code, typed_shortcode
from tkchat.gui.widgets.sanitise import for_tk


@pytest.fixture(scope="module")
def codes() -> Shortcodes:
    return Shortcodes()


@pytest.mark.parametrize(
    ("name", "sequence"),
    [
        ("thumbsup", "👍"),
        ("+1", "👍"),
        ("smile", "😄"),
        ("tada", "🎉"),
        ("TADA", "🎉"),
        ("heart", "❤️"),
        ("party_popper", "🎉"),
        ("no_such_thing", ""),
        ("", ""),
    ],
)
def test_names_as_people_know_them(codes: Shortcodes, name: str, sequence: str) -> None:
    assert codes.emoji_named(name) == sequence


@pytest.mark.parametrize(
    ("sequence", "name"),
    [("👍", "thumbsup"), ("❤️", "heart"), ("❤", "heart"), ("👍🏽", "thumbsup"), ("x", "")],
)
def test_what_an_emoji_is_called(codes: Shortcodes, sequence: str, name: str) -> None:
    assert codes.name_of(sequence) == name


def test_names_that_begin_so_come_first_and_short_ones_before_long_ones(codes: Shortcodes) -> None:
    found = codes.find("smi", 8)
    assert found[0] == ("😄", "smile")
    assert len(found) == 8
    assert all("smi" in name for _, name in found)
    begins = [name.startswith("smi") for _, name in codes.find("smi", 50)]
    assert begins == sorted(begins, reverse=True)
    assert False in begins


def test_each_emoji_is_found_once_and_words_may_have_spaces(codes: Shortcodes) -> None:
    found = codes.find("thumbs up", 50)
    assert [sequence for sequence, _ in found].count("👍") == 1


def test_what_was_used_last_comes_first(codes: Shortcodes) -> None:
    assert codes.find("heart", 9)[0][0] == "❤️"
    assert codes.find("heart", 9, first=["😍"])[0][0] == "😍"


def test_flags_come_last(codes: Shortcodes) -> None:
    names = [name for _, name in codes.find("th", 500)]
    assert names.index("thailand") > names.index("thinking")


def test_what_a_text_may_not_have_is_left_out(codes: Shortcodes) -> None:
    assert not [each for each, _ in codes.find("", 9999) if for_tk(each) != each]


@pytest.mark.parametrize(
    ("before", "name"),
    [
        (":tada:", "tada"),
        ("well :+1:", "+1"),
        ("(:smile:", "smile"),
        ("👍:tada:", "tada"),
        ("12:30:", ""),
        (":tada: ", ""),
        ("::", ""),
        ("a:tada:", ""),
        ("::tada:", ""),
        ("`:tada:", ""),
        ("`code` :tada:", "tada"),
        ("```\n:tada:", ""),
    ],
)
def test_a_shortcode_is_a_word_of_its_own(before: str, name: str) -> None:
    assert typed_shortcode(before) == name


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("", False),
        ("`", True),
        ("`a`", False),
        ("``a`", True),
        ("``a``", False),
        ("```\na\n", True),
        ("```\na\n```\n", False),
        ("`a` `b", True),
    ],
)
def test_where_code_is(text: str, is_code: bool) -> None:
    assert is_in_code(text) is is_code
