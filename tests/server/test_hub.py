"""One order for everybody, one winner for a name, and turns that make crowds cheap."""

import itertools
import threading
from collections.abc import Iterator, Sequence

import pytest

from tests.net.pairs import connected
from tests.server.crowd import all_hear, crowd, join_at_once
from tests.support import Client, need_sockets, wait_until
from tkchat.net.stream import Chunk, PlainStream
from tkchat.server import hub as hub_module
from tkchat.server import server as server_module
from tkchat.server.chat import Chat
from tkchat.server.hub import Hub, HubClosed, Request
from tkchat.server.log import Log, LogError
from tkchat.server.member import Feed, Member
from tkchat.server.server import Server
from tkchat.server.speech import say_plain, say_plain_to
from tkchat.wire.errors import RemoteError


class CountingStream(PlainStream):
    """A stream that counts the sends of all streams."""

    sends = itertools.count()

    def send_now(self, chunks: Sequence[Chunk]) -> int:
        next(CountingStream.sends)
        return super().send_now(chunks)


def test_everybody_hears_the_same_order(server: Server) -> None:
    names = [f"p{number}" for number in range(6)]
    with crowd(server.address, len(names)) as clients:
        join_at_once(clients)
        # Only when all are in does anybody speak, so that all hear all of it.
        for client in clients:
            client.read_until(f"SERVER~{client.name} joined the chat app")

        def talk(client: Client) -> None:
            for number in range(300):
                client.say(f"{number}")

        talkers = [threading.Thread(target=talk, args=(client,)) for client in clients]
        for talker in talkers:
            talker.start()
        for talker in talkers:
            talker.join()
        said = [list(itertools.islice(_spoken(client), 6 * 300)) for client in clients]
    assert all(lines == said[0] for lines in said)
    for name in names:
        assert [line for line in said[0] if line.startswith(f"{name}~")] == [
            f"{name}~{number}" for number in range(300)
        ]


def _spoken(client: Client) -> Iterator[str]:
    while (line := client.read_line()) is not None:
        if not line.startswith("SERVER~"):
            yield line


def test_of_two_who_want_a_name_at_once_exactly_one_gets_it(server: Server) -> None:
    races = 200
    with crowd(server.address, races) as ones, crowd(server.address, races) as others:
        for number, (one, other) in enumerate(zip(ones, others, strict=True)):
            one.say(f"Name{number}")
            other.say(f"nAME{number}")
        for number, (one, other) in enumerate(zip(ones, others, strict=True)):
            answers = [_answer(one, f"Name{number}"), _answer(other, f"nAME{number}")]
            assert sorted(answers) == ["is in", "is refused"]


def _answer(client: Client, name: str) -> str:
    while line := client.read_line():
        if line == f"SERVER~{name} joined the chat app":
            return "is in"
        if line == f"SERVER~The name {name} is taken. Choose another username.":
            return "is refused"
    raise AssertionError(f"no answer: {client}")


