"""History and search: answered in the order of the lines, for nobody but who may read it."""

from tests.server.tagged_kit import tagged_people
from tkchat.server.server import Server
from tkchat.wire.requests import AskHistory, AskJoin, AskSearch, Say
from tkchat.wire.tagged import Found, FoundAll


def test_lines_of_one_send_are_done_in_their_order(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        alice.ask(
            AskJoin("lab"),
            Say("lab", "hello lab"),
            AskHistory("h1", "lab"),
            Say("lab", "good night"),
            AskSearch("s1", "nigh"),
        )
        answers = {
            event.re: event.entry.text
            for event in alice.read_until(lambda event: event == FoundAll("s1", more=False))
            if isinstance(event, Found)
        }
    assert answers == {"h1": "hello lab", "s1": "good night"}


def test_pages_follow_each_other(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        for number in range(5):
            alice.confirm(alice.say(f"{number}"))
        pages: list[list[str]] = []
        before = 0
        for more in (True, True, False):
            alice.ask(AskHistory("h", "general", before, limit=2))
            found = alice.read_until(lambda event: isinstance(event, FoundAll))
            assert found[-1] == FoundAll("h", more)
            entries = [event.entry for event in found if isinstance(event, Found)]
            pages.insert(0, [entry.text for entry in entries])
            before = entries[0].seq
    assert pages == [["0"], ["1", "2"], ["3", "4"]]


def test_what_one_may_not_read_is_refused_or_not_found(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob", "carol") as (alice, bob, carol):
        alice.confirm(alice.say("only for bob", room="@bob"))
        carol.ask(AskHistory("h1", "@bob"), AskHistory("h2", "lab"), AskSearch("s", "only"))
        events = carol.read_until(lambda event: isinstance(event, FoundAll))
        assert [getattr(event, "code", "") for event in events][-3:] == ["no-room", "no-room", ""]
        assert not [event for event in events if isinstance(event, Found)]
        bob.ask(AskSearch("s", "only"))
        found = bob.read_until(lambda event: isinstance(event, FoundAll))
        assert [event.entry.room for event in found if isinstance(event, Found)] == ["@alice"]
