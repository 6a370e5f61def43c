"""What reaches other people, and how long a message may be."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_STATUS_CHARS, MAX_TEXT_CHARS, MAX_TOPIC_CHARS
from tkchat.wire.text import check_message, check_status, check_topic, clean

_HARMFUL = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\ud800\udbff\udc00\udfff",
} - {"\t", "\n"}


@given(st.text(st.sampled_from(sorted(_HARMFUL)) | st.characters(exclude_categories=["Cs"])))
def test_nothing_harmful_is_left_and_all_else_stays(text: str) -> None:
    cleaned = clean(text)
    assert not _HARMFUL & set(cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()
    if not _HARMFUL & set(text):
        assert cleaned == text


@pytest.mark.parametrize("char", sorted(_HARMFUL))
def test_each_harmful_character_is_replaced_one_for_one(char: str) -> None:
    assert clean(f"a{char}b{char}") == "a\ufffdb\ufffd"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\tb", "a\tb"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\ufffdb"),
        ("a\r\r\nb", "a\ufffd\nb"),
        ("👩\u200d👩\u200d👧 שלום\u200f é", "👩\u200d👩\u200d👧 שלום\u200f é"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["x" * MAX_TEXT_CHARS, "😀" * MAX_TEXT_CHARS, "x"])
def test_messages_that_are_sent(text: str) -> None:
    check_message(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("\u3000", "empty"),
        ("x" * (MAX_TEXT_CHARS + 1), "too-long"),
    ],
)
def test_messages_that_are_refused(text: str, code: str) -> None:
    with pytest.raises(RemoteError) as refused:
        check_message(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("check", "limit"), [(check_topic, MAX_TOPIC_CHARS), (check_status, MAX_STATUS_CHARS)]
)
def test_a_topic_and_a_status_are_one_line(check: Callable[[str], str], limit: int) -> None:
    assert check(" the\n new\tlogo ") == "the new logo"
    assert check(" \n") == ""
    assert check("😀" * limit + " ") == "😀" * limit
    with pytest.raises(RemoteError, match=f"at most {limit} characters") as refused:
        check("x" * (limit + 1))
    assert refused.value.code == "too-long"
