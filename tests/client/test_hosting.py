"""A chat hosted from a client: a real server in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.secure import SecureClient
from tests.support import CHECKOUT, PATIENCE, Client, wait_until
from tests.tagged import TaggedClient
from tkchat import left_alone
from tkchat.client import hosting as hosting_module
from tkchat.client.hosting import HostingFailed, HostOptions, host, keep_options, kept_options
from tkchat.client.settings import Settings, SettingsFile
from tkchat.net.address import Address, own_addresses


def is_gone(address: Address) -> bool:
    """Whether nobody listens at ``address``."""
    with socket.socket() as probe:
        return probe.connect_ex((address.host, address.port)) != 0


def test_others_can_join_and_are_told_of_the_end(tmp_path: Path) -> None:
    hosting = host(tmp_path, port=0)
    with Client(hosting.address, "alice") as alice:
        hosting.stop()
        alice.read_until("SERVER~The chat is closing")
    assert is_gone(hosting.address)


def test_others_are_told_addresses_with_the_port(tmp_path: Path) -> None:
    hosting = host(tmp_path, port=0)
    try:
        suffix = f":{hosting.address.port}"
        assert all(address.endswith(suffix) for address in hosting.for_others)
        for address in hosting.for_others[:1]:
            at = Address(address.removesuffix(suffix), hosting.address.port)
            SecureClient(at, "bob").close()
            with Client(at) as plain:
                assert "encrypted connections only" in str(plain.read_line())
    finally:
        hosting.stop()


@pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")
def test_programs_that_do_not_encrypt_may_be_let_in(tmp_path: Path) -> None:
    hosting = host(tmp_path, 0, HostOptions(allow_plaintext=True))
    try:
        Client(Address(own_addresses()[0], hosting.address.port), "bob").close()
    finally:
        hosting.stop()


def test_stopping_twice_does_no_harm(tmp_path: Path) -> None:
    hosting = host(tmp_path, port=0)
    hosting.stop()
    hosting.stop()


def test_its_files_are_in_the_folder(tmp_path: Path) -> None:
    hosting = host(tmp_path / "host", port=0)
    hosting.stop()
    assert (tmp_path / "host" / "server.log").is_file()


def test_left_alone_it_goes_on_until_the_last_one_leaves(tmp_path: Path) -> None:
    hosting = host(tmp_path, port=0)
    with Client(hosting.address, "alice") as alice:
        with Client(hosting.address, "bob") as bob:
            hosting.leave_running()
            bob.say("still here?")
            alice.read_until("bob~still here?")
        alice.read_until("SERVER~bob left the chat app")
        alice.say("alone")
        alice.expect("alice~alone")
    wait_until(lambda: is_gone(hosting.address))
    hosting.stop()  # too late, and harmless


def test_what_was_left_alone_is_taken_up_again_and_ended(tmp_path: Path) -> None:
    first = host(tmp_path, port=0)
    with Client(first.address, "alice") as alice:
        first.leave_running()
        wait_until(lambda: left_alone.port_of(tmp_path) is not None)
        again = host(tmp_path, port=0)
        assert again.address == first.address
        again.leave_running()
        alice.say("still here")
        alice.expect("alice~still here")
        host(tmp_path, port=0).stop()
        alice.read_until("SERVER~The chat is closing")
    assert is_gone(first.address)
    newer = host(tmp_path, port=0)  # what is left of it is none of its business
    with Client(newer.address, "alice"):
        assert left_alone.port_of(tmp_path) is None
        newer.stop()


def test_hundreds_may_come_and_go(tmp_path: Path) -> None:
    """What the server logs of each must not fill a pipe that nobody reads."""
    hosting = host(tmp_path, port=0)
    try:
        for n in range(400):
            Client(hosting.address, f"guest{n}").close()
    finally:
        hosting.stop()


def test_a_port_in_use_is_recognised(tmp_path: Path) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:
        with pytest.raises(HostingFailed, match="already in use") as failure:
            host(tmp_path, port=taken.getsockname()[1])
        assert failure.value.port_in_use


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(HostingFailed, match="file cannot be used") as failure:
        host(file, port=0)
    assert not failure.value.port_in_use


def server_that(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have a stand-in for the server run ``code``."""
    monkeypatch.setattr(hosting_module, "server_command", lambda: [sys.executable, "-c", code])


def test_a_server_that_never_says_that_it_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosting_module, "START_SECONDS", 0.5)
    server_that(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(HostingFailed, match="did not start in time"):
        host(tmp_path)


def test_a_server_that_cannot_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosting_module, "server_command", lambda: [str(tmp_path / "missing")])
    with pytest.raises(HostingFailed, match="could not be started"):
        host(tmp_path)


def test_a_crash_is_told_by_its_last_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server_that(monkeypatch, "raise SystemExit('first\\nWhat went wrong')")
    with pytest.raises(HostingFailed, match=r"^What went wrong$"):
        host(tmp_path)


