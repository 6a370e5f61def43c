"""What messages look like in the text that shows them."""

import tkinter as tk

import pytest

from tests.gui.driving import screenshot, wait_until
from tests.gui.emoji_font import needs_font
from tests.gui.sample_messages import NOON, click_on, gap, index_of, lines, notice, presence, said
from tkchat.client.message import Delivery
from tkchat.gui.emoji.emoji import MOST_PICTURES, Emoji
from tkchat.gui.look.palette import DARK, LIGHT, Palette, author_number
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages import message_draw
from tkchat.gui.messages.message_blocks import Block, Shape, arrange
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.text_copy import text_between


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    made = tk.Text(root)
    made.pack(fill="both", expand=True)
    return made


@pytest.fixture
def painter(text: tk.Text, theme: Theme, emoji: Emoji) -> MessagePainter:
    return MessagePainter(text, theme, emoji, "me")


def one_of_each() -> list[Block]:
    """Return blocks of every shape, among them folded and unfolded ones."""
    long = "word " * 1_000
    first = said("first\nand second line")
    first.seq = 1
    blocks = arrange(
        [
            first,
            said("👍 https://a.org/x\nagain", minutes=1),
            said("* bob waves"),
            presence("alice"),
            presence("me"),
            said(long),
            said("mine", "me", own=True, delivery=Delivery.DOUBTFUL),
            notice("No such\nroom."),
            notice("Nor another."),
            gap("Some are missing"),
            presence("carol", "left"),
            presence("dan"),
            said(long * 100),
        ],
        new_from=1,
    )
    for block in blocks[-2:]:
        block.unfolded = True
    assert {block.shape for block in blocks} == set(Shape)
    return blocks


def tagged(text: tk.Text, tag: str) -> list[str]:
    """Return what stands under ``tag``, place by place."""
    places = [str(index) for index in text.tag_ranges(tag)]
    return [
        text_between(text, first, stop)
        for first, stop in zip(places[::2], places[1::2], strict=True)
    ]


def heights(text: tk.Text) -> list[int]:
    """Return the heights of the pictures from left to right and from top to bottom."""
    pictures = [str(text.image_cget(index, "image")) for _, _, index in images(text)]
    return [int(text.tk.call("image", "height", picture)) for picture in pictures]


def images(text: tk.Text) -> list[tuple[str, str, str]]:
    return text.dump("1.0", "end", image=True)


def test_blocks_say_how_many_lines_they_take(text: tk.Text, painter: MessagePainter) -> None:
    blocks = one_of_each()
    for block in blocks:
        before = int(text.index("end").split(".")[0])
        painter.insert(before - 1, [block], NOON)
        assert block.lines == int(text.index("end").split(".")[0]) - before > 0
    separate = text_between(text, "1.0", "end-1c")
    text.delete("1.0", "end")
    painter.insert(1, blocks, NOON)
    assert text_between(text, "1.0", "end-1c") == separate
    assert sum(block.lines for block in blocks) == separate.count("\n")


def test_blocks_go_between_those_that_are_there(text: tk.Text, painter: MessagePainter) -> None:
    first, last = arrange([said("👍 a")])[1:], arrange([said("🎉 z")])[1:]
    painter.insert(1, first + last, NOON)
    around = text_between(text, "1.0", "end-1c")
    middle = arrange([said("🚀 m", "carol")])[1:]
    painter.insert(1 + first[0].lines, middle, NOON)
    drawn = text_between(text, "1.0", "end-1c").split("\n")
    assert drawn == ["bob  12:00", "👍 a", "carol  12:00", "🚀 m", "bob  12:00", "🎉 z", ""]
    text.delete("3.0", "5.0")
    assert text_between(text, "1.0", "end-1c") == around


def test_nothing_to_draw_draws_nothing(text: tk.Text, painter: MessagePainter) -> None:
    painter.insert(1, [], NOON)
    assert text.get("1.0", "end") == "\n"


