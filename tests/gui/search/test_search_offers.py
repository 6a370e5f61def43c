"""What the search panel offers to go on with."""

import pytest

from tkchat.gui.search.search_offers import MOST_NAMES, MOST_WORDS, offers, when_nothing

PEOPLE = ("bob", "Alice", "alan")
ROOMS = ("general", "lab", "@alice")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from:", ["from:bob ", "from:Alice ", "from:alan "]),
        ("x from:al", ["x from:Alice ", "x from:alan "]),
        ("from:@AL", ["from:Alice ", "from:alan "]),
        ("from:bob", []),
        ("from:nobody", []),
        ("in:#l", ["in:#lab "]),
        ("IN:a", ["in:@alice "]),
        ("from:al x", []),
        ("words", []),
        ("xfrom:al", []),
    ],
)
def test_names_that_go_on_with_a_filter(query: str, expected: list[str]) -> None:
    assert [offer.query for offer in offers(query, PEOPLE, ROOMS)] == expected


def test_not_all_of_many_names_are_offered() -> None:
    assert len(offers("from:", [f"person{n}" for n in range(50)], ())) == MOST_NAMES


def test_the_filters_themselves_are_offered_at_first() -> None:
    found = offers(" ", PEOPLE, ROOMS)
    assert {"from:", "in:", "after:", "before:", "has:link"} <= {offer.shown for offer in found}
    assert all(offer.about for offer in found)


def shown(query: str, *, in_one_room: bool = False) -> list[tuple[str, str, bool]]:
    found = when_nothing(query, in_one_room=in_one_room)
    return [(offer.shown, offer.query, offer.everywhere) for offer in found]


def test_where_nothing_was_found_fewer_words_or_more_rooms_may_help() -> None:
    assert shown("noon") == []
    assert shown("noon", in_one_room=True) == [("Search all rooms", "noon", True)]
    assert shown("in:lab lunch") == [("lun", "in:lab lun", False)]
    assert shown("lunch from:bob  noon") == [
        ("lunch", "lunch from:bob", False),
        ("noon", "from:bob noon", False),
    ]
    assert shown('"two words"') == []
    assert len(shown("a b c d e")) == MOST_WORDS
