"""Inviting people from the chat window, with a real host."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import click, press
from tests.support import running_server
from tkchat.gui.invite.invite_window import InviteWindow
from tkchat.net.address import Address, own_addresses
from tkchat.wire.join_code import decode

pytestmark = pytest.mark.skipif(not own_addresses(), reason="this computer is in no network")


@pytest.fixture
def alice(people: People) -> Iterator[Person]:
    with running_server(host="0.0.0.0") as server:
        alice = people.join(Address("127.0.0.1", server.address.port), "alice")
        people.wait_until(lambda: alice.model.room.people)
        yield alice
        people.close()


def shown(people: People, alice: Person) -> InviteWindow:
    """Return the window once it shows a code."""
    inviting = alice.app._chat._inviting  # type: ignore[union-attr]  # she is in a chat
    people.wait_until(lambda: inviting.shown is not None and "code" in inviting.shown.buttons)
    window = inviting.shown
    assert window is not None
    people.wait_until(window.winfo_viewable)
    return window


def test_a_key_shows_a_code_that_leads_here(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Control-Shift-I>")
    window = shown(people, alice)
    press(window.buttons["link"], "<Return>")
    code = decode(window.clipboard_get())
    assert code.host == own_addresses()[0]
    assert code.port == alice.window._session.address.port
    press(window, "<Escape>")
    people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)


def test_whoever_is_alone_is_offered_to_invite(people: People, alice: Person) -> None:
    button = alice.window._empty.button
    assert button is not None
    people.wait_until(button.winfo_viewable)
    click(button, 10, 10)
    shown(people, alice)
    bob = people.join(alice.window._session.address, "bob")
    people.wait_until(lambda: not button.winfo_viewable())
    assert bob.open


def test_asked_for_again_it_comes_to_the_front(people: People, alice: Person) -> None:
    entry = next(e for e in alice.window._menu_entries() if e.text == "Invite people…")
    entry.action()
    window = shown(people, alice)
    entry.action()
    assert shown(people, alice) is window
