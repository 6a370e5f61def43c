"""A transcript as JSON."""

import json
from typing import Any

from tests.client.export.messages import ABOUT, HOSTILE, conversation, said
from tkchat.client.export.as_json import as_json
from tkchat.client.message import Message


def read(messages: list[Message]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads("".join(as_json(ABOUT, messages)))
    return document


def test_everything_is_told() -> None:
    messages = conversation()
    document = read(messages)
    found = document.pop("messages")
    assert document == {
        "room": "design",
        "host": "192.0.2.1:12345",
        "exported_by": "alice",
        "exported_at": "2026-11-20T12:00:00+00:00",
    }
    assert [each["kind"] for each in found] == ["gap", *["said"] * 4, "presence", "said"]
    _, question, answer, _, gone, presence, _ = found
    assert question == {
        "kind": "said",
        "time": "2026-11-20T12:00:00.000+00:00",
        "seq": messages[1].seq,
        "author": "alice",
        "text": "is it *done*?",
    }
    assert answer["answers"] == question["seq"]
    assert answer["edited"] is True
    assert answer["reactions"] == {"👍": ["alice", "carol"], "🎉": ["bob"]}
    assert gone["deleted"] is True
    assert (presence["author"], presence["text"]) == ("dave", "joined")


def test_any_text_survives() -> None:
    [found] = read([said(f"{HOSTILE} \ud83d")])["messages"]
    assert found["text"] == f"{HOSTILE} \ud83d"


def test_nothing_makes_an_empty_list() -> None:
    assert read([])["messages"] == []
