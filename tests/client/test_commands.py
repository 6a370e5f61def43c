"""What a line of the composer asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.client.commands import Action, Asked, parse
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_STATUS_CHARS, MAX_TEXT_CHARS, MAX_TOPIC_CHARS
from tkchat.wire.presence import State


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("hello", Asked(Action.SAY, "", "hello")),
        ("one\n/two\nthree\n", Asked(Action.SAY, "", "one\n/two\nthree")),
        ("/etc\n/usr", Asked(Action.SAY, "", "/etc\n/usr")),
        ("//etc", Asked(Action.SAY, "", "/etc")),
        ("  /indented", Asked(Action.SAY, "", "  /indented")),
        ("/me waves  twice", Asked(Action.SAY, "", "* alice waves  twice")),
        ("/msg bob well, hello", Asked(Action.SAY, "@bob", "well, hello")),
        ("/MSG @bob hi\n", Asked(Action.SAY, "@bob", "hi")),
        ("/join #ops", Asked(Action.JOIN, "ops")),
        ("/who", Asked(Action.WHO)),
        ("/who ops", Asked(Action.WHO, "ops")),
        ("/rooms", Asked(Action.ROOMS)),
        ("/leave", Asked(Action.LEAVE)),
        ("/leave #ops", Asked(Action.LEAVE, "ops")),
        ("/topic", Asked(Action.TELL_TOPIC)),
        ("/topic  all  things ", Asked(Action.SET_TOPIC, text="all things")),
        ("/topic -", Asked(Action.SET_TOPIC)),
        ("/away", Asked(Action.BE, state=State.AWAY)),
        ("/away back at 3", Asked(Action.BE, text="back at 3", state=State.AWAY)),
        ("/busy", Asked(Action.BE, state=State.BUSY)),
        ("/back", Asked(Action.BE, state=State.HERE)),
        ("/status in Paris", Asked(Action.BE, text="in Paris")),
        ("/status", Asked(Action.BE)),
        ("/quit", Asked(Action.QUIT)),
        ("", None),
        (" \n ", None),
    ],
)
def test_what_is_asked_for(text: str, asked: Asked | None) -> None:
    assert parse(text, "alice") == asked


def test_help_lists_everything() -> None:
    asked = parse("/help", "alice")
    assert asked is not None
    assert asked.action is Action.HELP
    for usage in ("/help", "/topic [TEXT]", "/back", "/who [ROOM]", "/msg NAME TEXT", "//text"):
        assert usage in asked.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/nonsense", "bad-line"),
        ("/join", "bad-line"),
        ("/join a b", "bad-line"),
        ("/join a~b", "bad-name"),
        ("/msg bob", "bad-line"),
        ("/back now", "bad-line"),
        ("/topic " + "x" * (MAX_TOPIC_CHARS + 1), "too-long"),
        ("/away " + "x" * (MAX_STATUS_CHARS + 1), "too-long"),
        ("/msg a~b hi", "bad-name"),
        ("x" * (MAX_TEXT_CHARS + 1), "too-long"),
    ],
)
def test_what_cannot_be_done_says_why(text: str, code: str) -> None:
    with pytest.raises(RemoteError) as refusal:
        parse(text, "alice")
    assert refusal.value.code == code


@given(st.text())
def test_nothing_else_ever_goes_wrong(text: str) -> None:
    for typed in (text, f"/{text}", f"/msg {text}"):
        try:
            parse(typed, "alice")
        except RemoteError:
            continue
