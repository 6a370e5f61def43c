"""Whatever somebody sends, they get an answer or nothing, and nobody else notices."""

import contextlib
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import Client, connect_socket, reset, running_server, wait_until
from tkchat.net.address import Address
from tkchat.net.connection import BACKLOG_BYTES, Connection
from tkchat.server.server import Server
from tkchat.wire.limits import MAX_TEXT_CHARS

TOO_LONG = "SERVER~That line has over 16384 bytes. It was not used: please split it."


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (b"a\0b", "a\ufffdb"),
        (b"\x1b[31mred", "\ufffd[31mred"),
        (b"a\rb", "a\ufffdb"),
        (b"a\tb", "a\tb"),
        (b"a\xffb", "a\ufffdb"),
        (b"a\xe2\x82", "a\ufffd"),
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
        (b"a\xc2\x85b", "a\ufffdb"),
        ("a\u202eb\u2066c".encode(), "a\ufffdb\ufffdc"),
        ("👩\u200d👧".encode(), "👩\u200d👧"),
        (b"SERVER~bob left the chat app", "SERVER~bob left the chat app"),
        (b"x" * MAX_TEXT_CHARS, "x" * MAX_TEXT_CHARS),
        ("😀".encode() * MAX_TEXT_CHARS, "😀" * MAX_TEXT_CHARS),
    ],
)
def test_what_others_see(server: Server, sent: bytes, heard: str) -> None:
    with Client(server.address, "alice") as alice, Client(server.address, "bob") as bob:
        alice.send(sent + b"\nand on\n")
        bob.expect(f"alice~{heard}", "alice~and on")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"x" * 16_383, f"SERVER~That message has 16383 characters; at most {MAX_TEXT_CHARS} are "
                        "allowed. It was not sent: please split it."),
        (b"x" * 16_384, TOO_LONG),
        (b"x" * 1_000_000, TOO_LONG),
        (b"/" + b"x" * 16_384, TOO_LONG),
        (b"x" * 4_001, "SERVER~That message has 4001 characters; at most 4000 are allowed. "
                       "It was not sent: please split it."),
        (b"//" + b"x" * 4_000, "SERVER~That message has 4001 characters; at most 4000 are allowed. "
                               "It was not sent: please split it."),
    ],
)  # fmt: skip
def test_what_is_refused_is_not_cut_and_not_heard(server: Server, sent: bytes, answer: str) -> None:
    with Client(server.address, "alice") as alice, Client(server.address, "bob") as bob:
        alice.expect("SERVER~bob joined the chat app")
        alice.send(sent + b"\nand on\n")
        alice.expect(answer, "alice~and on")
        bob.expect("alice~and on")


@pytest.mark.parametrize("blank", [b"\n", b"\r\n"])
def test_10_000_blank_lines(server: Server, blank: bytes) -> None:
    with Client(server.address) as alice:
        alice.send(blank * 10_000 + b"alice\n" + blank * 10_000 + b"hello\n")
        alice.expect(
            "SERVER~A username cannot be empty. Choose another username.",
            "SERVER~alice joined the chat app",
            "alice~hello",
        )


def test_10_000_blank_lines_under_the_flood_limit() -> None:
    with running_server(flood_limit=True) as server, Client(server.address) as alice:
        began = time.monotonic()
        alice.send(b"\n" * 10_000 + b"alice\n" + b"\n" * 10_000 + b"hello\n")
        alice.read_until("alice~hello")
        assert time.monotonic() - began < 2


def _send_on_and_on(address: Address, name: bytes, blanks: bytes, over: threading.Event) -> None:
    with connect_socket(address) as sock, contextlib.suppress(OSError):
        sock.settimeout(0.05)
        sock.sendall(name)
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                sock.send(blanks)


