"""What is meant by a few letters."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.gui.places.fuzzy import rank, score


def best(query: str, *names: str) -> list[str]:
    return rank(query, names, lambda name: name, lambda _name: 0.0)


@pytest.mark.parametrize(
    ("query", "name"), [("gen", "general"), ("GNL", "general"), ("rt", "release-talk"), ("", "x")]
)
def test_letters_in_their_order_fit(query: str, name: str) -> None:
    assert score(query, name) is not None


@pytest.mark.parametrize(("query", "name"), [("neg", "gen"), ("genx", "general"), ("a", "")])
def test_others_do_not(query: str, name: str) -> None:
    assert score(query, name) is None


def test_the_whole_name_comes_first_then_its_beginning_then_starts_of_words() -> None:
    assert best("dev", "dinner-events", "webdev", "my-dev", "devices", "dev") == [
        "dev", "devices", "my-dev", "dinner-events", "webdev",
    ]  # fmt: skip


def test_starts_of_words_count_more_than_letters_in_between() -> None:
    assert best("rt", "part", "art", "release-talk")[0] == "release-talk"


def test_spaces_do_not_count() -> None:
    assert best("ada lo", "adalovelace") == ["adalovelace"]


def test_a_bonus_decides_between_what_fits_alike() -> None:
    points = {"design": 0.0, "desk": 3.0}
    assert rank("des", points, lambda name: name, points.__getitem__) == ["desk", "design"]
    assert rank("", ["b", "a"], lambda name: name, lambda _: 0.0) == ["b", "a"]


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_text_is_borne(query: str, name: str) -> None:
    fits = score(query, name) is not None
    rest = iter(name.casefold())
    wanted = [char for char in query.casefold() if not char.isspace()]
    assert fits == all(char in rest for char in wanted)


def test_thousands_of_names_are_fast() -> None:
    names = [f"somebody-with-a-name-{number}" for number in range(2_000)]
    began = time.process_time()
    best("swan19", *names)
    assert time.process_time() - began < 0.5
