"""Names that look alike are found; names in other scripts are names like all others."""

import time

import pytest

from tkchat.server.lookalikes import Lookalikes, _table, is_like_server, skeleton, skeletons
from tkchat.wire.names import name_key


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("р\u0430yp\u0430l", "paypal"),  # Cyrillic er and a
        ("АLІСЕ", "alice"),  # Cyrillic capitals
        ("ΑLΕΧ", "alex"),  # Greek capitals
        ("AIice", "Alice"),
        ("bob1", "bobl"),
        ("darn", "dam"),
        ("c0der", "cOder"),
        ("Сергей", "Cepгeй"),
        ("ivan", "iѵan"),
        ("𐐄livia", "Olivia"),
    ],
)
def test_what_looks_alike_is_alike(name: str, other: str) -> None:
    assert skeletons(name) & skeletons(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("анна", "anna"),
        ("alice", "bob"),
        ("bob2", "bob3"),
        ("王", "玉"),
        ("José", "Jose"),
        ("Ольга", "Olga"),
        ("דוד", "david"),
    ],
)
def test_what_does_not_is_not(name: str, other: str) -> None:
    assert not skeletons(name) & skeletons(other)


@pytest.mark.parametrize("name", ["ЅERVER", "SΕRVΕR", "ꮪerver", "ՏERVER"])
def test_nobody_looks_like_the_host_itself(name: str) -> None:
    assert is_like_server(name)


def test_a_skeleton_is_its_own_and_every_character_has_one() -> None:
    for char in map(chr, _table()):
        shape = skeleton(char)
        assert skeleton(shape) == shape


def test_the_table_is_the_standards() -> None:
    assert len(_table()) > 6_000
    assert (skeleton("m"), skeleton("ﬀ"), skeleton("𝔭")) == ("rn", "ff", "p")


def test_names_are_found_as_long_as_they_are_in_use() -> None:
    names = Lookalikes()
    for name in ("paypal", "Paypal2"):
        names.add(name_key(name), name)
    assert set(names.find("x", "р\u0430ypal")) == {"paypal"}
    assert set(names.find("paypal", "PayPal")) == set()  # that is the name itself
    names.remove("paypal", "paypal")
    assert set(names.find("x", "р\u0430ypal")) == set()
    names.remove("unknown", "unknown")


def test_a_name_costs_little() -> None:
    skeletons("warm")
    began = time.perf_counter()
    for number in range(1_000):
        skeletons(f"Александр{number}")
    assert time.perf_counter() - began < 0.5
