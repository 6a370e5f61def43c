"""Emoji among words, alone, and in pills."""

import tkinter as tk

import pytest

from tests.gui.emoji_font import needs_font
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.emoji_photos import LARGE, EmojiPhotos
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.pieces import Slot

TAGS = ("body",)


@pytest.fixture
def photos(root: tk.Tk, theme: Theme, emoji: Emoji) -> EmojiPhotos:
    return EmojiPhotos(root, theme, emoji)


def stands_for(content: str | Slot) -> str:
    return content.stands_for if isinstance(content, Slot) else content


@needs_font
def test_words_and_emoji_keep_their_order(photos: EmojiPhotos) -> None:
    pieces = list(photos.words("a 🎉 b", TAGS))
    assert [stands_for(content) for content, _ in pieces] == ["a ", "🎉", " b"]
    assert {tags for _, tags in pieces} == {TAGS}


@needs_font
@pytest.mark.parametrize("text", ["👍", "🎉🚀", "👍🏽 👨‍👩‍👧 🎉"])
def test_a_few_emoji_alone_are_large(photos: EmojiPhotos, theme: Theme, text: str) -> None:
    pieces = photos.alone(text, TAGS)
    assert "".join(stands_for(content) for content, _ in pieces) == text
    line = theme.fonts.body.metrics("linespace")
    pictures = [content.photo for content, _ in pieces if isinstance(content, Slot)]
    assert pictures
    assert all(photo.height() == LARGE * line for photo in pictures)


@pytest.mark.parametrize("text", ["", "ok", "👍 ok", "🎉" * 4, "👍\n🎉", "ä", "👍" * 40])
def test_anything_else_is_not(photos: EmojiPhotos, text: str) -> None:
    before = photos.allowance.pictures
    assert photos.alone(text, TAGS) == []
    assert photos.allowance.pictures == before


def test_without_pictures_nothing_is_large(root: tk.Tk, theme: Theme) -> None:
    photos = EmojiPhotos(root, theme, Emoji(root, files=()))
    assert photos.alone("🎉", TAGS) == []


@needs_font
def test_large_ones_follow_the_zoom(photos: EmojiPhotos, theme: Theme) -> None:
    ((picture, _),) = photos.alone("🎉", TAGS)
    assert isinstance(picture, Slot)
    before = picture.photo.height()
    theme.set_zoom(200)
    photos.restyle()
    assert picture.photo.height() == pytest.approx(2 * before, rel=0.1)


@needs_font
def test_a_pill_is_one_emoji(photos: EmojiPhotos) -> None:
    slot = photos.pill("👍", 3, own=True)
    assert slot
    assert slot.stands_for == "👍 3"
    assert photos.pill("ok", 1, own=False) is None
    assert photos.pill("👍👍", 1, own=False) is None
