"""What the plain dialect makes of a host's lines, and how it spells what a person says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.client.dialect import Answer, NameRefused, PlainDialect
from tkchat.client.events import (
    Came,
    Entered,
    Event,
    Noticed,
    PeopleHere,
    RoomsThere,
    Said,
    Welcome,
    Went,
)
from tkchat.wire.errors import WireError
from tkchat.wire.limits import MAX_TEXT_CHARS
from tkchat.wire.names import GENERAL

GREETING = b"SERVER~alice joined the chat app"
QUESTIONS = [b"/who\n", b"/rooms\n"]


def dialect_in_chat(name: str = "alice") -> PlainDialect:
    dialect = PlainDialect(name)
    dialect.hello()
    dialect.receive(f"SERVER~{name} joined the chat app".encode())
    return dialect


def test_the_first_line_is_the_name() -> None:
    assert PlainDialect("alice").hello() == [b"alice\n"]


def test_the_greeting_is_the_welcome_and_asks_who_is_there() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    answer = dialect.receive(GREETING)
    assert answer.events == [Welcome("alice", GENERAL), Came("alice")]
    assert answer.replies == QUESTIONS


def test_the_host_may_spell_the_name_in_its_own_way() -> None:
    dialect = PlainDialect("ALICE")
    dialect.hello()
    assert dialect.receive(GREETING).events[0] == Welcome("alice", GENERAL)


def test_somebody_elses_greeting_is_none_of_ours() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    events = dialect.receive(b"SERVER~bob joined the chat app").events
    assert events == [Welcome("alice", GENERAL), Came("bob")]


def test_a_refused_name_is_told_without_the_advice_to_choose_another() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    with pytest.raises(NameRefused, match=r"^The name alice is taken\.$"):
        dialect.receive(b"SERVER~The name alice is taken. Choose another username.")


def test_in_the_chat_a_notice_about_names_refuses_nothing() -> None:
    dialect = dialect_in_chat()
    text = "Choose another username."
    assert dialect.receive(f"SERVER~{text}".encode()).events == [Noticed(text)]


def test_a_notice_before_the_greeting_is_no_welcome() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    assert dialect.receive(b"SERVER~Be nice").events == [Noticed("Be nice")]
    assert dialect.receive(GREETING).events[0] == Welcome("alice", GENERAL)


def test_silence_is_the_welcome_of_a_host_that_does_not_greet() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    welcome, notice = dialect.silence().events
    assert welcome == Welcome("alice", GENERAL)
    assert isinstance(notice, Noticed)
    assert dialect.silence() == Answer()


def test_a_message_is_the_welcome_of_a_host_that_does_not_greet() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    assert dialect.receive(b"bob~hi").events == [Welcome("alice", GENERAL), Said("bob", "hi")]
    assert dialect.receive(b"bob~hi").events == [Said("bob", "hi")]


def test_a_host_that_greets_late_is_asked_all_the_same() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    dialect.silence()
    assert dialect.receive(GREETING).replies == QUESTIONS


def test_a_host_that_refuses_late_is_believed() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    dialect.silence()
    with pytest.raises(NameRefused):
        dialect.receive(b"SERVER~The name alice is taken. Choose another username.")


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("bob~hi ~ there", Said("bob", "hi ~ there")),
        ("SERVER~bob joined the room general", Came("bob")),
        ("SERVER~bob left the chat app", Went("bob")),
        ("SERVER~bob left the room general", Went("bob")),
        ("SERVER~In general (2): alice bob", PeopleHere(("alice", "bob"))),
        ("SERVER~In ops (1): carol", Noticed("In ops (1): carol")),
        ("SERVER~Rooms: general (2) ops (1)", RoomsThere((("general", 2), ("ops", 1)))),
        ("SERVER~The chat is closing", Noticed("The chat is closing")),
        ("no tilde at all", Noticed("no tilde at all")),
        ("bob~red \x1b[31m", Said("bob", "red \ufffd[31m")),
        ("", Noticed("")),
    ],
)
def test_a_line_becomes_an_event(line: str, event: Event) -> None:
    assert dialect_in_chat().receive(line.encode()).events == [event]


def test_moving_asks_who_is_there() -> None:
    dialect = dialect_in_chat()
    assert dialect.move("ops") == [b"/join ops\n"]
    answer = dialect.receive(b"SERVER~alice joined the room ops")
    assert answer.events == [Entered("ops"), Came("alice")]
    assert answer.replies[0] == b"/who\n"
    assert dialect.receive(b"SERVER~In ops (1): alice").events == [PeopleHere(("alice",))]


def test_a_reconnect_leads_back_to_the_room_however_many_tries_it_takes() -> None:
    dialect = dialect_in_chat()
    dialect.receive(b"SERVER~alice joined the room ops")
    dialect.hello()
    with pytest.raises(NameRefused):
        dialect.receive(b"SERVER~The name alice is taken. Choose another username.")
    dialect.hello()
    assert dialect.receive(GREETING).replies == [b"/join ops\n"]
    dialect.hello()  # that connection broke too, before the room was reached
    assert dialect.receive(GREETING).replies == [b"/join ops\n"]
    assert dialect.receive(b"bob~not for ops").events == []
    answer = dialect.receive(b"SERVER~alice joined the room ops")
    assert answer.events == [Welcome("alice", "ops"), Came("alice")]


def test_a_room_that_cannot_be_reached_again_is_done_without() -> None:
    dialect = dialect_in_chat()
    dialect.receive(b"SERVER~alice joined the room ops")
    dialect.hello()
    dialect.receive(GREETING)
    assert dialect.receive(b"SERVER~There is no way there.").events == [
        Noticed("There is no way there.")
    ]
    assert dialect.silence().events[0] == Welcome("alice", GENERAL)


def test_who_went_back_to_general_stays_there() -> None:
    dialect = dialect_in_chat()
    dialect.receive(b"SERVER~alice joined the room ops")
    dialect.receive(b"SERVER~alice joined the room general")
    dialect.hello()
    assert b"/join ops\n" not in dialect.receive(GREETING).replies


def test_rooms_are_asked_for_again_only_where_they_are_known() -> None:
    dialect = PlainDialect("alice")
    dialect.hello()
    dialect.silence()
    assert dialect.refresh() == []
    assert dialect_in_chat().refresh() == [b"/rooms\n"]


def test_other_peoples_moves_cost_nothing() -> None:
    answer = dialect_in_chat().receive(b"SERVER~bob left the room general")
    assert answer.replies == []


@pytest.mark.parametrize(
    ("text", "lines", "said"),
    [
        ("hello", [b"hello\n"], ["hello"]),
        ("  indented", [b"  indented\n"], ["  indented"]),
        ("one\ntwo\r\n\n  \nthree\n", [b"one\n", b"two\n", b"three\n"], ["one", "two", "three"]),
        ("/join ops", [b"/join ops\n"], []),
        ("/join ops\n", [b"/join ops\n"], []),
        ("//etc", [b"//etc\n"], ["/etc"]),
        ("//", [b"//\n"], ["/"]),
        ("/etc\n/usr", [b"//etc\n", b"//usr\n"], ["/etc", "/usr"]),
        ("//a\nb", [b"///a\n", b"b\n"], ["//a", "b"]),
        ("", [], []),
        (" \n ", [], []),
        ("a\x1bb\ud800", ["a\ufffdb\ufffd\n".encode()], ["a\ufffdb\ufffd"]),
        ("a\rb", ["a\ufffdb\n".encode()], ["a\ufffdb"]),
    ],
)
def test_what_is_said(text: str, lines: list[bytes], said: list[str]) -> None:
    assert dialect_in_chat().say(text) == (lines, said)


@pytest.mark.parametrize("start", ["", "//", "fine\n"])
def test_a_message_that_is_too_long_is_refused_whole(start: str) -> None:
    with pytest.raises(WireError, match="please split it"):
        dialect_in_chat().say(start + "x" * (MAX_TEXT_CHARS + 1))


def test_the_longest_message_fits_in_a_line() -> None:
    text = "/" + "\U0001f600" * (MAX_TEXT_CHARS - 1)
    assert dialect_in_chat().say(f"/{text}")[1] == [text]


@given(st.text())
def test_what_the_echo_brings_is_what_was_said(text: str) -> None:
    """Otherwise a message would never be confirmed."""
    dialect = dialect_in_chat()
    lines, said = dialect.say(text)
    echoed = []
    for line in lines if said else []:
        sent = line.decode().removesuffix("\n")
        spoken = sent[1:] if sent.startswith("/") else sent
        echoed += dialect.receive(f"alice~{spoken}".encode()).events
    assert echoed == [Said("alice", line) for line in said]


NAMES = st.sampled_from(["alice", "ALICE", "bob", "\u2603", "ª", "SERVER", ""]) | st.text()
SENTENCES = ["{} joined the chat app", "{} left the room x", "In general (1): {}", "Rooms: {} (1)"]
HOSTILE = st.builds(
    lambda sentence, name: f"SERVER~{sentence.format(name)}".encode("utf-8", "surrogatepass"),
    st.sampled_from(SENTENCES),
    NAMES,
)


@given(NAMES, st.lists(HOSTILE | st.binary()), st.booleans())
def test_no_host_can_make_it_fail(name: str, lines: list[bytes], is_in: bool) -> None:
    dialect = PlainDialect(name)
    if is_in:
        dialect.silence()
    for line in lines:
        try:
            answer = dialect.receive(line)
        except NameRefused:
            continue
        assert all(reply.endswith(b"\n") for reply in answer.replies)
