"""Which names are allowed, and which are the same (RFC 8265)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from precis_i18n import get_profile

from tests.wire.strategies import names
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import check_name, name_key


def test_ascii_which_is_not_looked_at_is_as_the_profiles_would_have_it() -> None:
    preserved, mapped = get_profile("UsernameCasePreserved"), get_profile("UsernameCaseMapped")
    for char in map(chr, range(0x21, 0x7F)):
        for name in (char, f"a{char}", f"{char}1Z", f"{char}é"):
            assert name_key(name) == mapped.enforce(name)
            if char not in "~@#/;":
                assert check_name(name) == preserved.enforce(name)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("alice", "alice"),
        ("Alice", "Alice"),
        ("a.b-c_d'42", "a.b-c_d'42"),
        ("Zoe\u0308", "Zo\xeb"),
        ("\uff21\uff42\uff13", "Ab3"),  # wide letters and digit
        ("\uff76\uff9e", "\u30ac"),  # half-width katakana with its voicing mark
        ("Zoë", "Zoë"),
        ("Андрей", "Андрей"),
        ("田中", "田中"),
        ("שלום", "שלום"),
        ("x" * 32, "x" * 32),
        ("é" * 32, "é" * 32),
        ("e\u0301" * 32, "é" * 32),
        ("SERVERS", "SERVERS"),
    ],
)
def test_allowed(name: str, normal: str) -> None:
    assert check_name(name) == normal


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("al ice", "space"),
        (" alice", "space"),
        ("alice\t", "space"),
        ("al\u3000ice", "space"),
        ("al\xa0ice", "space"),
        ("al\nice", "space"),
        *((f"a{char}b", f"cannot have {char}") for char in "~@#/;"),
        *((f"a{chr(ord(char) + 0xFEE0)}b", f"cannot have {char}") for char in "~@#/;"),
        ("@v=1", "cannot have @"),
        ("a\0b", r"U\+0000"),
        ("a\x1bb", r"U\+001B"),
        ("a\u202eb", r"U\+202E"),
        ("a\u200bb", r"U\+200B"),
        ("a\ufffdb", "cannot have"),
        ("a\ud800b", r"U\+D800"),
        ("😀", "cannot have 😀"),
        ("x" * 33, "at most 32"),
        ("é" * 33, "at most 32"),
        ("x" * 100_000, "at most 32"),
        ("\u05d0a", "cannot have"),  # right to left and left to right in one name
    ],
)
def test_refused(name: str, why: str) -> None:
    with pytest.raises(RemoteError, match=why) as refused:
        check_name(name)
    assert refused.value.code == "bad-name"
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "name", ["SERVER", "server", "SerVer", "\uff33\uff25\uff32\uff36\uff25\uff32"]
)
def test_the_hosts_own_name_is_refused_however_it_is_written(name: str) -> None:
    with pytest.raises(RemoteError, match="host's own"):
        check_name(name)


def test_a_refusal_names_what_was_to_be_named() -> None:
    with pytest.raises(RemoteError, match=r"^A room's name cannot be empty"):
        check_name("", "A room's name")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Alice", "alice"), ("ZOË", "zoë"), ("ДА", "да"), ("\uff21lice", "alice"), ("É", "e\u0301")],
)
def test_the_same_person(one: str, other: str) -> None:
    assert name_key(check_name(one)) == name_key(check_name(other))


@pytest.mark.parametrize(("one", "other"), [("alice", "alicе"), ("ss", "ß"), ("zoe", "zoë")])
def test_different_people(one: str, other: str) -> None:
    assert name_key(check_name(one)) != name_key(check_name(other))


@given(st.text(max_size=40))
def test_any_text_is_a_normal_name_or_refused(text: str) -> None:
    try:
        normal = check_name(text)
    except RemoteError:
        return
    assert check_name(normal) == normal
    assert 1 <= len(normal) <= 32
    assert not set("~@#/;") & set(normal)
    assert not any(char.isspace() for char in normal)


@given(names)
def test_names_of_all_scripts_are_stable(name: str) -> None:
    assert check_name(name) == name
    assert name_key(name) == name_key(name_key(name))
