"""Chats nearby, as a browser hears of them: honest ones, vanished ones, and a hostile network."""

import socket
import time
from collections.abc import Iterator
from ipaddress import IPv4Interface

import pytest

from tests.announcing import Listening, announced, made_up, shouting
from tests.support import wait_until
from tkchat.client import nearby
from tkchat.client.nearby import Nearby
from tkchat.net.address import Address


@pytest.fixture
def listening() -> Iterator[Listening]:
    with Listening() as listening:
        yield listening


def record(listening: Listening, **pairs: str) -> dict[str, str]:
    return {"v": "1", "log": listening.mark, "title": "Class 3b"} | pairs


def test_a_chat_appears_and_vanishes(listening: Listening) -> None:
    with announced("x1", record(listening, people="3")):
        (chat,) = listening.wait_for("Class 3b")
        assert chat == Nearby("Class 3b", 3, Address("127.0.0.1", 4321), listening.mark)
    listening.wait_for()


def test_they_are_by_title(listening: Listening) -> None:
    with (
        announced("x2", record(listening, title="b"), port=1),
        announced("x3", record(listening, title="A"), port=2),
        announced("x4", record(listening, title="c"), port=3),
    ):
        listening.wait_for("A", "b", "c")


def test_what_strangers_say_is_cleaned(listening: Listening) -> None:
    pairs = record(listening, title="\x1b[31m evil\u202e\n" + "x" * 60, people="99999999999")
    with announced("x5", pairs):
        (chat,) = listening.wait_for("\ufffd[31m evil\ufffd " + "x" * 28)
        assert chat.people is None


def test_who_gives_no_title_has_that_of_the_record(listening: Listening) -> None:
    with announced("My\u200b chat", record(listening, title="")):
        listening.wait_for("My chat")


@pytest.mark.parametrize(
    ("addresses", "port"),
    [
        (("8.8.8.8",), 80),  # a computer on the internet
        (("224.0.0.1",), 4321),
        (("0.0.0.0",), 4321),
        (("255.255.255.255",), 4321),
        (("127.0.0.1",), 0),
    ],
)
def test_nobody_is_sent_where_no_chat_can_be(
    listening: Listening, addresses: tuple[str, ...], port: int
) -> None:
    with (
        announced("x6", record(listening, title="trap"), port, addresses),
        announced("x7", record(listening, title="later"), port=5),
    ):
        listening.wait_for("later")


def test_another_version_is_not_shown(listening: Listening) -> None:
    with announced("x8", record(listening, v="2")), announced("x9", record(listening), port=5):
        (chat,) = listening.wait_for("Class 3b")
        assert chat.address.port == 5


@pytest.mark.parametrize(
    ("addresses", "chosen"),
    [
        (("10.1.2.3", "127.0.0.5"), "127.0.0.5"),  # in a network that we are in
        (("8.8.8.8", "10.1.2.3"), "10.1.2.3"),  # in a private one, which a router may lead to
    ],
)
def test_of_several_addresses_the_nearest_counts(
    listening: Listening, addresses: tuple[str, ...], chosen: str
) -> None:
    with announced("x10", record(listening), addresses=addresses):
        (chat,) = listening.wait_for("Class 3b")
        assert chat.address.host == chosen


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ("192.168.7.9", "192.168.7.9"),
        ("192.168.7.255", None),  # everybody in that network
        ("192.168.7.0", None),
        ("127.0.0.1", None),  # a program of one's own computer
        ("0.0.0.0", None),
        ("203.0.114.5", None),
    ],
)
def test_where_a_stranger_may_send_people(address: str, chosen: str | None) -> None:
    networks = [IPv4Interface("192.168.7.2/24")]
    assert nearby.nearest([socket.inet_aton(address)], networks) == chosen


def test_there_is_an_end_of_rows(listening: Listening) -> None:
    with announced("x12", record(listening, title="first"), port=999), shouting() as shout:
        listening.wait_for("first")
        for number in range(80):
            host = f"127.0.0.{2 + number // 2}"
            label = f"{listening.mark}-{number:03}"
            shout(made_up(label, listening.mark, 1_000 + number, host=host))
        wait_until(lambda: len(listening.look()) == nearby.MOST_SHOWN)
        assert "first" in [chat.title for chat in listening.chats]


def test_one_address_has_few_rows(listening: Listening) -> None:
    with announced("x13", record(listening, title="first"), port=999), shouting() as shout:
        listening.wait_for("first")
        for number in range(20):
            shout(made_up(f"{listening.mark}-{number:03}", listening.mark, 1_000 + number))
        shout(made_up(f"{listening.mark}-last", listening.mark, host="127.0.0.2", title="last"))
        wait_until(lambda: "last" in [chat.title for chat in listening.look()])
        assert len(listening.look()) == nearby.MOST_AT_ONE_ADDRESS + 1


def test_who_is_silent_is_dropped_and_found_again(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "ASK_MS", 200)
    with announced("x14", record(listening, title="other"), port=999), shouting() as shout:
        listening.wait_for("other")
        shout(made_up(listening.mark, listening.mark, title="gone soon", seconds=2))
        listening.wait_for("gone soon", "other")
        listening.wait_for("other")
        shout(made_up(listening.mark, listening.mark, title="back"))
        listening.wait_for("back", "other")


def test_no_network_is_no_chat() -> None:
    with Listening(networks=list) as listening:
        time.sleep(0.1)
        assert listening.look() == ()
