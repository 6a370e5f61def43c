"""The terminal client as its users start it: in pipes, and at a terminal."""

import contextlib
import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import CHECKOUT, PATIENCE, Client, ServerProcess, running_server, wait_until
from tkchat.net.address import Address

CTRL_C, CTRL_D = b"\x03", b"\x04"
WHERE_IS_THE_CURSOR = b"\x1b[6n"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


def command(address: Address, name: str, profile: Path) -> list[str]:
    script = str(CHECKOUT / "run_client.py")
    arguments = ["--terminal", "--connect", str(address), "--name", name]
    return [sys.executable, script, *arguments, "--profile", str(profile)]


def pipe_through(
    address: Address, content: str, folder: Path, name: str = "bot"
) -> "subprocess.CompletedProcess[str]":
    """Do what ``echo content | run_client.py --terminal ...`` does, from another folder."""
    folder.mkdir(exist_ok=True)
    return subprocess.run(
        command(address, name, folder),
        check=False,
        input=content,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        timeout=PATIENCE * 3,
    )


def test_one_line_through_a_pipe(tmp_path: Path) -> None:
    with ServerProcess() as server, Client(server.address, "bob") as bob:
        done = pipe_through(server.address, "grüß dich\n", tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1] == "bot~grüß dich"
        bob.expect("SERVER~bot joined the chat app", "bot~grüß dich")
        bob.expect("SERVER~bot left the chat app")


def test_500_lines_through_a_pipe_arrive_in_order(tmp_path: Path) -> None:
    lines = [f"line {n}" for n in range(500)]
    with running_server() as server, Client(server.address, "bob") as bob:
        done = pipe_through(server.address, "\n".join(lines), tmp_path)
        heard = bob.read_until("SERVER~bot left the chat app")
    said = [f"bot~{line}" for line in lines]
    assert (done.returncode, heard[1:]) == (0, said)
    assert done.stdout.splitlines()[-500:] == said


def test_one_after_the_other_under_one_name(tmp_path: Path) -> None:
    with running_server() as server:
        codes = [pipe_through(server.address, f"{n}\n", tmp_path).returncode for n in range(3)]
    assert codes == [0, 0, 0]


def test_the_name_belongs_to_the_profile(tmp_path: Path) -> None:
    with ServerProcess() as server, terminal(server.address, tmp_path / "one") as alice:
        alice.sees("connected as alice")
        second = pipe_through(server.address, "from a pipe\n", tmp_path / "one", "alice")
        assert (second.returncode, second.stderr) == (0, "")
        alice.sees("alice: from a pipe")
        stranger = pipe_through(server.address, "from elsewhere\n", tmp_path / "two", "alice")
    assert stranger.returncode == 1
    assert "is taken" in stranger.stderr


