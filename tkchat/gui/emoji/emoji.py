"""Finds emoji in text and turns them into pictures, or into words where drawing them would kill Tk.

Tk on X11 draws with libXft, which before 2.3.5 ends the process when a colour glyph is drawn.
"""

import re
import sys
import tkinter as tk
import unicodedata
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tkchat.gui.emoji.recent_emoji import RecentEmoji
from tkchat.gui.emoji.shortcodes import Shortcodes
from tkchat.gui.look.elements import png_data
from tkchat.gui.widgets.sanitise import for_tk

FIRST_SAFE_XFT = 20305  #: the first libXft, as XftGetVersion() counts, that survives colour glyphs
CACHED_PICTURES = 2000
WIDEST = 5  #: heights that a picture may be wide; no real emoji is wider than two
MOST_PICTURES = 50  #: in one message
MOST_DRAWINGS = 100  #: of pictures not yet drawn, before the window gets to do anything else

# From Unicode 16's emoji-data.txt. Drawn as emoji by themselves (Emoji_Presentation), in the BMP:
_BMP = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55"
)
# Emoji only with U+FE0F after them; otherwise text. (Not ©, ®, ™ and digits: every font has those.)
_BMP_TEXT = (
    "\u203c\u2049\u2139\u2194-\u2199\u21a9\u21aa\u2328\u23cf\u23ed-\u23ef\u23f1\u23f2\u23f8-\u23fa"
    "\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb\u25fc\u2600-\u2604\u260e\u2611\u2618\u261d\u2620\u2622"
    "\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u265f\u2660\u2663\u2665\u2666\u2668"
    "\u267b\u267e\u2692\u2694-\u2697\u2699\u269b\u269c\u26a0\u26a7\u26b0\u26b1\u26c8\u26cf\u26d1"
    "\u26d3\u26e9\u26f0\u26f1\u26f4\u26f7-\u26f9\u2702\u2708\u2709\u270c\u270d\u270f\u2712\u2714"
    "\u2716\u271d\u2721\u2733\u2734\u2744\u2747\u2763\u2764\u27a1\u2934\u2935\u2b05-\u2b07\u3030"
    "\u303d\u3297\u3299"
)
_FLAG_LETTER = "\U0001f1e6-\U0001f1ff"
_ASTRAL = (
    "\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a"
    "\U0001f201\U0001f202\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251"
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7f0\U0001f900-\U0001faff"
)
_TONE = "\U0001f3fb-\U0001f3ff"
_ONE = f"(?:[{_BMP}{_ASTRAL}](?!\ufe0e)\ufe0f?|[{_BMP_TEXT}](?:\ufe0f|(?=[{_TONE}])))[{_TONE}]?"
# Real sequences have up to three joiners. Without a limit one message could be one picture.
_JOINED = f"(?:\u200d[{_BMP}{_BMP_TEXT}{_ASTRAL}]\ufe0f?[{_TONE}]?){{0,5}}"
# Not compiled here, which would take 2 ms of the start: `re` keeps what it has compiled.
_SEQUENCE = f"[{_FLAG_LETTER}]{{1,2}}|[0-9#*]\ufe0f?\u20e3|{_ONE}{_JOINED}"
# Where the emoji font must not be touched: also lone emoji characters and what they are joined by.
_ANY = f"{_SEQUENCE}|[{_BMP}{_BMP_TEXT}{_ASTRAL}]\ufe0e?|[\u200d\ufe0e\ufe0f\u20e3]"
_UNNAMED = f"[{_TONE}\u200d\ufe0e\ufe0f\u20e3]"

