"""A password that is given when a chat is hosted."""

import contextlib
from pathlib import Path

import pytest

from tests.server.order_kit import hosted
from tkchat.server.first_password import set_first_password
from tkchat.server.guard import Guard
from tkchat.server.hub import Hub
from tkchat.server.log import Log
from tkchat.server.log_records import LogError


def test_the_same_again_is_no_new_one(hub: Hub) -> None:
    guard = Guard()
    versions = []
    for password in ("sesame", "sesame", "other", "", ""):
        set_first_password(hub, guard, password)
        versions.append(hub.ask(lambda chat: chat.order.password.version))
    assert versions == [1, 1, 2, 3, 3]
    assert not hub.ask(lambda chat: chat.order.password.hash)


def test_it_is_there_after_a_restart_and_in_the_audit(tmp_path: Path) -> None:
    for version in (1, 1):
        with contextlib.closing(Log(tmp_path)) as log:
            hub = Hub(log)
            hub.start()
            set_first_password(hub, Guard(), "sesame")
            assert hub.ask(lambda chat: chat.order.password.version) == version
            hub.close()
            decisions = [(each.by, each.action) for each in log.decisions(10)]
            assert decisions == [("SERVER", "password")]
    with hosted(tmp_path):
        pass


def test_what_cannot_be_a_password_ends_the_start(hub: Hub) -> None:
    with pytest.raises(LogError, match="A password has") as refused:
        set_first_password(hub, Guard(), "tab\there")
    assert "tab" not in str(refused.value)
