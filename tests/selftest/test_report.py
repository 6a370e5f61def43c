"""A report counts each kind of wrong, and nothing that is right."""

from collections.abc import Sequence

from tkchat.selftest.report import Report, Said

A0, A1, B0 = ("anna", "0.0 1.5"), ("anna", "0.1 1.6"), ("ben", "0.0 1.7")
LOG = [(1, A0), (2, B0), (3, A1)]


def compared(
    log: Sequence[tuple[int, Said]] = LOG,
    shown: Sequence[tuple[int, Said]] = LOG,
    promised: Sequence[Said] = (),
) -> Report:
    report = Report()
    report.compare(promised, log, {"anna": LOG if log is LOG else log, "ben": shown})
    return report


def counts(report: Report) -> tuple[int, int, int]:
    return report.lost, report.doubled, report.reordered


def test_all_is_well() -> None:
    report = compared(promised=[A0, B0])
    assert counts(report) == (0, 0, 0)
    assert report.is_good
    assert report.lines()[0].startswith("3 messages, ")


def test_nothing_said_proves_nothing() -> None:
    assert not compared([], []).is_good


def test_what_only_its_author_has_is_lost() -> None:
    assert counts(compared(promised=[("anna", "1.0 2.0")])) == (1, 0, 0)


def test_what_a_client_does_not_show_is_lost() -> None:
    assert counts(compared(shown=LOG[:2])) == (1, 0, 0)


def test_what_the_log_has_twice_is_doubled() -> None:
    assert counts(compared([*LOG, (4, B0)], [*LOG, (4, B0)])) == (0, 1, 0)


def test_what_a_client_shows_twice_is_doubled() -> None:
    assert compared(shown=[LOG[0], *LOG]).doubled == 1


def test_another_order_than_the_authors_is_reordered() -> None:
    swapped = [(1, A1), (2, B0), (3, A0)]
    assert counts(compared(swapped, swapped)) == (0, 0, 1)


def test_another_order_than_the_hosts_is_reordered() -> None:
    assert counts(compared(shown=[LOG[1], LOG[0], LOG[2]])) == (0, 0, 1)


def test_latencies_are_shown_in_milliseconds() -> None:
    report = compared()
    report.latencies = [0.001] * 50 + [0.003] * 50
    assert "median 2.0 ms" in report.lines()[-1]
