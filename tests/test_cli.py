"""The entry points as a shell sees them: exit codes, and one line that says what to do."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKOUT, Client, ServerProcess
from tkchat import __version__

_CLIENT = [sys.executable, str(CHECKOUT / "run_client.py"), "--name", "alice", "--profile"]


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CHECKOUT / script, *arguments],
        env={**os.environ, **environment},
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.mark.parametrize("script", ["run_server.py", "run_client.py"])
def test_says_its_version_and_help(script: str) -> None:
    assert run(script, "--version").stdout == f"tkchat {__version__}\n"
    assert "--help" in run(script, "--help").stdout


@pytest.mark.parametrize(
    ("script", "arguments", "said"),
    [
        ("run_server.py", ["--port", "70000"], "70000 is not a port number"),
        ("run_server.py", ["--port", "chat"], "chat is not a port number"),
        ("run_client.py", ["--connect", "pc7:0"], "0 is not a port number"),
        ("run_client.py", ["--connect", "a b"], "An address looks like"),
        ("run_client.py", ["--terminal"], "--terminal needs --connect WHERE and --name"),
    ],
)
def test_wrong_arguments_are_named(script: str, arguments: list[str], said: str) -> None:
    done = run(script, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_profile_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "not a folder"
    file.touch()
    done = run("run_client.py", "--profile", str(file))
    assert done.returncode == 1
    assert str(file) in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("display", ["", ":4095"])
def test_no_display_says_what_else_to_type(display: str, tmp_path: Path) -> None:
    profile = str(tmp_path / "profile")
    done = run("run_client.py", "--profile", profile, DISPLAY=display, WAYLAND_DISPLAY="")
    assert done.returncode == 1
    assert "--terminal" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window(tmp_path: Path, ending: signal.Signals) -> None:
    with (
        ServerProcess() as server,
        Client(server.address, "bob") as bob,
        subprocess.Popen(
            [*_CLIENT, str(tmp_path / "p"), "--connect", str(server.address)]
        ) as client,
    ):
        try:
            bob.read_until("SERVER~alice joined the chat app")
            client.send_signal(ending)
            bob.read_until("SERVER~alice left the chat app")
            assert client.wait(10) == 0
        finally:
            client.kill()


def test_a_limit_is_changed_by_its_name() -> None:
    with (
        ServerProcess("--limit", "connections=1", "--limit", "flood-burst=3") as process,
        Client(process.address, "alice"),
        Client(process.address) as bob,
    ):
        bob.say("bob")
        bob.expect_end("SERVER~This chat is full: please try again later.")


def test_what_is_no_limit_and_no_password_file_is_named(tmp_path: Path) -> None:
    for arguments, said in (
        (("--limit", "connections=many"), "a number above 0"),
        (("--password-file", str(tmp_path / "none")), "No such file"),
    ):
        ended = run("run_server.py", "--port", "0", *arguments)
        assert ended.returncode in (1, 2)
        assert said in ended.stderr


def test_a_backup_is_made_while_the_chat_goes_on(tmp_path: Path) -> None:
    data, copy = str(tmp_path / "data"), str(tmp_path / "copy")
    with ServerProcess("--data", data) as server, Client(server.address, "alice") as alice:
        alice.say("hello")
        alice.expect("alice~hello")
        assert run("run_server.py", "verify", "--data", data).stdout.endswith("problems: none\n")
        done = run("run_server.py", "--data", data, "backup", copy)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{copy} has everything up to event 1. Not in it: host.key and ")
    done = run("run_server.py", "verify", copy)
    assert (done.returncode, done.stdout) == (0, f"{copy}: 1 events, 1 to 1; problems: none\n")
    done = run("run_server.py", "backup", copy, "--data", data)
    assert done.returncode == 1
    assert "Choose another name" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_damaged_log_is_told_by_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "log.sqlite3").write_text("not a log")
    done = run("run_server.py", "verify", "--data", str(tmp_path))
    assert done.returncode == 1
    assert "is damaged" in done.stdout
    assert done.stdout.endswith("problems: 1\n")


def test_without_a_folder_it_is_the_log_of_the_port(tmp_path: Path) -> None:
    done = run(
        "run_server.py", "verify", "--port", "4711", XDG_DATA_HOME=str(tmp_path), HOME=str(tmp_path)
    )
    assert done.returncode == 1
    assert "4711" in done.stderr
    assert "There is no log" in done.stderr