def test_1_000_who_join_at_once_cost_few_sends_and_all_hear_all(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 1_000
    need_sockets(2 * count + 200)
    monkeypatch.setattr(server_module, "PlainStream", CountingStream)
    with crowd(server.address, count) as clients:
        CountingStream.sends = itertools.count()
        join_at_once(clients)
        for client in clients:
            client.expect(f"SERVER~{client.name} joined the chat app")
        sends = next(CountingStream.sends)
        clients[0].say("over")
        all_hear(clients, "p0~over")
    # A send for each member at each join would be half a million; it is some 7,000, and 13,000
    # where the hub does not wait for others who come.
    assert sends < 50 * count
    order = max((client.heard[:-1] for client in clients), key=len)
    assert len(order) == count
    for client in clients:
        assert client.heard[:-1] == order[order.index(client.heard[0]) :]


def saying(text: str) -> Request:
    return Request(lambda chat, member: say_plain(chat, member, text))


def _fail(chat: Chat, member: Member) -> None:
    raise ZeroDivisionError


def test_a_request_that_fails_is_logged_and_ends_nothing(
    hub: Hub, no_logged_error: list[str]
) -> None:
    with connected() as (connection, peer):
        alice = hub.enter("alice", connection)
        hub.request(alice, [Request(_fail)])
        hub.request(alice, [saying("still here")])
        hub.close()
        hub.close()
        assert peer.recv(1_000).endswith(b"alice~still here\nSERVER~The chat is closing\n")
    assert "ZeroDivisionError" in no_logged_error[0]
    no_logged_error.clear()


@pytest.mark.parametrize("asks", [True, False], ids=["by itself", "with its room"])
def test_one_who_cannot_be_sent_to_harms_nobody_else(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, no_logged_error: list[str], asks: bool
) -> None:
    with connected() as (broken, _), connected() as (good, peer):
        bad = hub.enter("bad", broken)
        alice = hub.enter("alice", good)
        assert peer.recv(1_000) == b"SERVER~alice joined the chat app\n"
        monkeypatch.setattr(broken, "send", lambda *chunks: 1 / 0)
        if asks:
            hub.request(bad, [Request(lambda chat, member: chat.who(member))])
        hub.request(alice, [saying("still here")])
        assert peer.recv(1_000) == b"alice~still here\n"
        assert broken.closed.wait(10), "it has missed something"
        hub.close()
    assert "nothing can be sent to bad" in no_logged_error[0]
    assert "ZeroDivisionError" in no_logged_error[0]
    no_logged_error.clear()


def test_a_turn_that_fails_is_over_and_the_chat_goes_on(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, no_logged_error: list[str]
) -> None:
    with connected() as (connection, peer):
        alice = hub.enter("alice", connection)
        assert peer.recv(1_000) == b"SERVER~alice joined the chat app\n"
        with monkeypatch.context() as patched:
            patched.setattr(Feed, "block", lambda feed: 1 / 0)
            hub.request(alice, [saying("lost")])
            wait_until(lambda: no_logged_error)
        hub.request(alice, [saying("still here")])
        assert peer.recv(1_000) == b"alice~still here\n"
        hub.close()
    assert "ZeroDivisionError" in no_logged_error[0]
    no_logged_error.clear()


def test_a_closed_hub_lets_nobody_in(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "ANSWER_SECONDS", 0.01)
    hub.close()
    with connected() as (connection, _), pytest.raises(HubClosed):
        hub.enter("alice", connection)


def test_a_hub_is_busy_while_much_waits(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "BUSY_ITEMS", 2)
    go_on = threading.Event()

    def wait(chat: Chat, member: Member) -> None:
        go_on.wait(10)

    with connected() as (connection, _):
        alice = hub.enter("alice", connection)
        hub.request(alice, [Request(wait)])
        assert not hub.is_busy
        for _ in range(4):
            hub.request(alice, [])
        assert hub.is_busy
        go_on.set()
        hub.close()
        assert not hub.is_busy


def test_who_comes_into_a_crowd_is_told_together_with_who_else_does(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "CROWD", 1)
    monkeypatch.setattr(hub_module, "CROWD_SECONDS", 0.5)
    monkeypatch.setattr("tests.net.pairs.PlainStream", CountingStream)
    hub = Hub(log)
    with connected() as (connection, _):
        CountingStream.sends = itertools.count()
        hub.start()
        comers = [
            threading.Thread(target=hub.enter, args=(f"p{number}", connection))
            for number in range(20)
        ]
        for comer in comers:
            comer.start()
        for comer in comers:
            comer.join()
        hub.close()
        sends = next(CountingStream.sends)
    assert sends <= 40, "told one by one they would cost more than 200"


def test_a_hub_gathers_for_as_long_as_it_took_to_deliver(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(CountingStream):
        """Takes its time for the first message."""

        def send_now(self, chunks: Sequence[Chunk]) -> int:
            if chunks[0] == b"alice~first\n":
                threading.Event().wait(1.0)
            return super().send_now(chunks)

    monkeypatch.setattr("tests.net.pairs.PlainStream", Slow)
    monkeypatch.setattr(hub_module, "MOST_GATHER_SECONDS", 1.0)
    hub = Hub(log)
    with connected() as (connection, peer):
        hub.start()
        alice = hub.enter("alice", connection)
        hub.request(alice, [saying("first")])
        received = b""
        while not received.endswith(b"alice~first\n"):
            received += peer.recv(1_000)
        CountingStream.sends = itertools.count()
        for number in range(20):
            hub.request(alice, [saying(f"then {number}")])
            wait_until(lambda: not hub._queue.qsize())
        while not received.endswith(b"alice~then 19\n"):
            received += peer.recv(1_000)
        assert next(CountingStream.sends) <= 5
        hub.close()


def test_a_hub_that_has_enough_to_tell_does_not_wait_for_more(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "MOST_GATHER_SECONDS", 600.0)
    with connected() as (connection, peer):
        alice = hub.enter("alice", connection)
        assert peer.recv(1_000) == b"SERVER~alice joined the chat app\n"
        hub._took = 600.0
        texts = ["x" * 3_000, "y" * 3_000]
        hub.request(alice, [saying(text) for text in texts])
        assert peer.recv(10_000).startswith(b"alice~xxx")
        hub._took = 0.0
        hub.close()


def test_a_turn_ends_before_it_is_too_much_for_a_healthy_reader(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    class Measuring(PlainStream):
        """Takes everything, so that each send is a turn's."""

        def send_now(self, chunks: Sequence[Chunk]) -> int:
            sizes.append(sum(map(len, chunks)))
            return sizes[-1]

    monkeypatch.setattr("tests.net.pairs.PlainStream", Measuring)
    hub = Hub(log)
    with connected() as (connection, _):
        hub.start()
        alice = hub.enter("alice", connection)
        for _ in range(300):
            hub.request(alice, [saying("x" * 4_000)])
        hub.close()
    assert sum(sizes) > 300 * 4_000
    assert max(sizes) < hub_module.TURN_BYTES + 5_000


def test_a_name_can_be_had_again_when_its_owner_has_left(hub: Hub) -> None:
    with connected() as (one, _), connected() as (other, _):
        alice = hub.enter("Alice", one)
        with pytest.raises(RemoteError, match="The name ALICE is taken") as refused:
            hub.enter("ALICE", other)
        assert refused.value.code == "name-taken"
        hub.leave(alice)
        hub.leave(alice)
        hub.enter("ALICE", other)
        assert one.closed.is_set() or one.closed.wait(10)
        hub.close()


def test_a_turn_that_cannot_be_stored_for_any_reason_is_taken_back(
    hub: Hub, log: Log, monkeypatch: pytest.MonkeyPatch, no_logged_error: list[str]
) -> None:
    with connected() as (connection, peer):
        alice = hub.enter("alice", connection)
        assert peer.recv(1_000) == b"SERVER~alice joined the chat app\n"
        with monkeypatch.context() as patched:
            patched.setattr(log, "commit", lambda batch: 1 / 0)
            hub.request(alice, [saying("lost")])
            assert peer.recv(1_000).startswith(b"SERVER~The host cannot store anything")
        hub.request(alice, [saying("still here")])
        assert peer.recv(1_000) == b"alice~still here\n"
        assert log.head == 1
    assert "ZeroDivisionError" in no_logged_error[0]
    no_logged_error.clear()


def test_a_line_that_needs_a_log_that_cannot_be_read_is_refused(hub: Hub) -> None:
    def read(chat: Chat, member: Member) -> None:
        raise LogError("The log cannot be read.")

    with connected() as (connection, peer):
        alice = hub.enter("alice", connection)
        assert peer.recv(1_000) == b"SERVER~alice joined the chat app\n"
        hub.request(alice, [Request(read), saying("still here")])
        hub.close()
        lines = peer.recv(1_000).splitlines()
    assert lines[0].startswith(b"SERVER~The host cannot store anything")
    assert lines[1] == b"alice~still here"


def test_a_turn_is_bounded_by_what_one_connection_is_told_too(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    class Measuring(PlainStream):
        """Takes everything, so that each send is a turn's."""

        def send_now(self, chunks: Sequence[Chunk]) -> int:
            sizes.append(sum(map(len, chunks)))
            return sizes[-1]

    monkeypatch.setattr("tests.net.pairs.PlainStream", Measuring)
    hub = Hub(log)
    with connected() as (connection, _):
        hub.start()
        alice = hub.enter("alice", connection)
        psst = Request(lambda chat, member: say_plain_to(chat, member, "alice", "x" * 4_000))
        for _ in range(300):
            hub.request(alice, [psst])
        hub.close()
    assert sum(sizes) > 300 * 4_000
    assert max(sizes) < hub_module.TURN_BYTES + 5_000


def test_who_is_still_catching_up_is_not_taken_to_have_been_told_of_the_end(hub: Hub) -> None:
    with connected() as (one, _), connected() as (other, _):
        hub.enter("alice", one)
        hub.subscribe(hub.admit("bob", "", "", other).member)
        assert hub.close() == {one}
