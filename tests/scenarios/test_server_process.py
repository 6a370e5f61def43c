"""The server as people start it: what it prints, how it ends, and a crowd in it."""

import contextlib
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.crowd import all_hear, crowd, join_at_once
from tests.support import CHECKOUT, Client, ServerProcess, need_sockets, wait_until
from tkchat.net.address import Address, listen

CLOSING = "SERVER~The chat is closing"

needs_signals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows ends a process without telling it"
)


def run_and_fail(*arguments: str, port: int = 0) -> tuple[int, str]:
    """Start a server that should not come up; return its exit code and what it wrote."""
    server = ServerProcess(*arguments, port=port)
    with contextlib.closing(server):
        code = server.wait()
        assert server.process.stdout is not None
        assert server.process.stdout.read() == b""
        return code, server.stderr


def test_it_says_where_it_listens() -> None:
    with ServerProcess() as server, Client(server.address, "alice") as alice:
        assert server.address.host == "127.0.0.1"
        assert server.address.port > 0
        alice.say("hello")
        alice.expect("alice~hello")


def test_a_port_in_use_takes_one_line_to_say() -> None:
    with listen(Address("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = run_and_fail(port=port)
    assert code == 1
    assert said.splitlines() == [
        f"Port {port} is already in use on this computer. "
        "Join the chat that runs there, or choose another port with --port."
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "70000 is not a port number: 0 to 65535"),
        (["--port", "x"], "x is not a port number: 0 to 65535"),
        (["--port", "-1"], "-1 is not a port number: 0 to 65535"),
        (["--colour"], "unrecognized arguments: --colour"),
    ],
)
def test_wrong_arguments(arguments: list[str], said: str) -> None:
    code, stderr = run_and_fail(*arguments)
    assert code == 2
    assert stderr.rstrip().endswith(said)


def test_an_address_of_another_computer() -> None:
    code, said = run_and_fail("--host", "192.0.2.1")
    assert code == 1
    assert said.splitlines() == [
        "192.0.2.1 is not an address of this computer. Choose one of its own."
    ]


def test_a_data_folder_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    code, said = run_and_fail("--data", str(file))
    assert code == 1
    assert said.splitlines() == [
        f"The folder {file} cannot be used: File exists. Choose one with --data."
    ]


