"""The one table of keys."""

import re
import tkinter as tk
from itertools import pairwise

import pytest

from tests.support import CHECKOUT
from tkchat.gui.shortcuts import sequences, shortcuts, shown_for, tip_for


@pytest.mark.parametrize("on_mac", [False, True])
def test_no_two_deeds_have_the_same_keys(on_mac: bool) -> None:
    in_list = ("mark message", "marked message", "delete message")
    rows = shortcuts(on_mac=on_mac)
    for place in (True, False):  # of the keyboard: in the list of messages, or elsewhere
        keys = [key for row in rows if (row.deed in in_list) is place for key in row.keys]
        assert len(keys) == len(set(keys))
    deeds = [row.deed for row in shortcuts(on_mac=on_mac)]
    assert len(deeds) == len(set(deeds))


def test_every_row_can_be_read() -> None:
    for row in shortcuts():
        assert row.keys
        assert all((row.shown, row.help, row.group))


def test_tk_takes_every_sequence(root: tk.Tk) -> None:
    for row in shortcuts():
        for key in row.keys:
            root.bind(key, lambda _event: None)


def test_groups_are_not_torn_apart() -> None:
    groups = [row.group for row in shortcuts()]
    assert len(set(groups)) == 1 + sum(a != b for a, b in pairwise(groups))


@pytest.mark.parametrize(
    ("combination", "expected"),
    [
        ("Ctrl+K", ["<Control-Key-k>", "<Control-Key-K>"]),
        ("Alt+Shift+Up", ["<Alt-Shift-Key-Up>"]),
        ("F1", ["<Key-F1>"]),
        ("Ctrl++", ["<Control-Key-plus>", "<Control-Key-equal>", "<Control-Key-KP_Add>"]),
    ],
)
def test_what_people_call_keys_is_what_tk_binds(combination: str, expected: list[str]) -> None:
    assert sequences(combination, on_mac=False) == expected


def test_a_mac_has_its_own_modifiers() -> None:
    assert sequences("Ctrl+K", on_mac=True) == ["<Command-Key-k>", "<Command-Key-K>"]
    shown = {row.deed: row.shown for row in shortcuts(on_mac=True)}
    assert shown["switch"] == "⌘K"
    assert shown["next unread"] == "⌥⇧Down"
    assert shown["nth room"] == "⌘1 … ⌘9"


def test_what_is_shown_of_keys() -> None:
    shown = {row.deed: row.shown for row in shortcuts(on_mac=False)}
    assert shown["shortcuts"] == "F1, Ctrl+/"
    assert shown["nth room"] == "Alt+1 … Alt+9"
    assert tip_for("switch", "Go to") == f"Go to  ({shown_for('switch')})"


def test_the_readme_names_no_other_keys() -> None:
    rows = re.findall(
        r"^\| (.+) \| .+ \|$", (CHECKOUT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    named = re.findall(r"(?:(?:Ctrl|Alt|Shift)\+)+(?:F\d+|[A-Z][a-z]+|\S)|\bF\d+", " ".join(rows))
    known = {key for row in shortcuts(on_mac=False) for key in row.keys}
    assert len(named) > 8
    for combination in named:
        assert known.issuperset(sequences(combination, on_mac=False)), combination
