"""From the dialog into a chat on a hostile network: real hosts, real keys, real key presses."""

import socket
from collections.abc import Iterator

import pytest

from tests.client.hosts import ScriptedHost, wait_for_end, welcome
from tests.gui.apps import People, Person
from tests.gui.driving import every, focus, press, text_of, type_text
from tests.support import running_server
from tkchat.client.database import Database
from tkchat.client.model import Link
from tkchat.client.nearby import Nearby
from tkchat.client.trust import Trust
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import read_fingerprint, words
from tkchat.server.server import Server
from tkchat.wire.join_code import KEY_BYTES, JoinCode, encode

in_a_network = pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")


def key_of(server: Server) -> bytes:
    return read_fingerprint(server.identity.certificate)[:KEY_BYTES]


def code_for(address: Address, key: bytes) -> str:
    return encode(JoinCode(address.host, address.port, key))


def write(person: Person, where: str) -> None:
    """Type ``where`` into the field of the dialog."""
    field = person.dialog.places.field
    focus(field)
    press(field, "<Control-a>", "<BackSpace>")
    type_text(field, where)


def step_to(person: Person, text: str) -> None:
    """Go to the button that says ``text`` by Tab."""
    for _ in range(10):
        now = person.root.focus_get()
        assert now is not None
        if text_of(now) == text:
            return
        press(now, "<Tab>")
    raise AssertionError(f"no way to {text} by Tab: {person.sees}")


@pytest.fixture
def alice(people: People) -> Person:
    """Somebody at the dialog."""
    alice = people.add()
    alice.app.open(name="alice")
    people.wait_until(alice.dialog.winfo_viewable)
    return alice


@pytest.fixture
def network_server() -> Iterator[Server]:
    """A host that others in the network reach, which encrypts."""
    with running_server(host=own_addresses()[0]) as server:
        yield server


def test_a_code_is_recognised_as_it_is_typed_and_joins(
    people: People, alice: Person, server: Server
) -> None:
    code = code_for(server.address, key_of(server))
    write(alice, code[:-1])
    assert "Join code for" not in alice.sees
    type_text(alice.dialog.places.field, code[-1])
    assert f"Join code for {server.address}" in alice.sees
    press(alice.dialog.places.field, "<Return>")
    people.wait_until(lambda: alice.app.window is not None)
    people.wait_until(lambda: alice.model.link is Link.ONLINE)
    assert alice.model.key_words == words(read_fingerprint(server.identity.certificate))
    assert alice.window._status._lock.winfo_ismapped()


def test_a_mistyped_code_is_said_at_once(people: People, alice: Person, server: Server) -> None:
    code = code_for(server.address, key_of(server))
    write(alice, code[:-1] + ("2" if code[-1] != "2" else "3"))
    people.wait_until(lambda: "mistyped" in alice.sees)
    press(alice.dialog.places.field, "<Return>")
    assert alice.app.window is None


def test_a_link_from_the_command_line_joins_with_its_key(people: People, server: Server) -> None:
    person = people.add()
    person.app.open(server.address, "bob", bytes(KEY_BYTES))
    people.wait_until(lambda: "does not have the key that the join code is of" in person.sees)
    assert "Trust the new one" not in person.sees
    press(person.root.focus_get() or person.dialog, "<Return>")
    people.wait_until(lambda: "Your name" in person.sees)
    assert code_for(server.address, bytes(KEY_BYTES)) in person.sees


@in_a_network
def test_the_first_visit_tells_of_the_key_and_the_next_does_not(
    people: People, alice: Person, network_server: Server
) -> None:
    said = words(read_fingerprint(network_server.identity.certificate))
    write(alice, str(network_server.address))
    press(alice.dialog.places.field, "<Return>")
    people.wait_until(lambda: alice.app.window is not None)
    people.wait_until(lambda: said in alice.read)
    alice.close()
    again = people.again(alice)
    again.app.open(network_server.address, "alice")
    people.wait_until(lambda: again.app.window is not None)
    people.wait_until(lambda: again.model.is_live)
    assert said not in again.read
    assert said in again.window._status._explain_lock()


@in_a_network
def test_another_key_than_before_needs_two_deliberate_steps(
    people: People, alice: Person, network_server: Server
) -> None:
    database = Database(alice.profile.folder / "chats.sqlite3")
    Trust(database).replace(network_server.address, bytes(32))
    database.close()
    found = words(read_fingerprint(network_server.identity.certificate))
    write(alice, str(network_server.address))
    press(alice.dialog.places.field, "<Return>")
    people.wait_until(lambda: found in alice.sees)
    assert words(bytes(32)) in alice.sees
    alice.press("<Return>")  # gives up
    people.wait_until(lambda: alice.dialog.page is None)
    alice.dialog.submit()
    people.wait_until(lambda: found in alice.sees)
    step_to(alice, "Trust the new one…")
    alice.press("<Return>")
    assert "Trust the new one…" in alice.sees
    alice.press("<space>")
    people.wait_until(lambda: "Compare the words first" in alice.sees)
    alice.press("<Return>")
    people.wait_until(lambda: alice.dialog.page is None)
    assert alice.app.window is None
    alice.dialog.submit()
    people.wait_until(lambda: found in alice.sees)
    step_to(alice, "Trust the new one…")
    alice.press("<space>")
    step_to(alice, "They are the same")
    alice.press("<space>")
    people.wait_until(lambda: alice.app.window is not None)


