"""The doctor between two computers: what each kind of trouble looks like from the other one."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.networks import Computer, two_computers
from tests.support import CHECKOUT, PATIENCE, ServerProcess
from tkchat.net.identity import read_fingerprint
from tkchat.wire.join_code import JoinCode, encode

EVERYWHERE = ("--host", "0.0.0.0", "--title", "Class 3b")
SECONDS = 20.0  # over the 12 that it may take itself

# A listener whose queue is full: the system does not answer who knocks, as behind a firewall.
FULL = """
import socket, sys
listener = socket.create_server((sys.argv[1], 0), backlog=0)
knocking = [socket.socket() for _ in range(8)]
for sock in knocking:
    sock.setblocking(False)
    sock.connect_ex(listener.getsockname())
print(listener.getsockname()[1])
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def computers() -> Iterator[tuple[Computer, Computer]]:
    with two_computers() as both:
        yield both


class Doctor:
    """`tkchat doctor` on one computer."""

    def __init__(self, computer: Computer, profile: Path) -> None:
        self._computer = computer
        self._profile = profile

    def look(self, *where: object) -> tuple[int, str]:
        """Return its exit code, and what it says, as one line."""
        program = str(CHECKOUT / "run_client.py")
        process = self._computer.python(
            program, "--profile", str(self._profile), "doctor", *map(str, where)
        )
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return process.returncode, " ".join(said.split())


@pytest.fixture
def doctor(computers: tuple[Computer, Computer], tmp_path: Path) -> Doctor:
    return Doctor(computers[1], tmp_path)


def test_all_is_well(computers: tuple[Computer, Computer], doctor: Doctor, tmp_path: Path) -> None:
    first = computers[0]
    data = tmp_path / "host"
    with ServerProcess(*EVERYWHERE, "--data", str(data), under=first.inside) as server:
        port = server.address.port
        code, said = doctor.look(f"{first.address}:{port}")
        assert (code, "The chat Class 3b answers. [good] It encrypts" in said) == (0, True), said
        key = read_fingerprint(data / "host.crt")[:10]
        code, said = doctor.look(encode(JoinCode(first.address, port, key)))
        assert (code, "the computer that the join code is of" in said) == (0, True), said
        code, said = doctor.look(encode(JoinCode(first.address, port, bytes(10))))
        assert (code, "Do not join." in said) == (1, True), said


def test_a_host_that_listens_to_its_own_computer_only(
    computers: tuple[Computer, Computer], doctor: Doctor, tmp_path: Path
) -> None:
    first = computers[0]
    with ServerProcess(under=first.inside) as server:
        where = f"{first.address}:{server.address.port}"
        code, said = doctor.look(where)
        assert (code, "only the host's own computer" in said) == (1, True), said
        code, said = Doctor(first, tmp_path).look(where)
        assert (code, "connections from this computer only" in said) == (1, True), said


def test_a_wrong_port_and_the_chat_that_is_meant(
    computers: tuple[Computer, Computer], doctor: Doctor
) -> None:
    first = computers[0]
    with ServerProcess(*EVERYWHERE, under=first.inside) as server:
        code, said = doctor.look(f"{first.address}:1")
        assert (code, "nothing listens at port 1" in said) == (1, True), said
        place = f"{first.address}:{server.address.port}"
        assert f"These chats are nearby: Class 3b ({place})" in said


def test_something_swallows_what_is_sent(
    computers: tuple[Computer, Computer], doctor: Doctor
) -> None:
    process = computers[0].python("-c", FULL, computers[0].address)
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        code, said = doctor.look(f"{computers[0].address}:{port}")
        assert (code, "does not answer at all" in said) == (1, True), said
        assert "Mostly that is the firewall of the host's computer" in said
    finally:
        process.communicate("", PATIENCE)


def test_no_computer_has_that_address(doctor: Doctor) -> None:
    code, said = doctor.look("192.168.77.99")
    assert (code, "No computer in this network has the address" in said) == (1, True), said


def test_another_network(doctor: Doctor) -> None:
    code, said = doctor.look("10.20.30.40")
    assert (code, "10.20.30.40 is in another network than this" in said) == (1, True), said


def test_no_network(computers: tuple[Computer, Computer], doctor: Doctor) -> None:
    second = computers[1]
    second.run("ip", "address", "flush", "dev", second.interface)
    try:
        code, said = doctor.look(computers[0].address)
        assert (code, "This computer is not in any network." in said) == (1, True), said
    finally:
        second.run("ip", "address", "add", f"{second.address}/24", "dev", second.interface)
