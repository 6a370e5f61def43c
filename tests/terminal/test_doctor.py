"""The doctor as it prints: what it finds, what to do, and how it ends."""

import contextlib
import os
import socket
import subprocess
from pathlib import Path

import pytest

from tests.support import PATIENCE, running_server
from tkchat import cli
from tkchat.client.database import Database
from tkchat.client.findings import Finding, State, Step
from tkchat.client.invitation import Invitation
from tkchat.client.profile import Profile
from tkchat.client.trust import Trust
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import read_fingerprint
from tkchat.program import client_command
from tkchat.terminal import doctor
from tkchat.wire.join_code import JoinCode, encode

own = own_addresses()


def test_a_finding_is_a_paragraph_with_advice_under_it() -> None:
    finding = Finding(Step.HOST, State.BAD, "It is " + "very " * 20 + "bad.", "Do this.")
    first, second, third = doctor.as_text(finding).splitlines()
    assert first.startswith("[bad] It is very")
    assert second.startswith("    very")
    assert third == "    Do this."
    assert len(first) <= 78


def test_codes_and_words_are_not_broken() -> None:
    code = "-".join(["4F7K"] * 7)
    assert code in doctor.as_text(Finding(Step.HOST, State.OK, "x" * 60 + " " + code))


def test_whoever_stops_reading_ends_it(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [*client_command(), "--profile", str(tmp_path), "doctor", "192.168.1.300"]
    with os.fdopen(writer, "wb") as output:
        ended = subprocess.run(
            command, stdout=output, stderr=subprocess.PIPE, check=False, timeout=PATIENCE
        )
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_server(announce=True, title="Class 3b", data=tmp_path / "host") as server:
        key = read_fingerprint(server.identity.certificate)[:10]
        code = encode(JoinCode("127.0.0.1", server.address.port, key))
        assert cli.client_main(["--profile", str(tmp_path), "doctor", code]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"[good] Something listens at {server.address}.",
        "[good] The chat Class 3b answers.",
        "[good] It is the computer that the join code is of.",
        "Nothing is in the way.",
    ]


def test_nobody_listens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{bound.getsockname()[1]}"
        assert cli.client_main(["--profile", str(tmp_path), "doctor", where]) == 1
    out = capsys.readouterr().out
    assert out.startswith("[bad] No chat is open on this computer at port ")
    assert "Nothing is in the way" not in out


def test_what_cannot_be_an_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.client_main(["--profile", str(tmp_path), "doctor", "a b"])
    assert ended.value.code == 2
    assert "doctor a b" in capsys.readouterr().err


@pytest.mark.skipif(not own, reason="this computer is in no network")
def test_a_key_that_this_profile_does_not_know_the_host_by(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "is_here", lambda _: False)
    with running_server(host="0.0.0.0") as server:
        where = Invitation(Address(own[0], server.address.port))
        assert doctor.run(Profile(tmp_path), where) == 0
        assert "It encrypts, with the key" in capsys.readouterr().out
        with contextlib.closing(Database(tmp_path / "chats.sqlite3")) as database:
            Trust(database).replace(where.address, bytes(32))
        assert doctor.run(Profile(tmp_path), where) == 1
        assert "It shows another key than before" in capsys.readouterr().out


@pytest.mark.skipif(not own, reason="this computer is in no network")
def test_ones_own_chat_is_looked_at_as_a_host_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server(host="0.0.0.0") as server:
        where = f"{own[0]}:{server.address.port}"
        assert cli.client_main(["--profile", str(tmp_path), "doctor", where]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert f"Others can join by {where}, or with the join code " in out