def test_what_it_logs(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    with ServerProcess("--data", str(data)) as server:
        with Client(server.address, "Zoë") as zoe:
            where = str(Address(*zoe.socket.getsockname()))
        wait_until(lambda: "left" in server.stderr, describe=lambda: server.stderr)
        lines = [
            re.sub(r"^\d{4}-\d\d-\d\d [\d:,]+ INFO ", "", x) for x in server.stderr.splitlines()
        ]
        log = data / "server.log"
        assert log.read_text(encoding="utf-8") == server.stderr
        if sys.platform != "win32":
            assert log.stat().st_mode & 0o077 == 0
            assert data.stat().st_mode & 0o077 == 0
    assert lines == [f"{where} is Zoë", f"Zoë at {where} left (hung up)"]


@needs_signals
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_in_time_and_everybody_is_told(name: str) -> None:
    count = 1_000
    need_sockets(count + 200)
    with ServerProcess() as server, crowd(server.address, count) as clients:
        join_at_once(clients)
        for client in clients:
            client.expect(f"SERVER~{client.name} joined the chat app")
        began = time.monotonic()
        server.process.send_signal(getattr(signal, name))
        assert server.wait() == 0
        took = time.monotonic() - began
        all_hear(clients, CLOSING)
        for client in clients:
            client.expect_end()
        assert took < 2
        assert "Traceback" not in server.stderr


@needs_signals
def test_signals_while_it_closes_do_no_harm() -> None:
    with ServerProcess() as server, Client(server.address, "alice") as alice:
        for _ in range(20):
            server.process.send_signal(signal.SIGINT)
            server.process.send_signal(signal.SIGTERM)
        assert server.wait() == 0
        alice.expect_end(CLOSING)
        assert "Traceback" not in server.stderr


def test_1_000_join_and_one_speaks() -> None:
    count = 1_000
    need_sockets(count + 200)
    with ServerProcess() as server, crowd(server.address, count) as clients:
        join_at_once(clients)
        for client in clients:
            client.expect(f"SERVER~{client.name} joined the chat app")
        clients[500].say("hello, all")
        all_hear(clients, "p500~hello, all")


def test_5_000_who_say_nothing_keep_nobody_out() -> None:
    count = 5_000
    need_sockets(count + 200)
    with ServerProcess() as server, crowd(server.address, count) as silent:
        with Client(server.address, "alice") as alice:
            alice.say("hello")
            alice.expect("alice~hello")
        silent[-1].expect("SERVER~Type your username and press Return.")


@needs_signals
def test_who_finds_no_room_waits_and_gets_in_when_somebody_leaves() -> None:
    few_descriptors = ["sh", "-c", 'ulimit -n 40; exec "$@"', "sh"]
    with ServerProcess(under=few_descriptors) as server:
        with crowd(server.address, 60) as clients:
            wait_until(lambda: "cannot take in more people" in server.stderr)
            clients[0].say("alice", "hello")
            clients[0].expect("SERVER~alice joined the chat app", "alice~hello")
            time.sleep(0.5)  # enough for five tries to take in more
            assert server.stderr.count("cannot take in more people") == 1
        with Client(server.address, "bob"):
            pass


def test_no_echo() -> None:
    with (
        ServerProcess("--no-echo") as server,
        Client(server.address, "alice") as alice,
        Client(server.address, "bob") as bob,
    ):
        alice.expect("SERVER~bob joined the chat app")
        alice.say("hello")
        bob.expect("alice~hello")
        bob.say("hi")
        alice.expect("bob~hi")


def test_the_flood_limit() -> None:
    with ServerProcess() as server, Client(server.address, "alice") as alice:
        began = time.monotonic()
        alice.say(*["x"] * 15)
        alice.expect(*["alice~x"] * 15)
        assert time.monotonic() - began > 0.9


def test_no_flood_limit() -> None:
    with ServerProcess("--no-flood-limit") as server, Client(server.address, "alice") as alice:
        began = time.monotonic()
        alice.say(*["x"] * 300)
        alice.expect(*["alice~x"] * 300)
        assert time.monotonic() - began < 30, "with the limit it would take a minute"


@pytest.fixture
def hosted() -> Iterator[ServerProcess]:
    with ServerProcess("--hosted", stdin=subprocess.PIPE) as server:
        yield server


def test_hosted_ends_by_a_word(hosted: ServerProcess) -> None:
    assert hosted.process.stdin is not None
    with Client(hosted.address, "alice") as alice:
        hosted.process.stdin.write(b"something else\nstop\n")
        hosted.process.stdin.flush()
        assert hosted.wait() == 0
        alice.expect_end(CLOSING)


def test_hosted_goes_on_without_its_window_until_the_last_has_left(hosted: ServerProcess) -> None:
    assert hosted.process.stdin is not None
    with Client(hosted.address, "alice") as alice:
        hosted.process.stdin.close()
        with pytest.raises(subprocess.TimeoutExpired):
            hosted.process.wait(1.5)
        alice.say("still here")
        alice.expect("alice~still here")
    assert hosted.wait() == 0


@needs_signals
def test_hosted_ends_by_a_signal_although_its_window_holds_on(hosted: ServerProcess) -> None:
    hosted.process.send_signal(signal.SIGTERM)
    assert hosted.wait() == 0
    assert hosted.stderr == ""


def test_hosted_says_nothing_into_a_pipe_that_nobody_reads(hosted: ServerProcess) -> None:
    with Client(hosted.address, "alice"):
        pass
    assert hosted.stderr == ""


def test_who_started_it_need_not_read_what_it_says() -> None:
    server = ServerProcess("--hosted", stdin=subprocess.PIPE)
    with contextlib.closing(server):
        assert server.process.stdin is not None
        assert server.process.stdout is not None
        server.process.stdout.close()  # long before it is ready
        server.process.stdin.write(b"stop\n")
        server.process.stdin.close()
        assert server.wait() == 0
        assert server.stderr == ""


def test_the_module_can_be_run_too() -> None:
    command = [sys.executable, "-m", "tkchat.server", "--version"]
    found = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert found.stdout.startswith("tkchat ")
