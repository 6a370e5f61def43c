"""The host's certificate in real processes: shown at the start, and changed while people talk."""

import os
import pty
import shutil
import signal
import ssl
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.secure import SecureClient
from tests.support import CHECKOUT, Client, ServerProcess, wait_until
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import CERTIFICATE_FILE, read_fingerprint, words
from tkchat.server.identity import KEY_FILE, own_identity
from tkchat.wire.join_code import decode

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")


def make(folder: Path) -> tuple[Path, Path]:
    folder.mkdir()
    own_identity(folder)
    return folder / CERTIFICATE_FILE, folder / KEY_FILE


def shown_by(address: Address) -> bytes | None:
    with SecureClient(address) as client:
        assert isinstance(client.socket, ssl.SSLSocket)
        return client.socket.getpeercert(binary_form=True)


@unix_only
def test_a_new_certificate_is_for_those_who_come_later(tmp_path: Path) -> None:
    one, other = make(tmp_path / "one"), make(tmp_path / "other")
    certificate, key = tmp_path / "chat.crt", tmp_path / "chat.key"

    def give(pair: tuple[Path, Path]) -> None:
        for source, target in zip(pair, (certificate, key), strict=True):
            shutil.copy(source, target)

    give(one)
    with (
        ServerProcess("--cert", str(certificate), "--key", str(key)) as server,
        SecureClient(server.address, "alice") as alice,
    ):
        before = shown_by(server.address)
        give(other)
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: shown_by(server.address) != before)
        alice.say("still here")
        alice.expect("alice~still here")
        later = shown_by(server.address)

        certificate.write_text("nonsense")
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "goes on with the certificate that it has" in server.stderr)
        assert shown_by(server.address) == later
        assert "Traceback" not in server.stderr


@unix_only
def test_a_host_with_a_key_of_its_own_takes_that_signal_too() -> None:
    with ServerProcess() as server:
        before = shown_by(server.address)
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "was read again" in server.stderr)
        assert shown_by(server.address) == before


@unix_only
def test_a_closed_terminal_still_ends_the_host(tmp_path: Path) -> None:
    command = [sys.executable, str(CHECKOUT / "run_server.py"), "--port", "0"]
    process, terminal = pty.fork()
    if process == 0:
        os.execv(sys.executable, command)
    shown = b""
    while b"listening on" not in shown:
        shown += os.read(terminal, 1_000)
    os.close(terminal)
    ended: list[int] = []

    def has_ended() -> bool:
        found, status = os.waitpid(process, os.WNOHANG)
        ended.append(status)
        return found == process

    wait_until(has_ended)
    assert os.waitstatus_to_exitcode(ended[-1]) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda certificate, key: certificate.unlink(),
        lambda certificate, key: key.write_text("nonsense"),
    ],
    ids=["missing", "nonsense"],
)
def test_files_that_cannot_be_used_take_one_line_to_say(
    tmp_path: Path, spoil: Callable[[Path, Path], object]
) -> None:
    certificate, key = make(tmp_path / "host")
    spoil(certificate, key)
    server = ServerProcess("--cert", str(certificate), "--key", str(key))
    try:
        assert server.wait() == 1
        assert str(certificate) in server.stderr
        assert len(server.stderr.splitlines()) == 1
    finally:
        server.close()


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    server = ServerProcess("--cert", str(tmp_path / "chat.crt"))
    try:
        assert server.wait() == 2
        assert "--cert and --key are given together" in server.stderr
    finally:
        server.close()


@pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")
def test_a_host_on_the_network_shows_how_to_join(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with ServerProcess("--host", "0.0.0.0", "--no-announce", "--data", str(data)) as server:
        fingerprint = read_fingerprint(data / CERTIFICATE_FILE)
        assert server.process.stdout is not None
        codes = []
        while (line := server.process.stdout.readline().decode()).startswith("Join code for "):
            host, _, code = line.removeprefix("Join code for ").strip().partition(": ")
            codes.append(decode(code))
            assert codes[-1].host == host
        assert [code.host for code in codes] == own_addresses()
        assert {code.port for code in codes} == {server.address.port}
        assert {code.key for code in codes} == {fingerprint[:10]}
        assert line.strip() == f"Its key in words: {words(fingerprint)}"
        at = Address(codes[0].host, server.address.port)
        with SecureClient(at, "alice") as alice, Client(at) as plain:
            alice.say("hello")
            alice.expect("alice~hello")
            plain.say("bob")
            said = plain.read_line()
            assert said is not None
            assert "encrypted connections only" in said
            plain.expect_end()
