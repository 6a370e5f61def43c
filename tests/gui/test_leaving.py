"""Whoever hosts a chat is asked what is to become of it."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.test_chat_window import rows
from tests.support import Client, connect_socket
from tkchat.client.hosting import Hosting
from tkchat.gui.people_list import PeopleList
from tkchat.gui.room_list import RoomsList
from tkchat.net.address import Address


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
        host.press_button("Let it go on" if goes_on else "End it for all")
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