def test_a_warning_before_the_ready_line_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server_that(
        monkeypatch,
        "print('a warning'); print('tkchat is listening on 0.0.0.0:7', flush=True); input()",
    )
    hosting = host(tmp_path)
    assert hosting.address.port == 7
    hosting.stop()


def test_a_server_that_does_not_obey_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosting_module, "STOP_SECONDS", 0.2)
    server_that(
        monkeypatch,
        "import time; print('tkchat is listening on 0.0.0.0:7', flush=True); time.sleep(60)",
    )
    hosting = host(tmp_path)
    began = time.monotonic()
    hosting.stop()
    assert time.monotonic() - began < PATIENCE


WINDOW = """
import sys, pathlib
from tkchat.client.hosting import host
print(host(pathlib.Path(sys.argv[1]), port=0).address.port, flush=True)
sys.stdin.read()
"""


def ended(window: "subprocess.Popen[str]") -> None:
    window.communicate()


def killed(window: "subprocess.Popen[str]") -> None:
    window.kill()  # SIGKILL: it can do nothing about it
    window.communicate()


@pytest.mark.parametrize("end", [ended, killed])
def test_the_chat_outlives_the_window_until_it_is_empty(
    tmp_path: Path, end: Callable[["subprocess.Popen[str]"], None]
) -> None:
    window = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WINDOW, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    assert window.stdout is not None
    address = Address("127.0.0.1", int(window.stdout.readline()))
    with Client(address, "alice") as alice, Client(address, "bob") as bob:
        end(window)
        bob.say("the window is gone")
        alice.read_until("bob~the window is gone")
        alice.say("and we are not")
        bob.read_until("alice~and we are not")
    wait_until(lambda: is_gone(address))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups of a terminal")
def test_ctrl_c_for_the_window_is_not_for_the_server(tmp_path: Path) -> None:
    window = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WINDOW, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=CHECKOUT,
        start_new_session=True,
    )
    assert window.stdout is not None
    address = Address("127.0.0.1", int(window.stdout.readline()))
    with Client(address, "alice") as alice:
        os.killpg(window.pid, signal.SIGINT)
        window.communicate()
        alice.say("still here")
        alice.read_until("alice~still here")
    wait_until(lambda: is_gone(address))


def test_a_password_is_asked_for_and_in_no_list_of_processes(tmp_path: Path) -> None:
    options = HostOptions(title="-- Class 3b", password="open sesame", announce=False)
    hosting = host(tmp_path, 0, options)
    try:
        arguments = hosting._process.args
        assert isinstance(arguments, list)
        assert "--title=-- Class 3b" in arguments
        assert "sesame" not in " ".join(map(str, arguments))
        with Client(hosting.address) as simple:
            simple.say("carol")
            simple.read_until("SERVER~This chat has a password. Type it and press Return.")
        TaggedClient(hosting.address, "bob", password="open sesame").close()
    finally:
        hosting.stop()


def test_it_proves_who_hosts(tmp_path: Path) -> None:
    hosting = host(tmp_path, 0, HostOptions(asks_approval=True))
    try:
        assert len(hosting.proof()) >= 20
        (tmp_path / "host-code").unlink()
        assert hosting.proof() == ""
    finally:
        hosting.stop()


def test_all_options_reach_the_host(tmp_path: Path) -> None:
    said = hosting_module._arguments(
        tmp_path, 1, HostOptions("x", "secret", True, True, announce=False)
    )
    assert said[-6:] == [
        "--title=x", "--password-file", "-", "--approve", "--allow-plaintext", "--no-announce",
    ]  # fmt: skip
    plain = hosting_module._arguments(tmp_path, 1, HostOptions())
    assert not {"--password-file", "--approve", "--allow-plaintext", "--no-announce"} & set(plain)


def test_how_a_chat_was_hosted_is_kept_without_the_password(tmp_path: Path) -> None:
    settings = Settings()
    assert kept_options(settings) == HostOptions()
    said = HostOptions("Class 3b", "open sesame", True, allow_plaintext=True, announce=False)
    keep_options(settings, said)
    file = SettingsFile(tmp_path / "settings.json")
    file.write(settings)
    assert "sesame" not in (tmp_path / "settings.json").read_text()
    again, _ = file.read()
    kept = kept_options(again)
    assert kept == HostOptions("Class 3b", asks_approval=True, announce=False, had_password=True)
    keep_options(again, kept)
    assert kept_options(again) == kept


def test_a_title_of_any_length_can_be_read_again(tmp_path: Path) -> None:
    settings, file = Settings(), SettingsFile(tmp_path / "settings.json")
    keep_options(settings, HostOptions("long " * 1000))
    file.write(settings)
    assert file.read()[1] == []