def test_every_part_has_its_tags(text: tk.Text, painter: MessagePainter) -> None:
    painter.insert(1, one_of_each(), NOON)
    assert tagged(text, "day") == ["Today\n"]
    assert tagged(text, "new") == [" New\n"]
    assert tagged(text, "link") == ["https://a.org/x"]
    assert tagged(text, "name") == ["bob", "bob", "me", "bob"]
    assert tagged(text, "own") == ["me  12:00\nmine\nMay not have arrived\n"]
    assert tagged(text, "action") == ["* bob waves\n"]
    assert tagged(text, "tinted") == ["From the host  12:00\nNo such\nroom.\nNor another.\n"]
    assert tagged(text, "presence") == [
        "alice and you joined\n",
        "carol left  12:00\ndan joined  12:00\n",
    ]
    assert [part.split(" (")[0] for part in tagged(text, "fold")] == [
        "alice and you joined\n",
        "Show more",
        "carol left  12:00\ndan joined  12:00\n",
    ]
    assert [part.lstrip("0123456789,") for part in tagged(text, "hint")] == [
        "May not have arrived\n",
        " more characters are not shown\n",
    ]
    assert tagged(text, "slot") == []  # every picture is in its place


def test_all_lines_of_a_message_but_its_last_are_inner_ones(
    text: tk.Text, painter: MessagePainter
) -> None:
    painter.insert(1, arrange([said("a\nb\nc"), said("alone")]), NOON)
    assert tagged(text, "inner") == ["a\nb\n"]


def test_pictures_stand_in_order_and_have_names_of_their_own(
    text: tk.Text, painter: MessagePainter
) -> None:
    painter.insert(1, arrange([said("🎉🎉👍"), said("👍")]), NOON)
    painter.insert(1, arrange([said("🚀", "carol")]), NOON)
    assert text_between(text, "1.0", "end-1c").split("\n")[:3] == ["Today", "carol  12:00", "🚀"]
    names = [name for _, name, _ in images(text)]
    assert len(names) >= 4  # those of the avatars at least, where there is no font with emoji
    assert len(set(names)) == len(names)


def test_pictures_follow_the_zoom_in_place(
    text: tk.Text, theme: Theme, painter: MessagePainter
) -> None:
    painter.insert(1, arrange([said("👍 and 🎉")]), NOON)
    before = heights(text)
    assert len(before) >= 2
    theme.set_zoom(200)
    painter.restyle()
    for small, large in zip(before, heights(text), strict=True):
        assert large == pytest.approx(2 * small, rel=0.1)


def test_pictures_let_go_are_gone(
    root: tk.Tk, text: tk.Text, theme: Theme, painter: MessagePainter
) -> None:
    def all_images() -> set[str]:
        return set(root.tk.splitlist(root.tk.call("image", "names")))

    before = all_images()
    painter.insert(1, arrange([said("👍 and 🎉")]), NOON)
    assert all_images() > before
    text.delete("1.0", "end")
    painter.forget()
    assert all_images() == before


# In the list of messages


def test_emoji_are_pictures_that_copy_as_text(chat: MessageList) -> None:
    chat.show([said("👍🏽 first, then 🎉🎉 and 👨‍👩‍👧"), said("🚀")])
    assert lines(chat)[-2:] == ["👍🏽 first, then 🎉🎉 and 👨‍👩‍👧", "🚀"]


def test_without_safe_glyphs_or_pictures_names_are_shown(root: tk.Tk, theme: Theme) -> None:
    chat = MessageList(root, theme, Emoji(root, safe=False, files=()), own_name="me")
    chat.append([said("ok 👍", "fan🎉"), presence("🚀"), notice("no ❤️")])
    assert chat.text.get("1.0", "end").isascii() or "·" in chat.text.get("1.0", "end")
    assert "ok :thumbs_up_sign:" in lines(chat)


def test_an_action_is_italic(chat: MessageList) -> None:
    chat.show([said("* bob waves")])
    assert lines(chat) == ["Today", "* bob waves"]
    assert "action" in chat.text.tag_names(index_of(chat, "waves"))


def test_a_notice_says_who_sees_it(chat: MessageList) -> None:
    chat.show([notice("No such room.")])
    assert lines(chat)[1:] == ["From the host  12:00", "No such room."]


