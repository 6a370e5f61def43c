"""Roles, rules and decisions on the wire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.strategies import any_text, names, times
from tkchat.wire import order, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line, decode_tagged
from tkchat.wire.order import Audit, Banned, Done, Knock, MutedFor, Outcome, Role, RoleIs, Rules

_re = st.text("abcXYZ019", max_size=8)
_texts = any_text.map(lambda text: text.removeprefix("SERVER~"))
order_events = st.one_of(
    st.builds(RoleIs, names, st.sampled_from(Role)),
    st.builds(Rules, names, st.booleans(), st.integers(0, 3600), _texts),
    st.builds(MutedFor, st.none() | st.integers(0, 10**9), _texts),
    st.builds(order.Waiting, st.integers(1, 10**9), _texts),
    st.builds(Knock, names, st.sampled_from(Outcome), _texts),
    st.builds(order.Removed, _texts),
    st.builds(Audit, _re, times, names, st.sampled_from(["mute", "ban"]), names, _texts),
    st.builds(Banned, _re, times, names, names, _texts),
    st.builds(Done, _re, _texts),
)


@given(order_events)
def test_what_is_said_is_what_is_read(event: order.Event) -> None:
    assert tagged.decode(decode_tagged(tagged.encode(event).removesuffix(b"\n"))) == event


@given(order_events)
def test_every_line_reads_well_without_its_tags(event: order.Event) -> None:
    assert order.line(event).text.startswith("SERVER~")


def test_how_they_are_spelled() -> None:
    assert tagged.encode(RoleIs("bob", Role.MODERATOR)) == (
        b"@event=role;user=bob;role=moderator SERVER~bob is a moderator\n"
    )
    assert tagged.encode(RoleIs("alice", Role.HOST)).endswith(b"SERVER~alice is the host\n")
    assert tagged.encode(MutedFor(None, "for good")) == b"@event=muted SERVER~for good\n"
    assert tagged.encode(Done("", "bob is muted.")) == b"@event=done SERVER~bob is muted.\n"


@pytest.mark.parametrize(
    "tags",
    [
        {"event": "role", "user": "bob", "role": "king"},
        {"event": "role", "role": "host"},
        {"event": "knock", "user": "bob"},
        {"event": "rules"},
        {"event": "audit", "action": "mute", "time": "soon"},
        {"event": "muted", "seconds": "many"},
    ],
)
def test_what_makes_no_sense_is_a_bad_line(tags: dict[str, str]) -> None:
    with pytest.raises(RemoteError) as refused:
        tagged.decode(Line("", tags))
    assert refused.value.code == "bad-line"
