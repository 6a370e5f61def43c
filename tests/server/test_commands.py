"""Every command, its answers and its errors, as somebody in the chat sees them."""

import pytest

from tests.support import Client, running_server
from tkchat.server.commands import COMMANDS, parse
from tkchat.server.server import Server


def test_help_lists_every_command(server: Server) -> None:
    with Client(server.address, "alice") as alice:
        alice.say("/help")
        lines = alice.read_lines(len(COMMANDS) + 1)
    assert [line.split(" - ")[0] for line in lines] == [
        "SERVER~/help",
        "SERVER~/who [ROOM]",
        "SERVER~/rooms",
        "SERVER~/join ROOM",
        "SERVER~/topic [TEXT]",
        "SERVER~/msg NAME TEXT",
        "SERVER~/me TEXT",
        "SERVER~/quit",
        "SERVER~//text",
    ]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("//who", "alice~/who"),
        ("//", "alice~/"),
        ("///", "alice~//"),
        (" /who", "alice~ /who"),
        ("/me waves", "alice~* alice waves"),
        ("/ME  waves ", "alice~* alice waves "),
        ("/who", "SERVER~In general (2): alice bob"),
        ("/who general", "SERVER~In general (2): alice bob"),
        ("/who #General ", "SERVER~In general (2): alice bob"),
        ("/who nowhere", "SERVER~There is no room nowhere; /rooms lists them."),
        ("/who a~b", "SERVER~A room's name cannot have ~ in it."),
        ("/who general games", "SERVER~It is typed like this: /who [ROOM]"),
        ("/rooms", "SERVER~Rooms: general (2)"),
        ("/rooms all", "SERVER~It is typed like this: /rooms"),
        ("/join", "SERVER~It is typed like this: /join ROOM"),
        ("/join two rooms", "SERVER~It is typed like this: /join ROOM"),
        ("/join general ", "SERVER~You are in general already."),
        ("/join GENERAL", "SERVER~You are in general already."),
        ("/join a/b", "SERVER~A room's name cannot have / in it."),
        ("/join " + "x" * 33, "SERVER~A room's name has at most 32 characters."),
        ("/topic", "SERVER~general has no topic"),
        ("/topic - ", "SERVER~general has no topic"),
        ("/topic  two  words ", "SERVER~alice set the topic of general: two words"),
        ("/topic " + "x" * 251, "SERVER~A topic has at most 250 characters."),
        ("/msg", "SERVER~It is typed like this: /msg NAME TEXT"),
        ("/msg bob", "SERVER~It is typed like this: /msg NAME TEXT"),
        ("/msg bob ", "SERVER~It is typed like this: /msg NAME TEXT"),
        ("/msg BOB psst, you", "alice~(to bob only) psst, you"),
        ("/msg carol hi", "SERVER~Nobody here is called carol."),
        ("/msg a@b hi", "SERVER~A username cannot have @ in it."),
        ("/msg alice note to self", "alice~(to alice only) note to self"),
        ("/me", "SERVER~It is typed like this: /me TEXT"),
        (
            "/nick bob",
            "SERVER~There is no command /nick; /help lists them. Type // to begin with a slash.",
        ),
        ("/", "SERVER~There is no command /; /help lists them. Type // to begin with a slash."),
        ("/help me", "SERVER~It is typed like this: /help"),
        (
            "/\x1b",
            "SERVER~There is no command /\ufffd; /help lists them. Type // to begin with a slash.",
        ),
    ],
)
def test_what_is_typed_and_what_comes_back(server: Server, typed: str, answer: str) -> None:
    with Client(server.address, "alice") as alice, Client(server.address, "bob"):
        alice.expect("SERVER~bob joined the chat app")
        alice.say(typed, "and on")
        alice.expect(answer, "alice~and on")


@pytest.mark.parametrize(
    "typed", ["/who", "/rooms", "/help", "/join", "/nick", "/msg carol x", " "]
)
def test_what_only_the_asker_hears(server: Server, typed: str) -> None:
    with Client(server.address, "bob") as bob, Client(server.address, "alice") as alice:
        bob.expect("SERVER~alice joined the chat app")
        alice.say(typed, "and on")
        bob.expect("alice~and on")