def test_a_host_that_dies_in_between_loses_nothing(tmp_path: Path) -> None:
    lines = [f"line {n}" for n in range(300)]
    data = ("--data", str(tmp_path / "host"), "--no-flood-limit")
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(ServerProcess(*data))
        bot = stack.enter_context(
            subprocess.Popen(
                command(first.address, "bot", tmp_path / "bot"),
                bufsize=0,  # what is read ahead would be lost to `communicate`
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
        assert bot.stdin is not None
        assert bot.stdout is not None
        bot.stdin.write("\n".join(lines).encode())
        bot.stdin.flush()
        while bot.stdout.readline() != b"bot~line 20\n":
            pass
        first.process.kill()
        first.wait()
        stack.enter_context(ServerProcess(*data, port=first.address.port))
        out, err = bot.communicate(timeout=PATIENCE * 3)
    assert (bot.returncode, err) == (0, b"")
    said = [line for line in out.decode().splitlines() if not line.startswith("SERVER~")]
    assert said == [f"bot~{line}" for line in lines[21:]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another signal for this")
def test_what_waits_when_it_is_interrupted_is_said_the_next_time(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "host"))
    with ServerProcess(*data) as server:
        assert pipe_through(server.address, "", tmp_path / "bot").returncode == 0
    process = subprocess.Popen(
        command(server.address, "bot", tmp_path / "bot"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b"one\ntwo\n")
    process.stdin.flush()
    chats = tmp_path / "bot" / "chats.sqlite3"
    wait_until(lambda: waiting_in(chats) == 2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert err.startswith(b"tkchat: 2 lines wait on this computer")
    with (
        ServerProcess(*data, port=server.address.port) as again,
        Client(again.address, "bob") as bob,
    ):
        done = pipe_through(again.address, "three\n", tmp_path / "bot")
        heard = bob.read_until("SERVER~bot left the chat app")
    assert (done.returncode, done.stderr) == (0, "")
    assert heard[1:] == ["bot~one", "bot~two", "bot~three"]


def waiting_in(chats: Path) -> int:
    """Return how many messages wait to be sent."""
    with contextlib.closing(sqlite3.connect(chats)) as connection:
        count: int = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
        return count


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = subprocess.run(
        command(Address("127.0.0.1", 1), "bot", tmp_path / "file"),
        check=False,
        capture_output=True,
        timeout=PATIENCE * 3,
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert str(tmp_path / "file").encode() in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_nobody_there(tmp_path: Path) -> None:
    with running_server() as server:
        address = server.address
    done = pipe_through(address, "hi\n", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert str(address) in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows breaks no pipe while nobody writes")
def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    """What ``... | head -1`` does."""
    with running_server() as server, Client(server.address, "bob") as bob:
        process = subprocess.Popen(
            command(server.address, "bot", tmp_path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        with process.stdin, process.stderr:
            assert process.stdout.readline() == b"SERVER~In general: bob bot\n"
            process.stdout.close()
            bob.say("one", "two", "three")
            assert process.wait(PATIENCE) == 0
            assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another signal for this")
def test_ctrl_c_in_a_pipe(tmp_path: Path) -> None:
    with running_server() as server:
        process = subprocess.Popen(
            command(server.address, "bot", tmp_path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        with process.stdin, process.stdout, process.stderr:
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 130
            assert process.stderr.read() == b""


class Terminal:
    """A terminal with the client in it, which answers what terminals are asked."""

    def __init__(self, arguments: list[str], *, piped_input: str | None = None) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            arguments,
            stdin=theirs if piped_input is None else subprocess.PIPE,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "LINES": "24", "COLUMNS": "80"},
            start_new_session=True,
        )
        os.close(theirs)
        if self.process.stdin is not None:
            self.process.stdin.write((piped_input or "").encode())
            self.process.stdin.close()
        self._seen = b""

    def press(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def sees(self, text: str, after: str = "") -> None:
        """Wait until ``text`` was drawn, somewhere after ``after``."""
        wait_until(
            lambda: after in self.seen and text in self.seen[self.seen.index(after) :],
            describe=lambda: self.seen,
        )

    @property
    def seen(self) -> str:
        """All that was ever drawn, without colours and cursor moves."""
        with contextlib.suppress(OSError):  # Linux: the other end is closed
            while select.select([self._ours], [], [], 0)[0]:
                data = os.read(self._ours, 65_536)
                if not data:
                    break
                self._seen += data
                for _ in range(data.count(WHERE_IS_THE_CURSOR)):
                    os.write(self._ours, b"\x1b[12;1R")
        return "\n" + ESCAPES.sub("", self._seen.decode(errors="replace"))

    def exit_code(self) -> int:
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, self.seen
            time.sleep(0.01)
            assert self.seen is not None  # what nobody reads would hold it up
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)


@contextlib.contextmanager
def terminal(
    address: Address, profile: Path, *, piped_input: str | None = None
) -> Iterator[Terminal]:
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals that Python knows")
    running = Terminal(command(address, "alice", profile), piped_input=piped_input)
    try:
        yield running
    finally:
        running.close()


def test_a_person_at_a_terminal(tmp_path: Path) -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        terminal(server.address, tmp_path) as alice,
    ):
        alice.sees("2 people · connected as alice")
        alice.press(b"hello\r")
        bob.read_until("alice~hello")
        alice.press(b"half ty")
        alice.sees("> half ty")
        bob.say("surprise")
        alice.sees("bob: surprise")
        alice.sees("> half ty", after="bob: surprise")  # still there, and below
        alice.press(b"ped\r")
        bob.read_until("alice~half typed")
        alice.press(CTRL_D)
        assert alice.exit_code() == 0
        bob.read_until("SERVER~alice left the chat app")
        assert "Traceback" not in alice.seen


@pytest.mark.parametrize("keys", [CTRL_C, b"/quit\r"])
def test_other_ways_to_leave(tmp_path: Path, keys: bytes) -> None:
    with running_server() as server, terminal(server.address, tmp_path) as alice:
        alice.sees("connected as alice")
        alice.press(keys)
        assert alice.exit_code() == 0
        assert "Traceback" not in alice.seen


def test_a_pipe_in_and_a_terminal_out(tmp_path: Path) -> None:
    with (
        running_server() as server,
        terminal(server.address, tmp_path, piped_input="hi\n") as alice,
    ):
        assert alice.exit_code() == 0
        assert "alice~hi" in alice.seen


def test_a_terminal_in_and_a_pipe_out(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals that Python knows")
    import pty

    ours, theirs = pty.openpty()
    with running_server() as server, Client(server.address, "bob") as bob:
        process = subprocess.Popen(
            command(server.address, "alice", tmp_path),
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        os.close(theirs)
        os.write(ours, b"hi\n")
        bob.read_until("alice~hi")
        os.write(ours, CTRL_D)
        out, err = process.communicate(timeout=PATIENCE)
    os.close(ours)
    assert (process.returncode, err) == (0, b"")
    assert out.splitlines()[-1] == b"alice~hi"
