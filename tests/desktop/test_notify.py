"""The desktop's notifications, shown without waiting."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.fake_notify_send import FakeNotifySend
from tests.support import wait_until
from tkchat.desktop.notify import Notifier


class SlowDesktop:
    """Shows one thing at a time, each when it is told to."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.busy = threading.Event()
        self.shown: list[tuple[str, str, str]] = []
        self.withdrawn: list[str] = []

    def show(self, key: str, title: str, text: str) -> None:
        self.busy.set()
        self.go.acquire()
        if title == "broken":
            raise subprocess.SubprocessError(title)
        self.shown.append((key, title, text))

    def withdraw(self, key: str) -> None:
        self.withdrawn.append(key)

    def close(self) -> None:
        self.go.release(100)


@pytest.fixture
def desktop() -> SlowDesktop:
    return SlowDesktop()


@pytest.fixture
def notifier(desktop: SlowDesktop) -> Iterator[Notifier]:
    notifier = Notifier(lambda _: None, desktop)
    yield notifier
    notifier.close()


def test_of_what_waits_only_the_newest_is_shown(notifier: Notifier, desktop: SlowDesktop) -> None:
    notifier.show("a", "first", "1")
    assert desktop.busy.wait(10)
    for number in range(2, 9):
        notifier.show("a", "more", str(number))
        notifier.show("b", "other", str(number))
    desktop.go.release(3)
    wait_until(lambda: len(desktop.shown) == 3)
    assert desktop.shown == [("a", "first", "1"), ("a", "more", "8"), ("b", "other", "8")]


def test_what_was_seen_meanwhile_is_not_shown(notifier: Notifier, desktop: SlowDesktop) -> None:
    notifier.show("a", "first", "1")
    assert desktop.busy.wait(10)
    notifier.show("a", "second", "2")
    notifier.withdraw("a")
    desktop.go.release(2)
    wait_until(lambda: desktop.withdrawn == ["a"])
    assert desktop.shown == [("a", "first", "1")]


def test_a_failure_ends_nothing(notifier: Notifier, desktop: SlowDesktop) -> None:
    desktop.go.release(2)
    notifier.show("a", "broken", "")
    wait_until(desktop.busy.is_set)
    notifier.show("b", "whole", "")
    wait_until(lambda: desktop.shown == [("b", "whole", "")])


def test_no_text_is_impossible(notifier: Notifier, desktop: SlowDesktop) -> None:
    desktop.go.release()
    notifier.show("a", "nul \0 and half \ud83d", "\0")
    wait_until(lambda: desktop.shown == [("a", "nul  and half ?", "")])


def test_nothing_is_shown_after_the_end(notifier: Notifier, desktop: SlowDesktop) -> None:
    notifier.close()
    notifier.show("a", "too late", "")
    assert threading.active_count() == 1
    assert desktop.shown == []


@pytest.mark.skipif(sys.platform != "linux", reason="shows them by notify-send")
def test_a_click_is_told_of_the_real_thing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    fake = FakeNotifySend(tmp_path)
    clicked: list[str] = []
    notifier = Notifier(clicked.append)
    notifier.show("@bob", "bob", "hello")
    wait_until(lambda: fake.words == [["bob", "hello"]])
    fake.click()
    wait_until(lambda: clicked == ["@bob"])
    notifier.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the program is always there")
def test_without_a_program_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    notifier = Notifier(lambda _: None)
    notifier.show("a", "a", "b")
    notifier.withdraw("a")
    notifier.close()
    wait_until(lambda: threading.active_count() == 1)
