"""First lines that are too long, cut by a slow network, or not meant for a chat at all."""

import pytest

from tests.server.tagged_kit import news
from tests.support import Client
from tests.tagged import TaggedClient
from tkchat.server import reader
from tkchat.server.server import Server
from tkchat.wire.limits import MAX_LINE_BYTES


def test_a_first_line_that_is_too_long_may_be_a_tagged_one(server: Server) -> None:
    with TaggedClient(server.address) as alice:
        alice.send(b"@v=1;install=" + b"a" * MAX_LINE_BYTES + b" alice\n")
        alice.expect_refused("too-long")
        alice.send(b"@v=1 alice\n")
        alice.read_event()
        assert alice.welcome is not None


def test_the_mid_of_what_is_too_long_comes_back(server: Server) -> None:
    mid = "0123456789abcdef" * 2
    with TaggedClient(server.address, "alice") as alice:
        news(alice)
        alice.send(f"@room=general;mid={mid} ".encode() + b"x" * MAX_LINE_BYTES + b"\n")
        alice.expect_refused("too-long", mid)
        alice.send(f"@mid={mid};Re=1 hi\n".encode())
        alice.expect_refused("bad-line", mid)
        alice.send(b"@room=general;x=1 mid=2" + b"x" * MAX_LINE_BYTES + b"\n")
        alice.expect_refused("too-long")


def test_a_tagged_line_that_comes_in_two_pieces_is_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SILENCE_SECONDS", 0.0)
    with TaggedClient(server.address) as alice, Client(server.address) as fence:
        alice.send(b"@v=1 ali")
        fence.send(b"bob")  # it would have been taken for a line by now
        fence.expect("SERVER~bob joined the chat app")
        alice.send(b"ce\n")
        alice.read_event()
        assert alice.name == "alice"


def test_a_web_page_cannot_make_a_browser_speak(server: Server) -> None:
    with Client(server.address, "alice") as alice, Client(server.address) as browser:
        browser.send(b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\nevil\nbuy this\n")
        browser.expect("SERVER~This is a chat, not a web site. Goodbye")
        alice.say("anybody?")
        alice.expect("alice~anybody?")
