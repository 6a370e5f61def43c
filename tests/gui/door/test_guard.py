"""What happens to a window when its host is no longer who it was."""

from pathlib import Path

from tests.gui.apps import People, Person
from tests.gui.driving import press
from tests.support import running_server
from tkchat.client.events import NotIn, Problem
from tkchat.gui.door.page import PageWindow
from tkchat.net.identity import read_fingerprint
from tkchat.wire.join_code import KEY_BYTES


def pages(person: Person) -> list[PageWindow]:
    return [each for each in person.window.winfo_children() if isinstance(each, PageWindow)]


def test_another_key_stops_the_chat_and_leaves_it_readable(people: People, tmp_path: Path) -> None:
    alice = people.add()
    with running_server(data=tmp_path / "host") as server:
        key = read_fingerprint(server.identity.certificate)[:KEY_BYTES]
        address = server.address
        alice.app.open(address, "alice", key)
        people.wait_until(lambda: alice.app.window is not None)
        alice.say("before it happened")
        people.wait_until(lambda: "before it happened" in alice.read)
    with running_server(data=tmp_path / "hostile", port=address.port) as hostile:
        alice.window._session.retry_now()
        people.wait_until(lambda: pages(alice))
        people.wait_until(lambda: "This may not be the same host" in alice.sees)
        assert "before it happened" in alice.read
        people.wait_until(lambda: alice.root.focus_get() is pages(alice)[0].page.first)
        press(pages(alice)[0].page.first, "<Return>")
        people.wait_until(lambda: not pages(alice))
        assert "before it happened" in alice.read
        alice.press_button("Try now")  # says again why that cannot be
        people.wait_until(lambda: pages(alice))
        assert hostile.connections == 0


def test_who_was_put_out_is_told_over_the_window(people: People) -> None:
    with running_server() as server:
        alice = people.join(server.address, "alice")
        people.wait_until(alice.window.winfo_viewable)
        alice.window._session.events.put(NotIn(Problem.REMOVED, "Too loud."))
        people.wait_until(lambda: "You were put out of this chat" in alice.sees)
        assert "Too loud." in alice.sees
        alice.close()


def test_a_password_that_has_changed_is_asked_for_and_brings_one_back(people: People) -> None:
    with running_server() as server:
        alice = people.join(server.address, "alice")
        people.wait_until(alice.window.winfo_viewable)
        alice.window._session.events.put(NotIn(Problem.CHAT_PASSWORD, "It has changed."))
        people.wait_until(lambda: pages(alice))
        first = alice.window
        people.wait_until(lambda: alice.root.focus_get() is pages(alice)[0].page.first)
        alice.type("sesame\n")
        people.wait_until(lambda: alice.app.window is not None and alice.app.window is not first)
        alice.close()
