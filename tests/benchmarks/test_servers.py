"""Every server that the benchmark knows takes its load, and the load counts what it should."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import load, server
from benchmarks.clients import Crowd, ServerGaveUp
from benchmarks.comparison import Results, figures, table
from benchmarks.dialects import TEXT
from benchmarks.load import Load, Result
from benchmarks.peers import Peer, all_peers
from benchmarks.programs import Program
from benchmarks.trickle import delays
from tests.support import wait_until

CLIENTS = 10
PEERS = all_peers()


@contextmanager
def running(name: str) -> Iterator[tuple[Peer, Program]]:
    peer = PEERS[name]
    if missing := peer.missing():
        pytest.skip(f"{name} needs {missing}")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        peer.run(Path(folder), None) as program,
    ):
        yield peer, program


@pytest.mark.parametrize("name", PEERS)
def test_every_line_that_is_sent_is_counted_once_for_each_who_hears_it(name: str) -> None:
    with running(name) as (peer, program), Crowd(program.port, peer.dialect, CLIENTS) as crowd:
        work = Load(crowd, CLIENTS)
        work.begin()
        work.run(0.2)
        work.finish()
        hearers = CLIENTS if peer.dialect.hears_itself else CLIENTS - 1
        said = sum(client.sent for client in crowd.clients)
        assert work.deliveries == said * hearers
        assert said > CLIENTS * load.WINDOW, "nobody spoke again"
        work.run(0.1)
        assert work.deliveries == said * hearers, "more came than was said"


def test_a_line_that_nobody_sent_is_noticed() -> None:
    with running("tkchat") as (peer, program), Crowd(program.port, peer.dialect, 2) as crowd:
        work = Load(crowd, 2)
        work.begin()
        work.finish()
        crowd.clients[0].send(peer.dialect.say(b"", TEXT))

        def it_came() -> bool:
            work.run(0.02)
            return work.deliveries == 66

        wait_until(it_came)
        with pytest.raises(ServerGaveUp, match="66 lines were heard, not 64"):
            work.finish()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what another process uses")
def test_what_both_sides_use_is_measured() -> None:
    with running("tkchat") as (peer, program), Crowd(program.port, peer.dialect, CLIENTS) as crowd:
        result = load.measure(program, crowd, 0.3, 0.1, most_speakers=3)
    assert result.deliveries > 0
    assert 0.3 <= result.seconds < 5
    assert 0 < result.server_seconds < 4 * result.seconds
    assert 0 < result.clients_seconds <= result.seconds
    assert result.memory > 10_000_000


def test_a_server_that_hangs_up_is_no_result() -> None:
    with running("tutorial") as (peer, program), Crowd(program.port, peer.dialect, 2) as crowd:
        work = Load(crowd, 2)
        crowd.clients[1].socket.shutdown(2)
        with pytest.raises(ServerGaveUp, match="hung up on s00001"):
            work.run(5)


def test_what_is_no_message_is_noticed() -> None:
    with running("tkchat") as (peer, program), Crowd(program.port, peer.dialect, 2) as crowd:
        crowd.clients[0].send(b"of another length, so what is heard cannot be counted by bytes\n")
        work = Load(crowd, 2)
        work.begin()
        with pytest.raises(ServerGaveUp, match="heard something else"):
            work.run(5)


def test_the_delay_of_each_line_to_each_client_is_measured() -> None:
    with running("tkchat") as (peer, program), Crowd(program.port, peer.dialect, 5) as crowd:
        found = delays(crowd, rate=100, seconds=0.2)
    assert len(found) == 20 * 5
    assert min(found) > 0
    assert max(found) < 5_000


def test_who_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    assert server._present([PEERS["ngircd"], PEERS["tutorial"]]) == [PEERS["tutorial"]]
    told = capsys.readouterr().out
    assert told == "ngircd is skipped: it needs the package ngircd (apt-get install ngircd)\n"


def test_goals_are_held_against_what_was_measured_in_the_same_run() -> None:
    def run(rate: int, cost: float = 1.0) -> list[Result]:
        return [Result(rate, 1.0, cost * rate / 1e6, 0.1, 0)]

    results: Results = {
        "tkchat": {100: run(600, 1.0), 5_000: run(900, 1.2)},
        "relay": {100: run(1_000)},
        "ngircd": {100: run(150)},
        "mosquitto": {100: run(100)},
    }
    found = {figure.what: figure for figure in figures(results, [100, 5_000])}
    assert {what: round(figure.value, 3) for what, figure in found.items()} == {
        "tkchat / the best chat server, 100 clients": 4.0,
        "tkchat / relay, 100 clients": 0.6,
        "processor time of a delivery, 5,000 / 100 clients": 1.2,
    }
    missed = [what for what, figure in found.items() if not figure.is_met]
    assert missed == ["tkchat / relay, 100 clients"]
    assert "MISSED" in str(found["tkchat / relay, 100 clients"])
    assert table(results, [100, 5_000]).splitlines()[-1].split() == [
        *("mosquitto", "0", "(0%,", "10%*)", "-"),
    ]
