"""Each test here has a chat with a host, a moderator at a window, and somebody who needs one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.apps import People, Person
from tests.gui.order.order_chat import Chat
from tests.server.order_kit import hosted


@pytest.fixture
def chat(people: People, tmp_path: Path) -> Iterator[Chat]:
    with hosted(tmp_path / "host", "host") as (server, host):
        chat = Chat(people, server, host, tmp_path / "host")
        yield chat
        people.close()
        chat.bob.close()


@pytest.fixture
def alice(chat: Chat) -> Person:
    return chat.alice
