"""A transcript as plain text."""

from tests.client.export.messages import ABOUT, HOSTILE, conversation, said
from tkchat.client.export.as_text import as_text


def test_everything_is_told() -> None:
    assert "".join(as_text(ABOUT, conversation())).splitlines() == [
        "#design on 192.0.2.1:12345",
        "Exported by alice, 2026-11-20 12:00",
        "--- Some are missing. ---",
        "",
        "--- 2026-11-20 ---",
        "[12:00] alice: is it *done*?",
        "[12:01] bob (to alice: is it *done*?): yes",
        "        it is (edited)",
        "        👍 alice, carol, 🎉 bob",
        "[12:02] * carol waves",
        "[12:03] bob: (message deleted)",
        "[12:04] dave joined",
        "",
        "--- 2026-11-21 ---",
        "[12:00] bob: late",
    ]


def test_nothing_in_it_commands_a_terminal() -> None:
    text = "".join(as_text(ABOUT, [said(HOSTILE, "m\x1bx")]))
    assert "<script>alert(1)</script>" in text
    assert not set("\x1b\x00\u202e") & set(text)
