"""Tags with a meaning: what is a number, and what is there at all."""

import pytest
from hypothesis import given

from tests.wire.strategies import any_text, numbers
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line
from tkchat.wire.tags import tag_name, tag_number


@given(numbers)
def test_a_number_is_read(number: int) -> None:
    assert tag_number(Line("", {"seq": str(number)}), "seq") == number


def test_a_number_may_begin_with_zeros() -> None:
    assert tag_number(Line("", {"seq": "007"}), "seq") == 7


@pytest.mark.parametrize(
    "value",
    ["", "-1", "+1", "1.0", "1e3", "0x1", " 1", "1 ", "1_000", "1\n", "\u0663", "²", "9" * 19, "x"],
)
def test_anything_else_is_refused(value: str) -> None:
    with pytest.raises(RemoteError, match="tag seq needs a number") as refused:
        tag_number(Line("", {"seq": value}), "seq")
    assert refused.value.code == "bad-line"


def test_a_number_that_is_missing_is_refused() -> None:
    with pytest.raises(RemoteError, match="tag seq needs a number"):
        tag_number(Line("no tags"), "seq")


@given(any_text.filter(bool))
def test_a_name_is_whatever_is_there(value: str) -> None:
    assert tag_name(Line("", {"room": value}), "room") == value


@pytest.mark.parametrize("line", [Line("no tags"), Line("", {"room": ""}), Line("", {"user": "a"})])
def test_a_name_that_is_missing_or_empty_is_refused(line: Line) -> None:
    with pytest.raises(RemoteError, match="tag room is missing") as refused:
        tag_name(line, "room")
    assert refused.value.code == "bad-line"


def test_a_refusal_shows_only_the_beginning_of_a_long_value() -> None:
    with pytest.raises(RemoteError) as refused:
        tag_number(Line("", {"seq": "9" * 16_000}), "seq")
    assert len(str(refused.value)) < 100
