"""Notifications by notify-send, with one that writes down what it is told."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.fake_notify_send import FakeNotifySend
from tests.desktop.support import program
from tests.support import wait_until
from tkchat.desktop.notify_send import NotifySend

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="runs shell scripts")

HOSTILE = '-a <b>x</b> & "it\'s" `id` $(id) \\n %s 👍'


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def clicked() -> list[str]:
    return []


@pytest.fixture
def popups(clicked: list[str]) -> Iterator[NotifySend]:
    popups = NotifySend(clicked.append)
    yield popups
    popups.close()


def test_the_words_are_shown_as_they_are(tools: Path, popups: NotifySend) -> None:
    fake = FakeNotifySend(tools)
    popups.show("general", HOSTILE, f"{HOSTILE}\nand more")
    body = '-a &lt;b&gt;x&lt;/b&gt; &amp; "it\'s" `id` $(id) \\\\n %s 👍\nand more'
    assert fake.words == [[HOSTILE, body]]


def test_a_click_is_told(tools: Path, popups: NotifySend, clicked: list[str]) -> None:
    fake = FakeNotifySend(tools)
    popups.show("@bob", "bob", "hello")
    fake.click()
    wait_until(lambda: clicked == ["@bob"])


def test_the_next_one_takes_its_place(tools: Path, popups: NotifySend, clicked: list[str]) -> None:
    fake = FakeNotifySend(tools)
    for text in ("one", "two"):
        popups.show("@bob", "bob", text)
    popups.show("@carol", "carol", "three")
    replacing = ["--replace-id=42" in call for call in fake.calls]
    assert replacing == [False, True, False]
    fake.click()
    wait_until(lambda: len(clicked) == 2)
    wait_until(lambda: threading.active_count() == 1)
    assert sorted(clicked) == ["@bob", "@carol"]  # the replaced one heard of no click


def test_what_was_seen_is_taken_away(tools: Path, popups: NotifySend) -> None:
    fake = FakeNotifySend(tools)
    for key in ("a", "b", "c"):
        popups.show(key, key, "")
    popups.withdraw("b")
    popups.withdraw("b")
    popups.withdraw("unknown")
    wait_until(lambda: fake.closed == 1)
    popups.close()
    wait_until(lambda: fake.closed == 3)


def test_nothing_is_shown_after_the_end(tools: Path, popups: NotifySend) -> None:
    fake = FakeNotifySend(tools)
    popups.close()
    popups.show("a", "a", "too late")
    wait_until(lambda: threading.active_count() == 1)
    assert fake.closed <= 1


def test_an_old_version_shows_at_least(tools: Path, popups: NotifySend, clicked: list[str]) -> None:
    fake = FakeNotifySend(tools, is_old=True)
    popups.show("a", "one", "1")
    popups.show("a", "two", "2")
    assert fake.words == [["one", "1"], ["two", "2"]]
    assert not clicked


def test_a_desktop_that_was_not_ready_is_not_taken_for_an_old_one(
    tools: Path, popups: NotifySend, clicked: list[str]
) -> None:
    program(tools, "notify-send", "exit 1")
    with pytest.raises(subprocess.SubprocessError):
        popups.show("a", "a", "too early")
    fake = FakeNotifySend(tools)
    popups.show("a", "a", "b")
    fake.click()
    wait_until(lambda: clicked == ["a"])


def test_a_missing_program_is_told(tools: Path, popups: NotifySend) -> None:
    assert not list(tools.iterdir())
    with pytest.raises(OSError, match="notify-send"):
        popups.show("a", "a", "b")


def test_starts_no_message_bus(
    tools: Path, popups: NotifySend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    program(tools, "notify-send", f'echo "$DBUS_SESSION_BUS_ADDRESS" > "{tools}/address"; exit 1')
    with pytest.raises(subprocess.SubprocessError):
        popups.show("a", "a", "b")
    assert (tools / "address").read_text() == "unix:path=/nonexistent/bus\n"
