"""The growth of costs is measured where it happens; the figures of so small a run mean nothing."""

import tempfile
from pathlib import Path

import pytest

from benchmarks import growth, growth_log, growth_turns
from benchmarks.figures import percentile, slope


def test_slopes_are_exponents() -> None:
    sizes = [10, 100, 1_000]
    assert slope([(size, 3.0) for size in sizes]) == pytest.approx(0)
    assert slope([(size, 3.0 * size) for size in sizes]) == pytest.approx(1)
    assert slope([(size, float(size) ** 2) for size in sizes]) == pytest.approx(2)


def test_percentiles_are_of_the_sorted_values() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert percentile(values, 50) == 51
    assert percentile(values, 99) == 100
    assert percentile([], 50) == 0


def test_a_log_is_measured_at_each_length() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = dict(growth_log.measure(Path(folder), [0, 800]))
    assert [*found] == [0, 800]
    assert [*found[0]] == [*found[800]]
    assert all(cost > 0 for costs in found.values() for cost in costs.values())


def test_a_message_is_measured_with_more_rooms_and_more_users() -> None:
    ((rooms, cost),) = growth_turns.rooms([250], 0.1)
    assert rooms == 250
    assert 0 <= cost["a message"] < 10_000
    assert [size for size, _ in growth_turns.users([2, 20], 0.1)] == [2, 20]


def test_a_curve_that_is_too_steep_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    flat, steep = [(0, 9.0), (10, 5.0), (100, 5.0)], [(0, 9.0), (10, 5.0), (100, 50.0)]
    found = growth.print_curves("log", {"append 1": steep, "resume 1,000": flat, "open": steep})
    slopes = {figure.what: figure.is_met for figure in found if figure.what.endswith("slope")}
    assert slopes == {
        "append 1, by log: slope": False,
        "resume 1,000, by log: slope": True,
        "open, by log: slope": True,
    }
    _, first, second, _ = capsys.readouterr().out.splitlines()
    assert first.endswith("1.00  MISSED")
    assert second.endswith("0.00")
