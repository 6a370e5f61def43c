"""Whole journeys with windows: real programs, real sockets, a real server process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.apps import People
from tests.gui.driving import press, type_text
from tests.scenarios.real_keys import wait_for_focus, xdotool
from tests.support import CHECKOUT, Client, ServerProcess, connect_socket, need_sockets
from tkchat.net.address import Address

_CLIENT = [sys.executable, str(CHECKOUT / "run_client.py")]


def test_two_windows_chat(people: People) -> None:
    host = people.add()
    host.app.open()
    people.wait_until(lambda: host.dialog.focus_get() is not None)
    type_text(host.dialog.focus_get() or host.dialog, "alice")
    press(host.dialog.focus_get() or host.dialog, "<Return>")
    people.wait_until(lambda: host.app.window is not None)
    people.wait_until(lambda: "You are hosting" in host.sees)
    address = host.app.hosting.address if host.app.hosting else Address("", 0)

    guest = people.join(address, "bob")
    people.wait_until(lambda: "2 people" in host.sees and "2 people" in guest.sees)
    host.say("Hello from the host")
    people.wait_until(lambda: "Hello from the host" in guest.read)
    guest.say("Hello from the guest 👋🏽")
    people.wait_until(lambda: "Hello from the guest" in host.read)
    guest.close()
    people.wait_until(lambda: "bob left" in host.read)


def test_every_kind_of_client_in_one_room(people: People) -> None:
    with (
        ServerProcess() as server,
        Client(server.address, "nc") as line_client,
        connect_socket(server.address) as unframed,
        subprocess.Popen(
            [*_CLIENT, "--terminal", "--name", "term", "--connect", str(server.address)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            encoding="utf-8",
        ) as terminal,
    ):
        window = people.join(server.address, "window")
        line_client.read_until("SERVER~window joined the chat app")
        unframed.sendall(b"tutorial")  # without a line end, as the simplest scripts do it
        people.wait_until(lambda: "tutorial joined" in window.read)
        unframed.sendall(b"hi from the tutorial")
        people.wait_until(lambda: "hi from the tutorial" in window.read)
        line_client.say("hi from nc")
        people.wait_until(lambda: "hi from nc" in window.read)
        assert terminal.stdin is not None
        terminal.stdin.write("hi from the terminal\n")
        terminal.stdin.close()
        people.wait_until(lambda: "hi from the terminal" in window.read)
        window.say("hi from the window")
        line_client.read_until("window~hi from the window")
        assert terminal.wait(10) == 0


def kill(server: ServerProcess) -> None:
    os.kill(server.process.pid, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)


def test_nothing_is_lost_when_the_server_is_killed(people: People, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "host"))
    with ServerProcess(*data) as server:
        address = server.address
        alice, bob = people.join(address, "alice"), people.join(address, "bob")
        people.wait_until(lambda: "2 people" in alice.sees)
        bob.say("before the end")
        people.wait_until(lambda: "before the end" in alice.read)
        kill(server)
        people.wait_until(lambda: "Connection lost" in alice.sees and "Connection lost" in bob.sees)
        alice.say("written while nobody listens")
        people.wait_until(lambda: "1 message is waiting" in alice.sees)

    alice.window.close()
    alice = people.again(alice)
    alice.app.open(address, "alice")
    people.wait_until(lambda: alice.app.window is not None)
    people.wait_until(lambda: "before the end" in alice.read)
    people.wait_until(lambda: "waiting" in alice.tags_of("written while nobody listens"))

    with ServerProcess(*data, port=address.port):
        people.wait_until(lambda: "Connected to" in alice.sees and "Connected to" in bob.sees, 60)
        people.wait_until(lambda: "written while nobody listens" in bob.read)
        people.wait_until(lambda: "waiting" not in alice.tags_of("written while nobody listens"))
        alice.say("and on it goes")
        people.wait_until(lambda: "and on it goes" in bob.read)
        for person in (alice, bob):
            assert person.read.count("written while nobody listens") == 1
            assert person.read.count("before the end") == 1


def test_a_thousand_join_and_one_speaks(people: People) -> None:
    need_sockets(1000)
    with ServerProcess() as server:
        window = people.join(server.address, "window")
        crowd = [Client(server.address) for _ in range(1000)]
        try:
            for number, client in enumerate(crowd):
                client.say(f"guest{number}")
            people.wait_until(lambda: "1001 people" in window.sees, 60)
            crowd[500].say("I am one of many")
            people.wait_until(lambda: "I am one of many" in window.read)
            crowd[0].read_until("guest500~I am one of many")
            window.say("welcome all")
            crowd[999].read_until("window~welcome all")
        finally:
            for client in crowd:
                client.close()
        people.wait_until(lambda: "Nobody else is here yet" in window.sees, 60)


@pytest.mark.skipif(sys.platform != "linux", reason="xdotool presses keys of X11 only")
def test_the_program_itself_by_real_key_presses(tmp_path: Path) -> None:
    with ServerProcess() as server, Client(server.address, "bob") as bob:
        command = [
            sys.executable,
            str(CHECKOUT / "run_client.py"),
            "--profile",
            str(tmp_path / "p"),
        ]
        with subprocess.Popen([*command, "--connect", str(server.address)], cwd="/") as client:
            try:
                wait_for_focus("tkchat")
                xdotool("type", "alice")
                xdotool("key", "Return")
                bob.read_until("SERVER~alice joined the chat app")
                wait_for_focus("#general – tkchat")
                xdotool("type", "typed by hand")
                xdotool("key", "Return")
                bob.read_until("alice~typed by hand")
                xdotool("key", "ctrl+k")
                xdotool("type", "lab")
                xdotool("key", "Return")
                wait_for_focus("#lab – tkchat")
                xdotool("key", "alt+Up")
                wait_for_focus("#general – tkchat")
                xdotool("key", "ctrl+q")
                bob.read_until("SERVER~alice left the chat app")
                assert client.wait(10) == 0
            finally:
                client.kill()
