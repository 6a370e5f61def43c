"""Passwords, tokens and the host's code are nowhere to be read, and decisions survive a kill."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scenarios.secrets_kit import (
    CHAT,
    NEW_CHAT,
    OWN,
    WRONG,
    found_in,
    host_code,
    read_all,
    server_process,
    shown_of,
)
from tests.secure import SecureClient, SecureTaggedClient
from tests.server.order_kit import order, ordered, refused
from tests.support import Client, ServerProcess, wait_until
from tests.tagged import TaggedClient
from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.server.identity import KEY_FILE
from tkchat.server.log_schema import LOG_FILE
from tkchat.wire.lines import Line, encode_tagged
from tkchat.wire.order import Audit, Banned, Role, RoleIs
from tkchat.wire.requests import AskJoin, Hello, encode_hello


def provoke(client: Client, *lines: str) -> None:
    """Say what is refused, with secrets in it."""
    client.say(*lines)
    for _ in lines:
        assert client.read_line() is not None


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("tagged_client", "client"),
    [(TaggedClient, Client), (SecureTaggedClient, SecureClient)],
    ids=["plain", "TLS"],
)
def test_no_secret_is_written_anywhere(
    tmp_path: Path, tagged_client: type[TaggedClient], client: type[Client]
) -> None:
    folder = tmp_path / "data"
    secret_file = tmp_path / "password.txt"
    with server_process(folder, "--password-file", str(secret_file)) as process:
        address, code = process.address, host_code(folder)
        tokens = []
        with tagged_client(address, "alice", password=code) as alice:
            alice.read_until(lambda event: event == RoleIs("alice", Role.HOST))
            with tagged_client(address) as bob:
                for password in (WRONG, CHAT):
                    bob.send(encode_hello(Hello("bob", password=password)))
                    assert bob.read_event()
                bob.read_until(lambda event: getattr(event, "user", "") == "bob")
                ordered(bob, f"/register {OWN}")
                refused(bob, f"/password {NEW_CHAT}")
                refused(bob, f"/host {WRONG}")
                refused(bob, f"/registre {OWN}")
                bob.send(encode_tagged(Line(f"/register {OWN}", {"event": "comand"})))
                bob.send(f"@event=command;re={OWN} /register {OWN}\n".encode())
                bob.send(f"@{OWN}=1 x\n".encode())
                bob.ping()
                with tagged_client(address) as other:
                    other.send(encode_hello(Hello("bob", password=CHAT)))
                    other.expect_refused("bad-password")
                    other.send(encode_hello(Hello("bob", password=OWN)))
                    assert other.read_until(lambda event: hasattr(event, "token"))
                    tokens.append(other.token)
                tokens.append(bob.token)
            ordered(alice, f"/password {NEW_CHAT}")
            tokens.append(alice.token)
            with client(address) as carol:
                carol.say("carol", NEW_CHAT)
                carol.read_until("SERVER~carol joined the chat app")
                provoke(carol, f"/password {OWN}", f"/register {OWN}", f"/{WRONG}")
            shown = repr([*alice.heard, *bob.heard])
        assert all(tokens)
        of_process = shown_of(process.process.pid)
        while_running = read_all(folder)
        process.process.terminate()
        process.wait()
        stdout = process.process.stdout.read() if process.process.stdout else b""
        written = {
            **of_process,
            "standard output": stdout,
            "standard error": process.stderr.encode(),
            "what is printed of events": shown.encode(),
            **while_running,
            **{f"{name}, afterwards": data for name, data in read_all(folder).items()},
        }
    assert len(while_running) > 4
    assert b"bob" in written["server.log"]
    assert b"bob" in written["log.sqlite3, afterwards"]
    secrets = {CHAT, NEW_CHAT, OWN, WRONG, code, *tokens}
    assert found_in(written, secrets, HOST_CODE_FILE, code) == []


def test_a_password_comes_by_standard_input_and_the_window_is_still_obeyed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    process = ServerProcess(
        "--data", str(folder), "--password-file", "-", "--hosted", stdin=subprocess.PIPE
    )
    assert process.process.stdin is not None
    process.process.stdin.write(f"{CHAT}\n".encode())
    process.process.stdin.flush()
    with process:
        with TaggedClient(process.address) as alice:
            alice.send(b"@v=1 alice\n")
            alice.expect_refused("bad-password")
        TaggedClient(process.address, "alice", password=CHAT).close()
        process.process.stdin.write(b"stop\n")
        process.process.stdin.flush()
        assert process.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there, a folder says who reads what is in it")
def test_what_was_put_back_open_to_others_is_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with server_process(folder):
        pass
    for name in (HOST_CODE_FILE, KEY_FILE, LOG_FILE, "server.log"):
        (folder / name).chmod(0o644)
    with server_process(folder) as process:
        assert HOST_CODE_FILE in read_all(folder)
        assert f"{KEY_FILE} could be read by others" in process.stderr
    notes = folder / "notes.txt"  # which is not tkchat's
    notes.touch(0o644)
    mode = notes.stat().st_mode
    with server_process(folder):
        assert notes.stat().st_mode == mode


def test_what_was_decided_survives_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with server_process(folder) as process:
        code = host_code(folder)
        with contextlib.ExitStack() as stack:
            alice, bob, carol = (
                stack.enter_context(TaggedClient(process.address, name, password=password))
                for name, password in (("alice", code), ("bob", ""), ("carol", ""))
            )
            alice.ask(AskJoin("lab"))
            for text in (
                *("/moderator bob", "/mute carol 60", "/ban carol", "/lock lab", "/slow 9 lab"),
                f"/password {NEW_CHAT}",
            ):
                ordered(alice, text)
            tokens = alice.token, bob.token, carol.token
            process.process.kill()
            process.process.wait()
    with server_process(folder) as process:
        address = process.address
        assert host_code(folder) == code
        with TaggedClient(address, "alice", token=tokens[0]) as alice:
            rows = [row for row in order(alice, "/audit") if isinstance(row, Audit)]
            assert [row.action for row in rows] == [
                *("host", "moderator", "mute", "ban", "lock", "slow", "password")
            ]
            assert [row.user for row in order(alice, "/bans") if isinstance(row, Banned)] == [
                "carol"
            ]
            with TaggedClient(address) as carol:
                carol.send(encode_hello(Hello("carol", token=tokens[2], password=NEW_CHAT)))
                carol.expect_refused("not-allowed")
            with TaggedClient(address, "bob", token=tokens[1], password=NEW_CHAT) as bob:
                bob.read_until(lambda event: event == RoleIs("bob", Role.MODERATOR))
            ordered(alice, "/unban carol")
            with TaggedClient(address, "carol", token=tokens[2], password=NEW_CHAT) as carol:
                mid = carol.say("hello")
                found = carol.read_until(lambda e: getattr(e, "mid", "") == mid)[-1]
                assert getattr(found, "code", "") == "not-allowed"
                carol.ask(AskJoin("lab"))
                assert carol.read_until(lambda e: getattr(e, "code", "") == "not-allowed")
    wait_until(lambda: process.process.poll() is not None)