def test_a_message_to_one_person_reaches_them_in_any_room_and_nobody_else(server: Server) -> None:
    with (
        Client(server.address, "alice") as alice,
        Client(server.address, "bob") as bob,
        Client(server.address, "carol") as carol,
    ):
        bob.say("/join games")
        bob.read_until("SERVER~bob joined the room games")
        alice.say("/msg Bob psst", "aloud")
        bob.expect("alice~(to bob only) psst")
        carol.read_until("SERVER~bob left the room general")
        carol.expect("alice~aloud")


def test_rooms_do_not_hear_each_other(server: Server) -> None:
    with (
        Client(server.address, "alice") as alice,
        Client(server.address, "bob") as bob,
        Client(server.address, "carol") as carol,
    ):
        alice.read_until("SERVER~carol joined the chat app")
        bob.read_until("SERVER~carol joined the chat app")
        alice.say("/join #Games", "hello games")
        alice.expect("SERVER~alice joined the room Games", "alice~hello games")
        bob.say("/join games", "hi")
        bob.expect(
            "SERVER~alice left the room general", "SERVER~bob joined the room Games", "bob~hi"
        )
        alice.expect("SERVER~bob joined the room Games", "bob~hi")
        carol.expect("SERVER~alice left the room general", "SERVER~bob left the room general")
        carol.say("anybody?", "/rooms", "/who games")
        carol.expect(
            "carol~anybody?",
            "SERVER~Rooms: general (1) Games (2)",
            "SERVER~In Games (2): alice bob",
        )
        bob.close()
        alice.expect("SERVER~bob left the chat app")
        alice.say("/join general")
        alice.expect("SERVER~alice joined the room general")
        carol.expect("SERVER~alice joined the room general")
        carol.say("/rooms")
        carol.expect("SERVER~Rooms: general (2)")


def test_who_in_a_crowd_comes_in_several_lines(server: Server) -> None:
    names = [f"person{number}" for number in range(120)]
    clients = [Client(server.address, name) for name in names]
    last = clients[-1]
    last.say("/who")
    first, second = last.read_lines(2)
    for client in clients:
        client.close()
    assert first.startswith("SERVER~In general (120): person0 ")
    assert second.startswith("SERVER~In general (120): person100 ")
    listed = f"{first} {second}".replace("SERVER~In general (120):", "").split()
    assert listed == names


def test_quit(server: Server) -> None:
    with Client(server.address, "bob") as bob, Client(server.address, "alice") as alice:
        bob.expect("SERVER~alice joined the chat app")
        alice.say("bye", "/quit", "not said any more", "/who")
        alice.expect_end("alice~bye", "SERVER~Goodbye, alice")
        bob.expect("alice~bye", "SERVER~alice left the chat app")
        bob.say("/who")
        bob.expect("SERVER~In general (1): bob")


def test_a_name_is_free_as_soon_as_its_goodbye_was_said(server: Server) -> None:
    for _ in range(50):
        with Client(server.address) as alice:
            alice.say("alice", "/quit")
            alice.read_until("SERVER~Goodbye, alice")
            with Client(server.address, "alice") as again:
                again.say("/quit")
                again.expect_end("SERVER~Goodbye, alice")
            alice.expect_end()


def test_without_echo_the_sender_is_left_out_of_what_they_say_themselves() -> None:
    with (
        running_server(echo=False) as server,
        Client(server.address, "alice") as alice,
        Client(server.address, "bob") as bob,
    ):
        alice.expect("SERVER~bob joined the chat app")
        alice.say("one", "/me waves", "/who", "two")
        bob.expect("alice~one", "alice~* alice waves", "alice~two")
        bob.say("three")
        alice.expect("SERVER~In general (2): alice bob", "bob~three")
        bob.say("/msg alice four", "/quit")
        bob.expect_end("bob~(to alice only) four", "SERVER~Goodbye, bob")
        alice.expect("bob~(to alice only) four", "SERVER~bob left the chat app")


@pytest.mark.parametrize("blank", ["", " ", "\t", "\u3000"])
def test_a_blank_line_asks_for_nothing(blank: str) -> None:
    assert parse(blank) is None
