"""Many who come at once, and many who do nothing, are measured; here they are few."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import __main__ as main
from benchmarks import crowds, plot
from benchmarks.clients import Crowd
from benchmarks.peers import Tkchat
from benchmarks.programs import Program


@pytest.fixture
def host() -> Iterator[Program]:
    with tempfile.TemporaryDirectory() as folder, Tkchat().run(Path(folder), None) as program:
        yield program


def test_all_who_come_at_once_are_told_of_each_other(host: Program) -> None:
    connected, told, busy = crowds.join_at_once(host, 40)
    assert 0 < connected < told < 10
    assert 0 < busy < told


def test_more_can_come_in_later(host: Program) -> None:
    with Crowd(host.port, Tkchat().dialect, 3) as crowd:
        crowd.count = 8
        crowd.come_in()
        assert len(crowd.clients) == 8
        assert len({client.name for client in crowd.clients}) == 8


def test_the_picture_shows_all_servers(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the picture needs tkchat[bench]")
    file = tmp_path / "benchmark.svg"
    rates = {"tkchat": [(10, 1e5), (100, 1e6)], "ngircd": [(10, 5e4)], "relay": [(10, 1.1e5)]}
    assert plot.draw(rates, file, "a note")
    text = file.read_text("utf-8")
    assert text.startswith("<?xml")
    assert all(f"<!-- {label} -->" in text for label in ("tkchat", "ngIRCd", "a note"))
    assert len(text) < 150_000


def test_labels_that_would_meet_are_moved_apart() -> None:
    assert plot._spread({"b": 0.51, "a": 0.5, "c": 0.9}) == {"a": 0.5, "b": 0.55, "c": 0.9}


@pytest.mark.parametrize("plan", [main.SHORT, main.FULL])
def test_what_is_asked_of_each_subject_is_understood(plan: dict[str, list[str]]) -> None:
    assert [*plan] == [*main.SUBJECTS]
    for name, asked in plan.items():
        parser = main.parser_of(name)
        parser.parse_args(asked)