class PlainHost(ScriptedHost):
    """A host of another make in the network, which does not encrypt."""

    def __init__(self) -> None:
        def script(sock: socket.socket) -> None:
            if sock.recv(1, socket.MSG_PEEK) == b"\x16":  # of TLS it understands nothing
                sock.sendall(b"Who is there?\n")
            else:
                welcome(sock)
                wait_for_end(sock)

        super().__init__(script)
        self._listener.close()
        self._listener = socket.create_server((own_addresses()[0], 0))
        self._listener.settimeout(0.05)
        self.address = Address(*self._listener.getsockname())


@in_a_network
def test_who_does_not_encrypt_is_joined_only_on_purpose(people: People, alice: Person) -> None:
    with PlainHost() as host:
        write(alice, str(host.address))
        press(alice.dialog.places.field, "<Return>")
        people.wait_until(lambda: "does not encrypt" in alice.sees)
        step_to(alice, "Join without encryption")
        alice.press("<Return>")
        assert "does not encrypt" in alice.sees
        alice.press("<space>")
        people.wait_until(lambda: alice.app.window is not None)
        people.wait_until(lambda: "Not encrypted" in alice.sees)
        alice.close()


def test_who_has_a_key_by_code_must_encrypt(people: People, alice: Person) -> None:
    def script(sock: socket.socket) -> None:
        sock.sendall(b"SERVER~hello\n")
        wait_for_end(sock)

    with ScriptedHost(script) as host:
        write(alice, code_for(host.address, bytes(KEY_BYTES)))
        press(alice.dialog.places.field, "<Return>")
        people.wait_until(lambda: "join code is of a chat that encrypts" in alice.sees)
        assert "Join without encryption" not in alice.sees
        alice.close()


def test_a_password_is_asked_for_until_it_is_right(people: People, alice: Person) -> None:
    with running_server(password="sesame") as server:
        write(alice, str(server.address))
        press(alice.dialog.places.field, "<Return>")
        people.wait_until(lambda: "This chat has a password" in alice.sees)
        alice.type("wrong\n")
        people.wait_until(lambda: "That password is wrong" in alice.sees)
        alice.type("sesame\n")
        people.wait_until(lambda: alice.app.window is not None)
        alice.close()
    kept = [path for path in alice.profile.folder.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if b"sesame" in path.read_bytes()]


def test_who_waits_is_let_in_by_the_host_in_their_window(people: People, alice: Person) -> None:
    boss = people.add()
    boss.app.open(name="boss")
    people.wait_until(boss.dialog.places.set_up.winfo_ismapped)
    press(boss.dialog.places.set_up, "<space>")
    boss.press_button("Ask me before anybody new comes in")
    boss.press("<Return>")
    people.wait_until(lambda: boss.dialog.page is None)
    assert "asks first" in boss.sees
    boss.dialog.submit()
    people.wait_until(lambda: boss.app.window is not None, 20)
    hosting = boss.app.hosting
    assert hosting is not None
    write(alice, str(hosting.address))
    press(alice.dialog.places.field, "<Return>")
    people.wait_until(lambda: "Waiting to be let in" in alice.sees)
    alice.press("<Escape>")  # and ask once more
    people.wait_until(lambda: "Your name" in alice.sees)
    alice.dialog.submit()
    people.wait_until(lambda: "Waiting to be let in" in alice.sees)
    people.wait_until(lambda: boss.model.order.knocks == ["alice"])
    boss.say("/approve alice")
    people.wait_until(lambda: alice.app.window is not None)
    hosting.stop()
    boss.window.leave()
    boss.press_button("Keep it running")  # which has ended
    people.wait_until(lambda: boss.app.window is None)
    people.wait_until(lambda: "asks first" in boss.sees)


def test_find_out_why_asks_the_doctor(people: People, alice: Person) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = Address("127.0.0.1", unused.getsockname()[1])
        write(alice, str(address))
        press(alice.dialog.places.field, "<Return>")
        people.wait_until(lambda: "Find out why" in alice.sees)
        alice.press_button("Find out why")
        people.wait_until(lambda: "No chat is open on this computer at port" in alice.sees)
    people.wait_until(lambda: "Looking…" not in alice.sees)
    alice.press("<Escape>")
    people.wait_until(lambda: "Find out why" in alice.sees)
    assert alice.open


def test_a_chat_nearby_is_chosen_by_keyboard(people: People, alice: Person, server: Server) -> None:
    places = alice.dialog.places
    places.look()
    assert "Looking for chats nearby" in alice.sees
    places.show_nearby([Nearby("Class 3b", 3, server.address)])
    people.wait_until(lambda: "Class 3b" in alice.sees)
    rows = places._nearby
    assert rows is not None
    press(rows.canvas, "<Down>", "<space>")
    assert not places.host_here
    assert places.field.get() == str(server.address)
    high = alice.dialog.winfo_reqheight()
    places.show_nearby([])
    alice.root.update()
    assert alice.dialog.winfo_reqheight() == high
    alice.dialog.submit()
    people.wait_until(lambda: alice.app.window is not None)


def test_the_dialog_listens_while_it_is_there(people: People, server: Server) -> None:
    person = people.add()
    person.app._looks_nearby = True
    person.app.open(name="alice")
    people.wait_until(lambda: "Looking for chats nearby" in person.sees)
    assert person.app._looking is not None
    person.dialog.fill("alice", [str(server.address)], host_here=False)
    person.dialog.submit()
    people.wait_until(lambda: person.app.window is not None)
    assert person.app._looking is None


def test_every_word_of_a_page_fits(people: People, alice: Person) -> None:
    alice.app.theme.set_zoom(175)
    press(alice.dialog.places.set_up, "<space>")
    alice.root.update()
    for widget in every(alice.dialog):
        if widget.winfo_ismapped():
            assert widget.winfo_height() >= min(widget.winfo_reqheight(), 5), text_of(widget)
    assert alice.dialog.winfo_reqheight() <= 1000
