"""Where to chat, as it is written."""

import tkinter as tk

import pytest

from tests.gui.driving import every, focus, press, text_of, type_text
from tkchat.client.hosting import HostOptions
from tkchat.client.invitation import Invitation
from tkchat.client.nearby import Nearby
from tkchat.client.settings import Settings
from tkchat.gui.door.places import Places
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.net.address import Address
from tkchat.wire.join_code import KEY_BYTES, JoinCode, encode

PC7 = Address("10.0.0.7")
CODE = encode(JoinCode(PC7.host, PC7.port, bytes(KEY_BYTES)))


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def places(root: tk.Tk, theme: Theme, emoji: Emoji, calls: list[str]) -> Places:
    places = Places(
        root,
        theme,
        emoji,
        lambda: calls.append("changed"),
        lambda: calls.append("set up"),
        wrap=384,
    )
    places.pack(fill="both", expand=True)
    places.restyle()
    places.fill([], host_here=True)
    calls.clear()
    return places


def said(places: Places) -> str:
    places.update()
    return " | ".join(text_of(each) for each in every(places) if each.winfo_ismapped())


def write(places: Places, text: str) -> None:
    focus(places.field)
    press(places.field, "<Control-slash>", "<BackSpace>")
    type_text(places.field, text)


def test_typing_chooses_joining(places: Places, calls: list[str]) -> None:
    write(places, "10.0.0.7")
    assert not places.host_here
    assert places.touched
    assert "changed" in calls
    assert places.read() == Invitation(PC7)


def test_a_code_is_read_however_it_is_typed(places: Places) -> None:
    for written in (CODE, CODE.lower().replace("-", " "), f"tkchat://{CODE}"):
        write(places, written)
        assert "Join code for 10.0.0.7 |" in said(places) + " |"
        assert places.read() == Invitation(PC7, bytes(KEY_BYTES))


def test_while_a_code_is_typed_it_is_not_called_wrong(places: Places) -> None:
    write(places, CODE[:24])
    assert "too short" in said(places)
    assert str(places._line.cget("style")) == "Muted.TLabel"
    write(places, CODE[:-1] + ("2" if CODE[-1] != "2" else "3"))
    assert str(places._line.cget("style")) == "Error.TLabel"


def test_nothing_is_said_of_an_address(places: Places) -> None:
    write(places, "a-rather-long-name.of-a-computer.example")
    assert "code" not in said(places).replace("join code or link", "")


def test_the_way_to_the_options_comes_when_the_dialog_is_there(
    places: Places, calls: list[str]
) -> None:
    assert "Options…" not in said(places)
    high = places.winfo_reqheight()
    places.complete(Settings())
    assert "Options…" in said(places)
    assert places.winfo_reqheight() == high
    press(places.set_up, "<Return>")
    assert calls == ["set up"]
    places.take_options(HostOptions("class", "secret"))
    assert places.host_here
    assert "class · with a password" in said(places)


def test_how_a_chat_was_hosted_the_last_time_is_offered_again(places: Places) -> None:
    settings = Settings(host_title="class", host_approve=True, host_announce=False)
    places.complete(settings)
    assert "class · asks first · not shown nearby" in said(places)
    places.take_options(HostOptions("class", "secret"))
    places.complete(settings)
    assert "class · with a password" in said(places)  # what was said just now counts more


def test_what_is_wrong_goes_when_another_place_is_chosen(places: Places, theme: Theme) -> None:
    found: list[bool] = []
    places.show_problem("No chat is open there.", lambda: found.append(True))
    theme.set_zoom(150)
    assert "No chat is open there." in said(places)
    press(places.why, "<Return>")
    assert found == [True]
    press(places.join_radio, "<space>")
    theme.set_zoom(100)
    places.restyle()
    assert "Find out why" not in said(places)
    places.show_problem("Another problem.")
    assert "Find out why" not in said(places)


def test_chats_nearby_make_no_empty_box(places: Places) -> None:
    places.show_nearby([])
    assert places._nearby is None
    places.look()
    assert "Looking for chats nearby…" in said(places)
    places.show_nearby([Nearby("Class 3b", 3, PC7)])
    assert "Chats nearby: | Class 3b" in said(places)
    places.set_enabled(enabled=False)
    places.take_nearby(Nearby("Class 3b", 3, PC7))
    assert places.host_here


def test_a_mistyped_code_is_told_once(places: Places) -> None:
    mistyped = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    places.prefer_joining(mistyped)
    with pytest.raises(ValueError, match="mistyped") as problem:
        places.read()
    assert said(places).count("mistyped") == 1
    places.show_problem(str(problem.value))
    assert said(places).count("mistyped") == 1
    places.show_problem("Another problem.")
    assert "Another problem." in said(places)