@pytest.mark.parametrize("flood_limit", [True, False], ids=["limited", "unlimited"])
@pytest.mark.parametrize("name", [b"alice\n", b""], ids=["chat", "handshake"])
@pytest.mark.parametrize("blanks", [b"\n", b"\n" * 65_536], ids=["one", "many"])
def test_who_sends_blank_lines_without_end_is_read_slowly(
    monkeypatch: pytest.MonkeyPatch, flood_limit: bool, name: bytes, blanks: bytes
) -> None:
    reads: list[int] = []
    receive = Connection.receive

    def count(connection: Connection, timeout: float) -> bytes:
        data = receive(connection, timeout)
        reads.append(len(data))
        return data

    monkeypatch.setattr(Connection, "receive", count)
    over = threading.Event()
    with running_server(flood_limit=flood_limit) as server:
        sender = threading.Thread(target=_send_on_and_on, args=(server.address, name, blanks, over))
        sender.start()
        time.sleep(1)
        found = list(reads)
        over.set()
        sender.join()
    assert len(found) < 45, "unpaused it is read thousands of times"
    assert sum(found) < 1_000_000, "unpaused it is many millions of bytes"


def test_one_byte_at_a_time(server: Server) -> None:
    with Client(server.address, "bob") as bob, Client(server.address) as alice:
        for byte in b"alice\nhello\n":
            alice.send(bytes([byte]))
        bob.expect("SERVER~alice joined the chat app", "alice~hello")


def test_a_first_line_cut_anywhere(server: Server) -> None:
    line = "Zoë-田中\r\n".encode()
    for cut in range(len(line)):
        with Client(server.address) as zoe:
            zoe.send(line[:cut])
            zoe.send(line[cut:] + b"/quit\n")
            zoe.expect_end("SERVER~Zoë-田中 joined the chat app", "SERVER~Goodbye, Zoë-田中")


def test_a_reset_in_the_middle_of_a_line(server: Server) -> None:
    with Client(server.address, "bob") as bob:
        alice = Client(server.address, "alice")
        alice.send(b"half a li")
        alice.reset()
        bob.expect("SERVER~alice joined the chat app", "SERVER~alice left the chat app")


def test_who_never_reads_is_closed_and_nobody_else_notices(server: Server) -> None:
    left = "SERVER~deaf left the chat app"
    message = "x" * MAX_TEXT_CHARS
    with (
        Client(server.address, "bob") as bob,
        Client(server.address, "alice") as alice,
        connect_socket(server.address) as deaf,
    ):
        deaf.sendall(b"deaf\n")
        bob.read_until("SERVER~deaf joined the chat app")
        alice.expect("SERVER~deaf joined the chat app")
        said = 0
        while left not in bob.heard:
            assert said * len(message) < 100_000_000, "deaf is never closed"
            alice.say(message)
            said += 1
            while bob.read_line() == left:
                pass
        assert said * len(message) > BACKLOG_BYTES
        alice.read_until(left)
        assert bob.heard.count(f"alice~{message}") == said


def test_a_broken_tls_hello_does_no_harm(server: Server) -> None:
    with Client(server.address, "alice") as alice, Client(server.address) as client:
        client.send(bytes.fromhex("16030100050100000100") + b"\nbob\n")
        answer = b""
        while data := client.socket.recv(65_536):
            answer += data
        assert answer.startswith(b"\x15\x03")  # an alert, and no line
        alice.say("hello")
        alice.expect("alice~hello")


def test_connecting_and_hanging_up_at_once(server: Server) -> None:
    for number in range(200):
        sock = connect_socket(server.address)
        if number % 2:
            sock.close()
        else:
            reset(sock)
    wait_until(lambda: not server.connections)
    with Client(server.address, "alice"):
        pass


garbage = st.lists(
    st.binary(max_size=300)
    | st.sampled_from(
        [
            b"\n",
            b"alice\n",
            b"/",
            b"/join ",
            b"/msg bob ",
            b"/quit",
            b"@v=1 ",
            b"x" * 20_000,
            b"\x16\x03\x01",
        ]
    )
    | st.text(max_size=50).map(lambda text: text.encode("utf-8", "surrogatepass")),
    max_size=12,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(garbage, st.booleans())
def test_garbage_does_not_stop_the_server(server: Server, sent: list[bytes], resets: bool) -> None:
    with Client(server.address) as client, contextlib.suppress(ConnectionError):
        for piece in sent:
            client.send(piece)
        if resets:
            client.reset()
    with Client(server.address) as bob:
        bob.say("\uff22ob")
        bob.read_until("SERVER~Bob joined the chat app")
        bob.say("still here", "/quit")
        bob.read_until("Bob~still here")
        bob.read_until("SERVER~Goodbye, Bob")
