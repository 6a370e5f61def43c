"""What somebody at a terminal sees of encryption, against a host on this computer's own network."""

import os
from pathlib import Path

import pytest

from tests.support import running_server
from tkchat import cli
from tkchat.net.address import own_addresses
from tkchat.net.identity import join_codes, read_fingerprint, words
from tkchat.server.server import Server
from tkchat.wire.join_code import encode, link

pytestmark = pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")


@pytest.fixture(autouse=True)
def no_input() -> None:
    """Make sure of it also when pytest runs with ``-s``."""
    if os.isatty(0):
        pytest.skip("the standard input is a terminal: run without -s")


def run(profile: Path, where: str, *more: str) -> int:
    arguments = ["--terminal", "--profile", str(profile), "--name", "bot", "--connect", where]
    return cli.client_main([*arguments, *more])


def at(server: Server) -> str:
    return f"{own_addresses()[0]}:{server.address.port}"


def code_of(server: Server) -> str:
    return encode(join_codes(server.address, read_fingerprint(server.identity.certificate))[0])


def test_the_words_are_told_on_the_first_visit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server(host="0.0.0.0") as server:
        assert run(tmp_path, at(server)) == 0
        said = capsys.readouterr().err
        assert words(read_fingerprint(server.identity.certificate)) in said
        assert len(said.splitlines()) == 1
        assert run(tmp_path, at(server)) == 0
        assert capsys.readouterr().err == ""


def test_a_join_code_and_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_server(host="0.0.0.0") as server:
        codes = join_codes(server.address, read_fingerprint(server.identity.certificate))
        for where in (encode(codes[0]).lower(), link(codes[0])):
            assert run(tmp_path, where) == 0
            assert capsys.readouterr().err == ""


def test_another_key_stops_it_with_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server(host="0.0.0.0", data=tmp_path / "one") as server:
        assert run(tmp_path / "me", at(server)) == 0
        port = server.address.port
        capsys.readouterr()
    with running_server(host="0.0.0.0", data=tmp_path / "other", port=port) as server:
        assert run(tmp_path / "me", at(server)) == 1
        advice, keys = capsys.readouterr().err.splitlines()
        assert "Ask whoever hosts the chat for its join code" in advice
        assert words(read_fingerprint(server.identity.certificate)) in keys
        assert run(tmp_path / "me", code_of(server)) == 0
        assert run(tmp_path / "me", at(server)) == 0


def test_the_code_of_another_host_stops_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server(host="0.0.0.0") as one:
        code, port = code_of(one), one.address.port
    with running_server(host="0.0.0.0", port=port):
        assert run(tmp_path, code) == 1
    assert "Nothing was sent" in capsys.readouterr().err


def test_a_mistyped_code_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_server(host="0.0.0.0") as server:
        code = code_of(server)
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        with pytest.raises(SystemExit) as end:
            run(tmp_path, wrong)
    assert end.value.code == 2
    assert "mistyped" in capsys.readouterr().err
