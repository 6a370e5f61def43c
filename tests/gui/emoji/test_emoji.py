"""Emoji become pictures; where colour glyphs would kill Tk, not one of them reaches it."""

import io
import re
import threading
import tkinter as tk
from typing import Any

import pytest
from PIL import Image

from tests.gui.emoji_font import needs_font
from tkchat.gui.emoji import emoji as module
from tkchat.gui.emoji.emoji import FONT_FILES, Allowance, Emoji, Picture, is_drawing_safe, name_of

SEQUENCES = [
    "😀",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🧑🏿‍🚀",
    "🇫🇷",
    "1️⃣",
    "❤️",
    "🏳️‍🌈",
    "☝🏾",
    "✅",
    "⌚",
]
# What a colour font has; © ® ™ and digits every other font has as well.
UNSAFE = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u200d\ufe0f\u20e3]")


def cut(emoji: Emoji, text: str) -> list[str]:
    return [
        f"<{piece.sequence}>" if isinstance(piece, Picture) else piece
        for piece in emoji.pieces(text, 18)
    ]


@needs_font
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_is_one_picture(emoji: Emoji, sequence: str) -> None:
    assert cut(emoji, f"a{sequence}b") == ["a", f"<{sequence}>", "b"]


@needs_font
def test_neighbours_are_told_apart(emoji: Emoji) -> None:
    assert cut(emoji, "🇫🇷🇩🇪👍👍🏽") == ["<🇫🇷>", "<🇩🇪>", "<👍>", "<👍🏽>"]


@pytest.mark.parametrize(
    "text", ["plain", "1 # *", "© ™", "❤ and ☺ as text", "⌚\ufe0e", "हिन्दी 你好"]
)
def test_text_stays_text_where_that_is_safe(root: tk.Tk, text: str) -> None:
    assert cut(Emoji(root, safe=True), text) == [text]


@needs_font
def test_pictures_are_as_high_as_asked_and_coloured(emoji: Emoji) -> None:
    data = emoji.png("👍", 31)
    assert data is not None
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    assert picture.height == 31
    assert any(a and max(r, g, b) - min(r, g, b) > 60 for r, g, b, a in _pixels(picture))


def _pixels(picture: Image.Image) -> list[Any]:
    return [picture.getpixel((x, y)) for x in range(picture.width) for y in range(picture.height)]


@needs_font
@pytest.mark.parametrize("safe", [True, False])
@pytest.mark.parametrize(
    "endless", ["\U0001f469\u200d" * 1_000, "\U0001f469\u200d\U0001f680" * 500]
)
def test_no_picture_is_many_emoji_wide(root: tk.Tk, safe: bool, endless: str) -> None:
    emoji = Emoji(root, safe=safe)
    for piece in emoji.pieces(endless, 60):
        if isinstance(piece, Picture):
            data = emoji.png(piece.sequence, 60)
            assert data
            assert Image.open(io.BytesIO(data)).width <= 60 * module.WIDEST
        else:
            assert safe or not UNSAFE.search(piece)


@needs_font
@pytest.mark.parametrize("safe", [True, False])
def test_what_the_allowance_does_not_allow_is_text(root: tk.Tk, safe: bool) -> None:
    emoji = Emoji(root, safe=safe)
    allowance = Allowance(pictures=3, drawings=1)
    drawn = ["".join(map(str, emoji.pieces("👍👍🎉", 18, allowance)))]
    party = "🎉" if safe else ":party_popper:"
    assert drawn == [f"{Picture('👍')}{Picture('👍')}{party}"]
    assert allowance == Allowance(pictures=1, drawings=0)
    allowance.pictures = 0
    thumb = "👍" if safe else ":thumbs_up_sign:"
    assert list(emoji.pieces("👍 1", 18, allowance)) == [f"{thumb} 1"]


@needs_font
def test_the_cache_is_bounded(emoji: Emoji, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CACHED_PICTURES", 3)
    for height in range(10, 20):
        emoji.png("👍", height)
    assert [height for _, height in emoji._cache] == [17, 18, 19]


@pytest.mark.parametrize("files", [(), FONT_FILES], ids=["no font", "fonts"])
@pytest.mark.parametrize(
    "sequence", [*SEQUENCES, "❤", "☺", "a\u200db", "\ufe0f", "🏽", "\U0001faff"]
)
def test_no_emoji_reaches_an_old_libxft(
    root: tk.Tk, files: tuple[tuple[str, int], ...], sequence: str
) -> None:
    emoji = Emoji(root, safe=False, files=files)
    texts = [piece for piece in emoji.pieces(f"x{sequence}y", 18) if isinstance(piece, str)]
    for text in (*texts, emoji.plain(f"x{sequence}y")):
        assert not UNSAFE.search(text), ascii(text)


def test_old_libxft_shows_names_instead(root: tk.Tk) -> None:
    emoji = Emoji(root, safe=False, files=())
    assert emoji.plain("ok 👍🏽!") == "ok :thumbs_up_sign:!"
    assert cut(emoji, "ok 👍") == ["ok :thumbs_up_sign:"]


@pytest.mark.parametrize(
    ("sequence", "name"),
    [
        ("🇫🇷", ":flag_fr:"),
        ("3️⃣", ":keycap_3:"),
        ("👨‍👩‍👧", ":man-woman-girl:"),
        ("🏽", ":emoji_modifier_fitzpatrick_type-4:"),
        ("\U0001faff", ":emoji:"),
        ("\u200d", ""),
    ],
)
def test_names(sequence: str, name: str) -> None:
    assert name_of(sequence) == name


@pytest.mark.parametrize(
    ("windowing", "version", "safe"),
    [
        ("x11", 20305, True),
        ("x11", 20306, True),
        ("x11", 20304, False),
        ("x11", None, False),
        ("win32", None, True),
        ("aqua", None, True),
    ],
)
def test_the_gate(windowing: str, version: int | None, safe: bool) -> None:
    assert is_drawing_safe(windowing, version) is safe


def test_an_unusable_font_file_is_passed_over(root: tk.Tk, tmp_path: Any) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    emoji = Emoji(root, safe=True, files=((str(broken), 109),))
    assert cut(emoji, "👍") == ["👍"]


@needs_font
def test_another_thread_may_load_what_is_needed(root: tk.Tk) -> None:
    emoji = Emoji(root)
    thread = threading.Thread(target=emoji.load)
    thread.start()
    thread.join()  # while Tk's thread does nothing that the other could wait for
    assert cut(emoji, "👍") == ["<👍>"]
