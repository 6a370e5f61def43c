"""What a lasting event consists of: its kind, its mid, its time."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.refusals import refusal
from tests.wire.strategies import any_text, mids, times
from tkchat.wire.entry import Kind, check_mid, format_time, from_ms, parse_time, to_ms
from tkchat.wire.errors import RemoteError

_NOON = 1_795_176_000_123


def test_what_is_said_has_a_place_in_the_list_of_messages() -> None:
    assert [kind for kind in Kind if kind.is_message] == [Kind.MESSAGE, Kind.REPLY]


@given(mids)
def test_a_mid_is_128_bits_in_hexadecimal(mid: str) -> None:
    assert check_mid(mid) == mid
    assert check_mid(mid.upper()) == mid.upper()


@pytest.mark.parametrize("mid", ["", "a" * 31, "a" * 33, "g" * 32, "a" * 32 + "\n", "٣" * 32])
def test_anything_else_is_not_a_mid(mid: str) -> None:
    with pytest.raises(RemoteError, match="32 hexadecimal digits") as refused:
        check_mid(mid)
    assert refused.value.code == "bad-line"


def test_a_time_is_spelled_as_in_rfc_3339_in_utc_with_milliseconds() -> None:
    assert format_time(_NOON) == "2026-11-20T12:00:00.123Z"
    assert format_time(0) == "1970-01-01T00:00:00.000Z"


@given(times)
def test_a_time_comes_back(time_ms: int) -> None:
    assert to_ms(from_ms(time_ms)) == time_ms
    assert parse_time(format_time(time_ms)) == time_ms


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-20T12:00:00.123456Z",
        "2026-11-20T13:00:00.123+01:00",
        "2026-11-20 12:00:00.123+00:00",
    ],
)
def test_a_time_may_be_written_in_another_way_of_rfc_3339(written: str) -> None:
    assert parse_time(written) == _NOON


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2026-11-20",
        "2026-11-20T12:00:00",
        "2026-13-20T12:00:00Z",
        "2026-11-20T25:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00+23:59",
        "3000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
    ],
)
def test_what_no_clock_shows_is_refused(written: str) -> None:
    with pytest.raises(RemoteError, match="is not a time") as refused:
        parse_time(written)
    assert refused.value.code == "bad-line"


@given(any_text | st.datetimes().map(str) | st.datetimes(timezones=st.timezones()).map(str))
def test_whatever_is_read_as_a_time_can_be_shown(written: str) -> None:
    if code := refusal(parse_time, written):
        assert code == "bad-line"
    else:
        assert 1970 <= datetime.fromtimestamp(parse_time(written) / 1000, UTC).year < 3000
