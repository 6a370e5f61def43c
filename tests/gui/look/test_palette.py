"""Everything written must be readable."""

import itertools
import math

import pytest

from tkchat.gui.look.palette import DARK, LIGHT, PALETTES, Palette, author_number, palette_for


def luminance(colour: str) -> float:
    """Return relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(palette: Palette) -> list[tuple[str, str]]:
    """Return every text colour in use with what it stands on."""
    p = palette
    grounds = (p.window, p.sidebar, p.surface, p.hover, p.pressed, p.selection, p.own)
    found = [(p.text, ground) for ground in (*grounds, p.pointed, p.code_background)]
    quiet = (p.window, p.sidebar, p.surface, p.hover, p.pointed, p.own, p.code_background)
    found += [(p.muted, ground) for ground in quiet]
    found += [(p.link, ground) for ground in (p.window, p.pointed, p.own, p.code_background)]
    found += [(p.on_accent, ground) for ground in (p.accent, p.accent_hover, p.accent_pressed)]
    found += [(p.danger, ground) for ground in (p.window, p.surface, p.hover, p.pointed)]
    found += [(p.ok, p.window), (p.warning, p.window), (p.warning, p.pointed), (p.warning, p.own)]
    code = (p.code_keyword, p.code_string, p.code_number, p.code_comment)
    found += [(ink, p.code_background) for ink in code]
    found += [(p.mention_ink, ground) for ground in (p.mention, p.window, p.own)]
    found += [(ink, p.mention) for ink in (p.text, p.muted, p.link, *p.authors)]
    found += [(author, ground) for author in p.authors for ground in (p.window, p.pointed, p.own)]
    found += [(p.on_author, author) for author in p.authors]
    return found


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_all_text_stands_out_from_what_it_is_written_on(palette: Palette) -> None:
    least = 7 if palette.name.startswith("contrast") else 4.5
    weak = {pair: contrast(*pair) for pair in pairs(palette) if contrast(*pair) < least}
    assert not weak


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_focus_ring_stands_out(palette: Palette) -> None:
    for ground in (palette.window, palette.sidebar, palette.surface):
        assert contrast(palette.accent, ground) >= 3  # WCAG 1.4.11: not text


def test_a_person_keeps_one_colour_however_the_name_is_written() -> None:
    assert author_number(LIGHT, "Alice") == author_number(LIGHT, "aLICE")
    assert author_number(LIGHT, "Alice") == 11
    assert LIGHT.authors[author_number(LIGHT, "\ud800")]


def test_people_get_different_colours() -> None:
    used = {author_number(DARK, f"guest{number}") for number in range(100)}
    assert used == set(range(len(DARK.authors)))


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_no_two_of_the_colours_look_alike(palette: Palette) -> None:
    colours = [tuple(bytes.fromhex(colour[1:])) for colour in palette.authors]
    assert min(math.dist(*two) for two in itertools.combinations(colours, 2)) > 20


def test_a_person_has_the_same_number_in_every_palette() -> None:
    assert {len(set(palette.authors)) for palette in PALETTES} == {18}


@pytest.mark.parametrize(
    ("theme", "by_day", "by_night"),
    [
        ("system", "light", "dark"),
        ("light", "light", "light"),
        ("dark", "dark", "dark"),
        ("contrast", "contrast-light", "contrast-dark"),
    ],
)
def test_each_theme_follows_the_desktop_as_far_as_it_says(
    theme: str, by_day: str, by_night: str
) -> None:
    assert palette_for(theme, desktop_is_dark=False).name == by_day
    assert palette_for(theme, desktop_is_dark=True).name == by_night