def test_notices_share_a_caption(chat: MessageList) -> None:
    chat.append([notice("one"), notice("two", 0.5)])
    chat.append([notice("three", 1), notice("four", 3)])
    assert lines(chat)[1:] == [
        "From the host  12:00", "one", "two", "three", "From the host  12:03", "four",
    ]  # fmt: skip


@needs_font
@pytest.mark.parametrize("text", ["😀" * 2_000, "😀 https://a.org/😀\n" * 200])
def test_a_message_has_so_many_pictures_and_no_more(chat: MessageList, text: str) -> None:
    chat.show([said(text)])
    assert len(images(chat.text)) == MOST_PICTURES + 2  # with the avatar
    while chat.text.search("Show more", "1.0", "end"):
        click_on(chat, "Show more")
    assert len(images(chat.text)) == MOST_PICTURES + 2
    assert "\n".join(lines(chat)[2:]) == text.rstrip("\n")


@needs_font
def test_of_too_many_emoji_at_once_the_newest_are_pictures(
    text: tk.Text, painter: MessagePainter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_draw, "PICTURES_AT_ONCE", 5)
    blocks = arrange([said("👍" * 3) for _ in range(3)])
    painter.insert(1, blocks, NOON)
    assert [block.pictures for block in blocks] == [0, 2, 2, 3]
    assert text_between(text, "1.0", "end-1c").split("\n")[2:] == ["👍👍👍"] * 3 + [""]


@needs_font
def test_emoji_that_scrolled_out_for_good_are_let_go(
    text: tk.Text, painter: MessagePainter, monkeypatch: pytest.MonkeyPatch
) -> None:
    painter.insert(1, arrange([said("👍🎉")]), NOON)
    monkeypatch.setattr(painter._photos, "_kept", 1)
    painter.insert(1, arrange([said("🚀👍")]), NOON)
    assert {look.sequence for look in painter._photos.looks} == {"👍", "🎉", "🚀"}
    text.delete("4.0", "end")
    text.update()
    monkeypatch.setattr(painter._photos, "_kept", 1)
    painter.insert(1, [], NOON)
    assert {look.sequence for look in painter._photos.looks} == {"🚀", "👍"}
    assert min(heights(text)) > 5  # what is still shown is not blank


def test_one_message_that_is_one_long_sequence_is_harmless(chat: MessageList, theme: Theme) -> None:
    theme.set_zoom(250)
    chat.append([said("\U0001f469\u200d" * 1_000)])
    chat.update()
    names = chat.tk.splitlist(chat.tk.call("image", "names"))
    assert max(int(chat.tk.call("image", "width", name)) for name in names) < 1_000


def test_avatars_follow_the_theme(chat: MessageList, theme: Theme) -> None:
    chat.show([said("hello", "Ada")])
    x = theme.px(16) + 6

    def colours() -> set[object]:
        picture = screenshot(chat.text).convert("RGB")
        return {picture.getpixel((x, y)) for y in range(picture.height)}

    def hers(palette: Palette) -> tuple[int, ...]:
        return tuple(bytes.fromhex(palette.authors[author_number(palette, "Ada")][1:]))

    wait_until(chat, lambda: hers(LIGHT) in colours())
    theme.use(DARK)
    wait_until(chat, lambda: hers(DARK) in colours())


@pytest.mark.parametrize(
    "text",
    [
        "nul \0 here",
        "half \ud83d and \udcf0",
        "e" + "\u0301" * 200,
        "x" * 50_000,
        "word " * 10_000,
        "\n" * 4_000,
        "مرحبا بالعالم שלום \u202edlrow",
        "😀" * 1_500,
        "\ufffc object",
        "{brace [cmd] $var \\ ;",
        "http://" + "a" * 3_000,
    ],
)
def test_hostile_texts_are_shown_and_unfolded(chat: MessageList, text: str) -> None:
    chat.append([said(text, author=text[:40]), presence(text[:40]), notice(text), said("after")])
    chat.update()
    assert lines(chat)[-1] == "after"
    while chat.text.search("Show more", "1.0", "end"):
        click_on(chat, "Show more")
    assert lines(chat)[-1] == "after"
