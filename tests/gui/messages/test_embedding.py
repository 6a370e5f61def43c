"""Pictures within a text."""

import tkinter as tk

from tkchat.gui.messages.embedding import Embedded, Embedder


def test_pictures_take_the_place_and_the_tags_of_two_characters(root: tk.Tk) -> None:
    text = tk.Text(root)
    text.insert("1.0", "a", (), "xy", ("one",), "b\n", (), "xyxy", ("two",), "c", ())
    photo = tk.PhotoImage(master=root, width=1, height=1)
    names = ["1:👍 {[$x]\\", "2:", "3:b c"]
    places = [("2", 2), ("2", 0), ("1", 1)]
    Embedder(text).embed(
        Embedded(line, column, photo, "center", name)
        for (line, column), name in zip(places, names, strict=True)
    )
    dumped = text.dump("1.0", "end", image=True)
    assert [(index, name) for _, name, index in dumped] == [
        ("1.1", names[2]),
        ("2.0", names[1]),
        ("2.1", names[0]),
    ]
    assert [text.tag_names(index) for index in ("1.1", "2.0", "2.1")] == [
        ("one",),
        ("two",),
        ("two",),
    ]
    assert text.get("1.0", "end-1c") == "ab\nc"


def test_nothing_to_embed_is_nothing(root: tk.Tk) -> None:
    text = tk.Text(root)
    Embedder(text).embed([])
    assert text.get("1.0", "end-1c") == ""
