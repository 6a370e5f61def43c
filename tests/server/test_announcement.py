"""A chat announces itself, keeps that up to date, and takes it back."""

import threading
import time
from dataclasses import replace
from ipaddress import IPv4Interface

import pytest

from tests.announcing import LOOPBACK, Listening, loopback
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server import announcement as announcement_module
from tkchat.server import server as server_module
from tkchat.server.announcement import Announcement, default_title
from tkchat.server.host_code import host_code
from tkchat.wire.info import QUESTION, Door, Info, decode
from tkchat.wire.limits import MAX_TITLE_CHARS
from tkchat.wire.requests import Command

HERE = Address("0.0.0.0", 4321)


class Announcing:
    """An announcement on loopback, of what `info` is at the time."""

    def __init__(self, info: Info, listening: Address = HERE) -> None:
        self.info = info
        self.networks = [LOOPBACK]
        self.announcement = Announcement(listening, lambda: self.info, lambda: self.networks)

    def __enter__(self) -> "Announcing":
        self.announcement.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.announcement.close()
        self.announcement.join(5)


def test_it_is_heard_kept_up_to_date_and_taken_back() -> None:
    with Listening() as listening:
        with Announcing(Info(title="Mr. Smith's class", people=1, log=listening.mark)) as host:
            (chat,) = listening.wait_for("Mr. Smith's class")
            assert (chat.people, chat.address) == (1, Address("127.0.0.1", 4321))
            host.info = replace(host.info, people=2)
            wait_until(lambda: [chat.people for chat in listening.look()] == [2])
        began = time.monotonic()
        listening.wait_for()
        assert time.monotonic() - began < 3


def test_two_chats_may_have_one_title() -> None:
    with Listening() as listening:
        info = Info(title="One title", log=listening.mark)
        another = replace(info, log=f"{listening.mark}-2")
        with Announcing(info, Address("0.0.0.0", 1)), Announcing(another, Address("0.0.0.0", 2)):
            chats = listening.wait_for("One title", "One title")
            assert {chat.address.port for chat in chats} == {1, 2}


@pytest.mark.parametrize("title", ["", "...", "\N{PILE OF POO}" * 40, "x" * 40])
def test_any_title_can_be_announced(title: str) -> None:
    with Listening() as listening, Announcing(Info(title=title, log=listening.mark)):
        wait_until(listening.look)
        assert listening.chats[0].title == (title or f"tkchat ({listening.mark[:4]})")


def test_it_waits_for_a_network() -> None:
    with Listening() as listening:
        info = Info(title="Offline", log=listening.mark)
        host = Announcing(info)
        host.networks = []
        with host:
            time.sleep(0.2)
            host.networks = [LOOPBACK]
            listening.wait_for("Offline")
            host.networks = []
            listening.wait_for()


def test_another_address_is_told() -> None:
    with Listening() as listening, Announcing(Info(title="Moves", log=listening.mark)) as host:
        listening.wait_for("Moves")
        host.networks = [IPv4Interface("127.0.0.7/8")]
        wait_until(lambda: [chat.address.host for chat in listening.look()] == ["127.0.0.7"])


def test_one_address_is_announced_where_the_chat_listens_to_no_other() -> None:
    both = [LOOPBACK, IPv4Interface("127.0.0.9/8")]
    with Listening() as listening:
        host = Announcing(Info(title="One", log=listening.mark), Address("127.0.0.9", 7))
        host.networks = both
        with host:
            (chat,) = listening.wait_for("One")
            assert chat.address == Address("127.0.0.9", 7)


def test_the_default_title_is_this_computer() -> None:
    assert 0 < len(default_title()) <= MAX_TITLE_CHARS


def test_a_server_announces_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcement_module, "own_networks", loopback)
    monkeypatch.setattr(server_module, "Announcement", AnnouncementHere)
    with Listening() as listening:
        with running_server(host="0.0.0.0", announce=True, title="Real") as server:
            listening.mark = server.describe().log
            (chat,) = listening.wait_for("Real")
            assert chat.people == 0
            assert chat.address.port == server.address.port
            with Client(Address("127.0.0.1", server.address.port), "alice"):
                wait_until(lambda: [chat.people for chat in listening.look()] == [1])
        listening.wait_for()


class AnnouncementHere(Announcement):
    """One on loopback alone, whatever networks this computer is in."""

    def __init__(self, listening: Address, describe: object) -> None:
        super().__init__(listening, describe, loopback)  # type: ignore[arg-type] # a server's own


@pytest.mark.parametrize("options", [{"announce": False}, {"announce": True, "host": "127.0.0.1"}])
def test_a_server_that_is_not_to_be_found_starts_nothing(options: dict[str, object]) -> None:
    with running_server(**{"host": "0.0.0.0", **options}):
        assert not [one for one in threading.enumerate() if one.name == "announcement"]


def test_whoever_asks_is_told_about_the_chat() -> None:
    with (
        running_server(announce=True, title="Class 3b") as server,
        TaggedClient(server.address, "alice"),
        Client(server.address) as asking,
    ):
        for _ in range(2):
            asking.send(QUESTION)
            line = asking.read_line()
            assert line is not None
            info = decode(line.encode())
            assert info is not None
            assert (info.title, info.people, info.version) == ("Class 3b", 1, 1)
            assert info.log == server.describe().log
            assert abs((info.time_ms or 0) - time.time() * 1000) < 5_000
        asking.say("@v=1;install=1 bob")  # after which it may still come in
        asking.read_until("@event=join;room=general;user=bob SERVER~bob joined the chat app")


def test_who_is_not_to_be_found_tells_strangers_nothing() -> None:
    with running_server(title="Secret") as server, Client(server.address) as asking:
        asking.send(QUESTION)
        line = asking.read_line()
        assert line is not None
        info = decode(line.encode())
        assert info is not None
        assert (info.title, info.people, info.log) == ("", None, "")
        assert info.time_ms is not None


def test_whoever_asks_learns_what_is_met_at_the_door() -> None:
    with running_server(asks_approval=True, password="open sesame") as server:
        assert server.describe().doors == {Door.APPROVAL, Door.PASSWORD}
    with running_server() as server:
        assert server.describe().doors == frozenset()
        code = host_code(server.identity.certificate.parent)
        with TaggedClient(server.address, "alice") as alice:
            alice.ask(Command(f"/host {code}"), Command("/lock general"))
            wait_until(lambda: server.describe().doors == {Door.LOCKED})


def test_questions_are_held_to_the_pace_of_a_handshake() -> None:
    with running_server() as server, Client(server.address) as asking:
        began = time.monotonic()
        asking.send(QUESTION * 13)
        asking.read_lines(13)
        assert time.monotonic() - began > 0.3
