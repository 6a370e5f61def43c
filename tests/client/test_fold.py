"""What edits, reactions and a deletion make of a message. In any order: test_chronicle.py."""

from datetime import UTC, datetime

from tests.client.logs import done
from tkchat.client.fold import QUOTED_CHARS, Fold, quote
from tkchat.client.message import Kind, Message
from tkchat.wire import entry as wire
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def folded(*entries: Entry, pending: tuple[Say, ...] = ()) -> Message:
    message = Message(0, Kind.SAID, "bob", "first", NOON)
    fold = Fold("first", {each.seq: each for each in entries}, {say.mid: say for say in pending})
    fold.apply_to(message, "alice")
    return message


def test_the_last_edit_counts_whenever_it_became_known() -> None:
    edits = [done(3, wire.Kind.EDIT, 1, "third"), done(2, wire.Kind.EDIT, 1, "second")]
    assert folded(*edits).text == "third"
    assert folded().edited is False


def test_a_deletion_wins_over_everything() -> None:
    delete, edit = done(2, wire.Kind.DELETE, 1), done(3, wire.Kind.EDIT, 1, "again")
    message = folded(delete, edit, done(4, wire.Kind.REACT, 1, "👍"))
    assert (message.deleted, message.text, message.edited, message.reactions) == (
        True,
        "",
        False,
        {},
    )


def test_the_same_reaction_again_takes_it_back() -> None:
    def react(seq: int, emoji: str, author: str) -> Entry:
        return done(seq, wire.Kind.REACT, 1, emoji, author)

    message = folded(
        react(2, "👍", "bob"), react(3, "👍", "eve"), react(4, "❤", "bob"), react(5, "👍", "bob")
    )
    assert message.reactions == {"👍": ["eve"], "❤": ["bob"]}


def test_what_this_person_does_is_shown_before_the_host_has_it() -> None:
    edit = Say(GENERAL, "mine", "1" * 32, wire.Kind.EDIT, 1)
    react = Say(GENERAL, "👍", "2" * 32, wire.Kind.REACT, 1)
    message = folded(done(2, wire.Kind.EDIT, 1, "theirs"), pending=(edit, react))
    assert (message.text, message.reactions) == ("mine", {"👍": ["alice"]})


def test_a_quote_is_one_short_line() -> None:
    message = Message(0, Kind.SAID, "bob", "word\n" * 100, NOON)
    author, words = quote(message)
    assert author == "bob"
    assert words.startswith("word word")
    assert words.endswith("…")
    assert len(words) == QUOTED_CHARS
