"""What is decided about lasting events: what is refused, and who is told what in one turn."""

import time
from collections.abc import Iterator

import pytest

from tests.net.pairs import connected
from tkchat.net.connection import Connection
from tkchat.server import accounts
from tkchat.server.chat import Chat
from tkchat.server.log_records import Batch
from tkchat.server.member import Member
from tkchat.server.speech import say, say_plain, say_plain_to, typing
from tkchat.wire.entry import Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.requests import Say

MID, OTHER_MID = "1" * 32, "2" * 32


class Scene:
    """A chat with alice and bob, tagged, and carol, plain."""

    def __init__(self, chat: Chat, connection: Connection) -> None:
        self.chat = chat
        self.connection = connection
        self.alice, self.bob = (self.admit(name) for name in ("alice", "bob"))
        self.carol = chat.enter("carol", connection)
        self.commit()

    def admit(self, name: str) -> Member:
        member = self.chat.admit(name, "", "", self.connection).member
        self.chat.subscribe(member)
        self.chat.release(member)
        return member

    def commit(self) -> dict[str, str]:
        """End the turn as the hub does; return what each was told of it."""
        turn = self.chat.turn
        self.chat.log.commit(turn.batch)
        turn.batch = Batch()
        told = {member.name: self._owed(member) for member in self.chat.members}
        self.chat.end_turn()
        return told

    def _owed(self, member: Member) -> str:
        if member in self.chat.turn.with_script:
            member.settle()
            return b"".join(bytes(chunk) for chunk in member.take_script()).decode()
        assert member.audience is not None
        return member.audience.feed.block().decode()

    def refusal(self, member: Member, asked: Say) -> str:
        with pytest.raises(RemoteError) as refused:
            say(self.chat, member, asked)
        return refused.value.code


@pytest.fixture
def scene(chat: Chat) -> Iterator[Scene]:
    with connected() as (connection, _):
        yield Scene(chat, connection)


def test_everybody_in_the_room_is_told_and_the_author_has_the_mid(scene: Scene) -> None:
    say(scene.chat, scene.alice, Say("general", "hello", MID))
    told = scene.commit()
    assert told["bob"].startswith("@seq=1;room=general;time=")
    assert told["bob"].endswith("Z alice~hello\n")
    assert told["alice"].endswith(f"Z;mid={MID} alice~hello\n")
    assert told["carol"] == "alice~hello\n"
    record = scene.chat.log.find(1)
    assert record is not None
    assert (record.mid, record.text, record.author_id) == (MID, "hello", 1)


def test_the_author_s_line_stands_where_the_others_line_does(scene: Scene) -> None:
    say_plain(scene.chat, scene.carol, "one")
    say(scene.chat, scene.alice, Say("general", "two", MID))
    say(scene.chat, scene.bob, Say("general", "three", OTHER_MID))
    told = scene.commit()
    for name in ("alice", "bob", "carol"):
        texts = [line.partition("~")[2] for line in told[name].splitlines()]
        assert texts == ["one", "two", "three"]


def test_what_is_refused_leaves_no_trace(scene: Scene) -> None:
    assert scene.refusal(scene.alice, Say("nowhere", "hello", MID)) == "no-room"
    assert scene.refusal(scene.alice, Say("general", "", MID)) == "empty"
    assert scene.refusal(scene.alice, Say("@alice", "x" * 5_000, MID)) == "too-long"
    assert scene.chat.turn.batch.is_empty
    assert scene.commit() == {"alice": "", "bob": "", "carol": ""}


def test_a_repeated_mid_is_told_to_its_author_alone(scene: Scene) -> None:
    say(scene.chat, scene.alice, Say("general", "hello", MID))
    first = scene.commit()["alice"]
    for room in ("general", "", "#General"):
        say(scene.chat, scene.alice, Say(room, "hello", MID))
    assert scene.commit() == {"alice": first * 3, "bob": "", "carol": ""}
    for asked in (
        Say("general", "hallo", MID),
        Say("@alice", "hello", MID),
        Say("", "hello", MID, Kind.REPLY, 1),
    ):
        assert scene.refusal(scene.alice, asked) == "mid-reused"


def test_changes_of_the_same_turn_count(scene: Scene) -> None:
    say(scene.chat, scene.alice, Say("general", "hello", MID))
    scene.commit()
    for _ in range(3):
        say(scene.chat, scene.bob, Say("", "👍", "", Kind.REACT, 1))
    told = scene.commit()["carol"].splitlines()
    assert [line.partition(" with")[0] for line in told] == [
        "bob~(reacts",
        "bob~(no longer reacts",
        "bob~(reacts",
    ]
    say(scene.chat, scene.alice, Say("", "", "", Kind.DELETE, 1))
    assert scene.refusal(scene.bob, Say("", "hi", "", Kind.REPLY, 1)) == "no-such-message"


def test_what_does_not_fit_into_a_plain_line_is_refused(scene: Scene) -> None:
    long_name = "\U00020000" * 32
    writer = scene.admit(long_name)
    say(scene.chat, writer, Say(f"@{long_name}", "hello"))
    scene.commit()
    longest = Say("", "😀" * 4_000, MID, Kind.REPLY, 1)
    assert scene.refusal(writer, longest) == "too-long"
    assert scene.chat.turn.batch.is_empty


def test_an_answer_to_a_plain_client_does_not_reach_who_has_the_name_now(scene: Scene) -> None:
    say_plain_to(scene.chat, scene.carol, "bob", "psst")
    scene.commit()
    scene.chat.leave(scene.carol)
    scene.commit()
    scene.admit("carol")
    scene.commit()
    with pytest.raises(RemoteError) as refused:
        say(scene.chat, scene.bob, Say("", "what?", MID, Kind.REPLY, 1))
    assert refused.value.code == "no-such-message"


def test_an_answer_to_who_had_the_name_before_does_not_reach_its_owner_now(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(scene.chat, scene.alice, Say("@bob", "psst", MID))
    scene.commit()
    scene.chat.leave(scene.bob)
    scene.commit()
    later = time.time() + accounts.UNUSED_SECONDS + 5
    monkeypatch.setattr(time, "time", lambda: later)
    scene.admit("bob")
    scene.commit()
    say(scene.chat, scene.alice, Say("", "psst!", OTHER_MID, Kind.EDIT, 1))
    told = scene.commit()
    assert "room=@bob" in told["alice"]
    assert told["bob"] == ""


def test_a_plain_client_says_it_to_one_person(scene: Scene) -> None:
    say_plain_to(scene.chat, scene.carol, "BOB", "psst")
    told = scene.commit()
    assert told["carol"] == "carol~(to bob only) psst\n"
    assert told["bob"].endswith(" carol~psst\n")
    assert "room=@carol" in told["bob"]
    assert told["alice"] == ""
    with pytest.raises(RemoteError) as refused:
        say_plain_to(scene.chat, scene.carol, "nobody", "psst")
    assert refused.value.code == "not-allowed"


def test_typing_is_told_to_tagged_people_only(scene: Scene) -> None:
    typing(scene.chat, scene.alice, "#General")
    told = scene.commit()
    assert told["bob"] == "@event=typing;room=general;user=alice\n"
    assert told["carol"] == ""
    typing(scene.chat, scene.alice, "@Bob")
    typing(scene.chat, scene.alice, "@carol")
    typing(scene.chat, scene.alice, "@nobody")
    assert scene.commit() == {
        "alice": "",
        "bob": "@event=typing;room=@alice;user=alice\n",
        "carol": "",
    }
