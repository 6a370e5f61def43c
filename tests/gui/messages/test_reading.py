"""The messages of a room with a real session behind them: history, jumps, read marks."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import focus, press
from tests.tagged import TaggedClient
from tkchat.client import rooms
from tkchat.gui.messages import reading
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin

SAID = 180


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    """Somebody who has said a lot."""
    with TaggedClient(server.address, "bob") as bob:
        bob.say_many(SAID)
        yield bob


def shown(person: Person) -> list[int]:
    """Return the numbers of bob's messages as they stand in the list."""
    found = [line for line in person.read.split("\n") if line.startswith("message ")]
    return [int(line.split()[1]) for line in found]


def test_scrolling_up_loads_what_was_said_before_one_came(
    people: People, server: Server, bob: TaggedClient
) -> None:
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: shown(alice) == list(range(SAID - 50, SAID)))
    focus(alice.messages.text)
    while shown(alice)[0]:
        before = len(shown(alice))
        press(alice.messages.text, "<Home>")
        people.wait_until(lambda before=before: len(shown(alice)) > before)  # type: ignore[misc]  # a lambda's default has no type
    assert shown(alice) == list(range(SAID))
    people.wait_until(lambda: "This is the beginning of #general." in alice.read)


def test_what_is_here_is_drawn_before_the_host_is_asked(
    people: People, server: Server, bob: TaggedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FILLED", 0)
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: shown(alice)[-1:] == [SAID - 1])
    focus(alice.composer.entry)
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
    alice.go_to("lab")
    people.wait_until(lambda: alice.model.room.name == "lab")
    alice.go_to("general")
    people.wait_until(lambda: len(shown(alice)) >= 20)
    assert shown(alice)[-1] == SAID - 1
    server.close()
    people.wait_until(lambda: "Connection lost" in alice.sees)
    focus(alice.messages.text)
    for _ in range(3):
        press(alice.messages.text, "<Home>")
    people.wait_until(lambda: shown(alice)[0] == SAID - 50)
    people.wait_until(lambda: "Earlier messages are on the host." in alice.read)
    assert "Loading" not in alice.read


def test_an_old_message_is_jumped_to_and_left_again(
    people: People, server: Server, bob: TaggedClient
) -> None:
    old = bob.entries[10]
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: shown(alice) == list(range(SAID - 50, SAID)))
    alice.window._session.around("general", old.seq)
    people.wait_until(lambda: "flash" in alice.tags_of(old.text))
    assert SAID - 1 not in shown(alice)
    people.wait_until(lambda: "Newest messages" in alice.sees)
    assert not alice.messages.at_bottom
    alice.messages.to_bottom()
    people.wait_until(lambda: shown(alice)[-1] == SAID - 1)
    people.wait_until(lambda: "Newest messages" not in alice.sees)


def test_one_that_speaks_in_the_past_is_back_in_the_present(
    people: People, server: Server, bob: TaggedClient
) -> None:
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: len(shown(alice)) == 50)
    alice.window._session.around("general", bob.entries[10].seq)
    people.wait_until(lambda: alice.model.room.place is not None)
    alice.say("what is it now?")
    people.wait_until(lambda: "what is it now?" in alice.read)
    assert shown(alice)[-1] == SAID - 1


def test_a_message_that_is_here_but_not_drawn_is_jumped_to(
    people: People, server: Server, bob: TaggedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FILLED", 0)
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: alice.model.room.last_seq == bob.entries[-1].seq)
    old = bob.entries[SAID - 45]
    alice.window._session.around("general", old.seq)
    people.wait_until(lambda: "flash" in alice.tags_of(old.text))
    assert alice.model.room.place is None


def test_what_is_looked_at_is_read(people: People, server: Server, bob: TaggedClient) -> None:
    alice = people.join(server.address, "alice")
    focus(alice.composer.entry)
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
    focus(alice.messages.text)
    press(alice.messages.text, "<Home>")
    before = alice.model.room.read_seq
    bob.confirm(bob.say("unseen"))
    people.wait_until(lambda: "1 new message" in alice.sees)
    assert alice.model.room.read_seq == before
    press(alice.messages.text, "<End>")
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)


def test_history_is_drawn_above_what_already_waits(
    people: People, server: Server, bob: TaggedClient
) -> None:
    bob.ask(AskJoin("lab"))
    bob.confirm(bob.say("message 0 of the lab", "lab"))
    alice = people.join(server.address, "alice")
    alice.go_to("lab")
    people.wait_until(lambda: alice.model.room.name == "lab")
    alice.say("me too")
    people.wait_until(lambda: "message 0 of the lab" in alice.read and "me too" in alice.read)
    assert alice.read.index("message 0 of the lab") < alice.read.index("me too")


def test_what_is_drawn_may_be_forgotten_while_somebody_reads_there(
    people: People, server: Server, bob: TaggedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FILLED", 0)
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: shown(alice)[-1:] == [SAID - 1])
    people.wait_until(lambda: alice.window._reading._is_on_screen)
    press(alice.messages.text, "<Prior>")
    assert not alice.messages.at_bottom
    monkeypatch.setattr(rooms, "KEPT_MESSAGES", 20)
    newest = SAID + 159
    for number in range(SAID, newest + 1):
        mid = bob.say(f"message {number} of many")
    bob.confirm(mid)
    people.wait_until(lambda: alice.model.room.last_seq == bob.entries[-1].seq)
    assert alice.messages.newest not in {each.key for each in alice.model.room.timeline.messages}
    press(alice.messages.text, "<Home>")
    assert shown(alice) == sorted(set(shown(alice)))
    for _ in range(40):
        press(alice.messages.text, "<Next>")
    people.wait_until(lambda: newest in shown(alice))
    first = shown(alice)[0]
    assert shown(alice) == list(range(first, newest + 1))


def test_mentions_stand_out_once_it_is_known_who_is_there(
    people: People, server: Server, bob: TaggedClient
) -> None:
    with TaggedClient(server.address, "carol") as carol:
        bob.confirm(bob.say("ask @carol or @dave"))
        alice = people.join(server.address, "alice")
        focus(alice.composer.entry)
        people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
        alice.close()
        alice = people.again(alice)
        alice.app.open(server.address, "alice")  # where the message is here before the people are
        people.wait_until(lambda: alice.app.window is not None)
        people.wait_until(lambda: "mention-other" in alice.tags_of("@carol"))
        assert "mention-other" not in alice.tags_of("@dave")
        with TaggedClient(server.address, "dave"):
            people.wait_until(lambda: "mention-other" in alice.tags_of("@dave"))
        assert carol.name == "carol"
