"""Whoever hosts a chat is asked what is to become of it."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, press
from tests.gui.test_chat_window import rows
from tests.support import Client, connect_socket
from tests.tagged import TaggedClient
from tkchat.client.hosting import Hosting
from tkchat.gui.places.people_list import PeopleList
from tkchat.gui.places.room_list import RoomsList
from tkchat.gui.widgets.ask import Question
from tkchat.net.address import Address
from tkchat.wire.requests import AskJoin


def is_listening(address: Address) -> bool:
    try:
        connect_socket(address).close()
    except OSError:
        return False
    return True


def host_with_guest(people: People) -> tuple[Person, Hosting]:
    host = people.add()
    host.app.open(name="host")
    host.dialog.submit()
    people.wait_until(lambda: host.app.window is not None)
    hosting = host.app.hosting
    assert hosting is not None
    return host, hosting


def test_whoever_hosts_alone_closes_without_a_question(people: People) -> None:
    host, hosting = host_with_guest(people)
    people.wait_until(lambda: "You are hosting" in host.sees)
    host.window.close()
    people.wait_until(lambda: not host.open)
    people.wait_until(lambda: not is_listening(hosting.address))


@pytest.mark.parametrize("goes_on", [True, False])
def test_whoever_hosts_others_is_asked(people: People, goes_on: bool) -> None:
    host, hosting = host_with_guest(people)
    with Client(hosting.address, "guest") as guest:
        people.wait_until(lambda: "guest" in rows(host, PeopleList))
        host.window.close()
        people.wait_until(lambda: "You are hosting this chat" in host.sees)
        host.press_button("Keep it running" if goes_on else "End it for all")
        people.wait_until(lambda: not host.open)
        if goes_on:
            guest.expect("SERVER~host left the chat app")
            guest.say("still here")
            guest.expect("guest~still here")
        else:
            guest.read_until("SERVER~The chat is closing")


def test_a_guest_in_another_room_counts_too(people: People) -> None:
    host, hosting = host_with_guest(people)
    with Client(hosting.address, "guest"):
        people.wait_until(lambda: "guest" in rows(host, PeopleList))
        host.say("/join elsewhere")
        people.wait_until(lambda: host.window.title() == "#elsewhere – tkchat")
        people.wait_until(lambda: "general" in rows(host, RoomsList))
        host.window.close()
        people.wait_until(lambda: "You are hosting this chat" in host.sees)
        host.press_button("End it for all")
        people.wait_until(lambda: not host.open)


def test_nobody_is_counted_twice(people: People) -> None:
    host, hosting = host_with_guest(people)
    with TaggedClient(hosting.address, "ann") as ann, Client(hosting.address, "guest"):
        host.say("/join lab")
        ann.ask(AskJoin("lab"), AskJoin("attic"))
        people.wait_until(lambda: len(host.model.room_counts) == 3, 20)
        people.wait_until(lambda: host.model.rooms["lab"].people == {"ann", "host"})
        press(host.composer.entry, "<Control-q>")
        people.wait_until(lambda: "2 others are in it" in host.sees)
        host.press_button("End it for all")
        people.wait_until(lambda: not host.open)


def test_who_closes_twice_is_asked_once(people: People) -> None:
    host, hosting = host_with_guest(people)
    with Client(hosting.address, "guest"):
        people.wait_until(lambda: "guest" in rows(host, PeopleList))
        host.window.close()
        host.window.close()
        questions = [each for each in every(host.window) if isinstance(each, Question)]
        assert len(questions) == 1
        questions[0].close()
        host.window.close()
        people.wait_until(lambda: "You are hosting this chat" in host.sees)
