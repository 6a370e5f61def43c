"""What is typed about earlier messages."""

import pytest

from tests.client.logs import mid, own, page_of, said
from tkchat.client.events import Opened
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.terminal.on_messages import parse
from tkchat.wire.entry import Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say


@pytest.fixture
def model() -> Model:
    model = Model("alice")
    page = page_of(
        [
            said(1, author="bob"),
            said(2, author="Bob"),
            own(3, Say(GENERAL, "helo", mid(1))),
            said(4, author="eve"),
        ]
    )
    model.apply(Opened("alice", GENERAL, page), Changes())
    return model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/reply bob well,  yes", Say(GENERAL, "well,  yes", kind=Kind.REPLY, target=2)),
        ("/REPLY @eve no", Say(GENERAL, "no", kind=Kind.REPLY, target=4)),
        ("/react bob :tada:", Say(GENERAL, "🎉", kind=Kind.REACT, target=2)),
        ("/react eve 👍", Say(GENERAL, "👍", kind=Kind.REACT, target=4)),
        ("/edit hello", Say(GENERAL, "hello", kind=Kind.EDIT, target=3)),
        ("hello", None),
        ("/who", None),
        ("/", None),
        ("/edit\nis a word", None),
        ("//edit", None),
    ],
)
def test_what_is_to_be_done(model: Model, text: str, expected: Say | None) -> None:
    assert parse(text, model) == expected


@pytest.mark.parametrize("text", ["/reply bob", "/react bob", "/react bob a b", "/edit"])
def test_how_it_is_typed(model: Model, text: str) -> None:
    with pytest.raises(RemoteError, match="It is typed like this"):
        parse(text, model)


@pytest.mark.parametrize("name", ["nobody", "💥", "@", "a~b"])
def test_somebody_who_said_nothing_here_or_cannot_be(model: Model, name: str) -> None:
    with pytest.raises(RemoteError, match="There is no message of"):
        parse(f"/reply {name} hello", model)


def test_what_the_host_does_not_have_yet_is_changed_first(model: Model) -> None:
    model.said_here([Say(GENERAL, "wait", mid(7))], Changes())
    assert parse("/edit waits", model) == Say(GENERAL, "waits", mid(7), Kind.EDIT)


def test_where_there_is_nothing_it_says_so(model: Model) -> None:
    with pytest.raises(RemoteError, match="no message of dan"):
        parse("/reply dan hello", model)
    with pytest.raises(RemoteError, match="no message of yours"):
        parse("/edit hello", Model("alice"))