#: Where desktops keep their colour emoji, with the one size at which each font has its pictures.
FONT_FILES: tuple[tuple[str, int], ...] = (
    ("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", 109),
    ("/usr/share/fonts/noto/NotoColorEmoji.ttf", 109),
    ("/usr/share/fonts/noto-emoji/NotoColorEmoji.ttf", 109),
    ("/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf", 109),
    ("/usr/share/fonts/google-noto-color-emoji-fonts/NotoColorEmoji.ttf", 109),
    ("/usr/local/share/fonts/noto/NotoColorEmoji.ttf", 109),
    ("C:/Windows/Fonts/seguiemj.ttf", 109),
    ("/System/Library/Fonts/Apple Color Emoji.ttc", 160),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An emoji in a text that is to be drawn as a picture."""

    sequence: str


@dataclass(slots=True)
class Allowance:
    """How many pictures a text may have, and how many of them may be new ones.

    Each picture makes Tk slower, and a new one takes 2 ms.
    """

    pictures: int = MOST_PICTURES
    drawings: int = MOST_DRAWINGS


def xft_version() -> int | None:
    """Return the version of the libXft that Tk draws with (20306 is 2.3.6), None if not found."""
    import ctypes  # here only: it takes its time

    try:
        library = ctypes.CDLL("libXft.so.2")
        return int(library.XftGetVersion())
    except (OSError, AttributeError):
        return None


def is_drawing_safe(windowing_system: str, version: int | None) -> bool:
    """Say whether emoji may reach Tk; ``version`` is libXft's, None if unknown."""
    return windowing_system != "x11" or (version is not None and version >= FIRST_SAFE_XFT)


class Emoji:
    """The emoji of one ``Tk()``. ``safe`` and ``files`` are found out unless given."""

    def __init__(
        self,
        root: tk.Misc,
        *,
        safe: bool | None = None,
        files: Sequence[tuple[str, int]] = FONT_FILES,
    ) -> None:
        self._root = root
        self._given_safe = safe
        self.shortcodes = Shortcodes()
        self.recent = RecentEmoji()
        self._files = files
        self._cache: OrderedDict[tuple[str, int], bytes | None] = OrderedDict()

    def load(self) -> None:
        """Do what else the first emoji would wait for. Any thread may call this."""
        self.shortcodes.load()
        _ = self._font
        for pattern in (_SEQUENCE, _ANY):
            re.compile(pattern)

    def plain(self, text: str) -> str:
        """Return ``text`` for a label, title, row or entry: sanitised, and no emoji if unsafe."""
        text = for_tk(text)
        if text.isascii() or self.safe:
            return text
        return re.sub(_ANY, lambda found: name_of(found[0]), text)

    def pieces(
        self, text: str, height: int, allowance: Allowance | None = None
    ) -> Iterator[str | Picture]:
        """Yield ``text`` cut into strings that Tk may draw and pictures ``height`` pixels high.

        Pictures are taken off ``allowance``; what it does not allow is text.
        """
        text = for_tk(text)
        allowance = allowance or Allowance()
        if text.isascii():
            yield text
            return
        done = 0
        for found in re.finditer(_SEQUENCE if self.safe else _ANY, text):
            if not allowance.pictures:
                break
            if (found[0], height) not in self._cache:
                if not allowance.drawings:
                    continue
                allowance.drawings -= 1
            if self.png(found[0], height) is None:
                continue  # stays in the text before the next picture
            allowance.pictures -= 1
            if done < found.start():
                yield self.plain(text[done : found.start()])
            yield Picture(found[0])
            done = found.end()
        if done < len(text):
            yield self.plain(text[done:])

    def png(self, sequence: str, height: int) -> bytes | None:
        """Return the picture of an emoji as PNG, ``height`` pixels high; None without one."""
        key = (sequence, height)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        image = self._font.draw(sequence, height) if self._font else None
        self._cache[key] = png_data(image) if image else None
        if len(self._cache) > CACHED_PICTURES:
            self._cache.popitem(last=False)
        return self._cache[key]

    @cached_property
    def safe(self) -> bool:
        """Whether an emoji may reach Tk as text."""
        if self._given_safe is not None:
            return self._given_safe
        windowing = str(self._root.tk.call("tk", "windowingsystem"))
        return is_drawing_safe(windowing, xft_version() if sys.platform != "win32" else None)

    @cached_property
    def _font(self) -> "_ColourFont | None":
        for path, size in self._files:
            if Path(path).is_file() and (font := _ColourFont.open(path, size)):
                return font
        return None


class _ColourFont:
    """A font file with coloured pictures in it."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self._font = font

    @classmethod
    def open(cls, path: str, size: int) -> "_ColourFont | None":
        """Return the font, or None if Pillow cannot draw its kind of pictures."""
        try:
            font = cls(ImageFont.truetype(path, size))
            return font if font.draw("\U0001f600", 20) else None
        except OSError:
            return None

    def draw(self, sequence: str, height: int) -> Image.Image | None:
        """Return the emoji, ``height`` pixels high; None if the font does not have it."""
        left, top, right, bottom = (round(edge) for edge in self._font.getbbox(sequence))
        if right <= left or bottom <= top or right - left > WIDEST * (bottom - top):
            return None
        full = Image.new("RGBA", (right - left, bottom - top))
        ink = ImageDraw.Draw(full)
        ink.text((-left, -top), sequence, font=self._font, embedded_color=True)
        if not full.getbbox():
            return None
        width = max(round(full.width * height / full.height), 1)
        return full.resize((width, height), Image.Resampling.LANCZOS)


def name_of(sequence: str) -> str:
    """Return words for an emoji, like ``:thumbs_up_sign:``; nothing for a stray joiner."""
    letters = [ord(char) - 0x1F1E6 for char in sequence]
    if all(0 <= letter < 26 for letter in letters):
        return f":flag_{''.join(chr(ord('a') + letter) for letter in letters)}:"
    if "\u20e3" in sequence and len(sequence) > 1:
        return f":keycap_{sequence[0]}:"
    # A tone is not named after a hand, but is by itself.
    chars = re.sub(_UNNAMED, "", sequence) or sequence.strip("\u200d\ufe0e\ufe0f\u20e3")
    names = [unicodedata.name(char, "emoji").lower().replace(" ", "_") for char in chars]
    return f":{'-'.join(names)}:" if names else ""
