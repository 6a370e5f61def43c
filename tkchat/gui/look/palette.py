"""The colours of each look. Everything drawn takes its colours from here."""

import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one look, each ``#rrggbb``.

    Text is drawn in ``text``, ``muted``, ``link``, ``danger``, ``ok`` or an author's colour, on
    ``window``, ``sidebar``, ``surface``, ``hover``, ``selection``, ``pointed`` or ``own``. A test
    holds every pair in use to a contrast of 4.5:1 (WCAG 2.2, success criterion 1.4.3), and of 7:1
    in the two of high contrast (1.4.6).
    """

    name: str
    window: str  #: behind messages and dialogs
    sidebar: str  #: behind rooms and people
    surface: str  #: inside entry boxes, plain buttons and menus
    line: str  #: borders and dividing lines
    text: str
    muted: str  #: times, captions, hints
    accent: str  #: the one strong colour: primary button, focus ring, unread pill
    accent_hover: str
    accent_pressed: str
    on_accent: str
    link: str
    selection: str  #: behind selected rows and selected text
    hover: str  #: behind what the pointer is on
    pressed: str  #: behind what the pointer holds down
    thumb: str  #: the scrollbar's
    thumb_hover: str
    code_background: str
    pointed: str  #: behind the message that the pointer is on
    own: str  #: behind this person's own messages
    mention: str  #: behind messages that name this person
    mention_ink: str  #: the name in them, on ``mention``; also the line above what is new
    code_keyword: str  #: in blocks of code, on ``code_background``, like the next three
    code_string: str
    code_number: str
    code_comment: str
    ok: str
    online: str  #: the dot before somebody who is here
    warning: str
    danger: str
    away: str
    authors: tuple[str, ...]  #: names and avatars
    on_author: str  #: initials on an avatar


LIGHT = Palette(
    name="light",
    window="#ffffff",
    sidebar="#f2f3f6",
    surface="#ffffff",
    line="#d9dce3",
    text="#1d1f24",
    muted="#5f6673",
    accent="#2563eb",
    accent_hover="#1d55d0",
    accent_pressed="#1848b4",
    on_accent="#ffffff",
    link="#1d4ed8",
    selection="#d9e5ff",
    hover="#e7e9ef",
    pressed="#dbdee6",
    thumb="#cfd4dd",
    thumb_hover="#aab1be",
    code_background="#f1f2f5",
    pointed="#f7f8fa",
    own="#eaf1ff",
    mention="#fff4d6",
    mention_ink="#8a4b00",
    code_keyword="#7c2fb0",
    code_string="#12693c",
    code_number="#9a4a00",
    code_comment="#5d6470",
    ok="#15803d",
    online="#1fa85b",
    warning="#a15c00",
    danger="#c62828",
    away="#9aa0ad",
    authors=(
        "#ce2930",
        "#873603",
        "#9d5d03",
        "#634a06",
        "#766f01",
        "#3f5500",
        "#057e21",
        "#05583f",
        "#107970",
        "#09565d",
        "#0e7594",
        "#035181",
        "#3563e2",
        "#4f30b9",
        "#8f48ce",
        "#871090",
        "#bf308f",
        "#9e0148",
    ),
    on_author="#ffffff",
)

DARK = Palette(
    name="dark",
    window="#1e1f23",
    sidebar="#26282d",
    surface="#2b2d33",
    line="#3d4048",
    text="#e8e9ec",
    muted="#a3a8b3",
    accent="#4c8dff",
    accent_hover="#6aa0ff",
    accent_pressed="#86b2ff",
    on_accent="#0b1220",
    link="#8ab4ff",
    selection="#33456b",
    hover="#34373e",
    pressed="#40444d",
    thumb="#4a4e58",
    thumb_hover="#686d7a",
    code_background="#2b2d33",
    pointed="#24262b",
    own="#243047",
    mention="#3d3420",
    mention_ink="#ffcb6b",
    code_keyword="#d0a8ff",
    code_string="#86dba5",
    code_number="#f5b971",
    code_comment="#a3a8b3",
    ok="#4ad07d",
    online="#4ad07d",
    warning="#f2b13c",
    danger="#ff7b72",
    away="#767b87",
    authors=(
        "#f28881",
        "#ffb798",
        "#e39849",
        "#f1c45e",
        "#b7af41",
        "#b7d978",
        "#73c076",
        "#6ce5b5",
        "#04c5b5",
        "#40e2f3",
        "#2ebbe8",
        "#9ed1fd",
        "#82a8fd",
        "#c4c4ff",
        "#be95ec",
        "#f5adf9",
        "#e488be",
        "#feb2c3",
    ),
    on_author="#17181c",
)

CONTRAST_LIGHT = Palette(
    name="contrast-light",
    window="#ffffff",
    sidebar="#ffffff",
    surface="#ffffff",
    line="#4a4a4a",
    text="#000000",
    muted="#2e2e2e",
    accent="#003a9e",
    accent_hover="#002a75",
    accent_pressed="#001a4d",
    on_accent="#ffffff",
    link="#00309a",
    selection="#cfe0ff",
    hover="#e8e8e8",
    pressed="#d6d6d6",
    thumb="#595959",
    thumb_hover="#000000",
    code_background="#f2f2f2",
    pointed="#f8f8f8",
    own="#eef4ff",
    mention="#fff2b3",
    mention_ink="#5c2800",
    code_keyword="#581a80",
    code_string="#064a26",
    code_number="#6b2e00",
    code_comment="#3b3b3b",
    ok="#00521f",
    online="#007a33",
    warning="#6b3000",
    danger="#990000",
    away="#595959",
    authors=(
        "#a50118",
        "#5d2200",
        "#764505",
        "#433103",
        "#575207",
        "#293803",
        "#005e15",
        "#023a28",
        "#095b54",
        "#03393e",
        "#01576f",
        "#013658",
        "#1b43c0",
        "#380396",
        "#7226ad",
        "#600467",
        "#9a0670",
        "#6d0330",
    ),
    on_author="#ffffff",
)

CONTRAST_DARK = Palette(
    name="contrast-dark",
    window="#000000",
    sidebar="#000000",
    surface="#000000",
    line="#b8b8b8",
    text="#ffffff",
    muted="#dcdcdc",
    accent="#7ab8ff",
    accent_hover="#a6d0ff",
    accent_pressed="#cfe5ff",
    on_accent="#000000",
    link="#9ecbff",
    selection="#00408f",
    hover="#2b2b2b",
    pressed="#3d3d3d",
    thumb="#a6a6a6",
    thumb_hover="#ffffff",
    code_background="#1a1a1a",
    pointed="#121212",
    own="#0a1d3d",
    mention="#3a2b00",
    mention_ink="#ffd866",
    code_keyword="#dfc2ff",
    code_string="#98f0b8",
    code_number="#ffcf94",
    code_comment="#cfcfcf",
    ok="#6ef09c",
    online="#3be07a",
    warning="#ffc857",
    danger="#ffa39e",
    away="#a6a6a6",
    authors=(
        "#fea199",
        "#fdd4c2",
        "#f3ad66",
        "#ffd988",
        "#c9c261",
        "#ccec93",
        "#8bd28d",
        "#8bf7ca",
        "#4cd7c8",
        "#82f2ff",
        "#58cef8",
        "#c2e2ff",
        "#9ebdff",
        "#dadafd",
        "#d0aafc",
        "#fdcdff",
        "#f79fd1",
        "#fdd3db",
    ),
    on_author="#000000",
)

#: every look there is
PALETTES = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)


def palette_for(theme: str, *, desktop_is_dark: bool) -> Palette:
    """Return the palette of a theme as the settings name it."""
    if theme == "contrast":
        return CONTRAST_DARK if desktop_is_dark else CONTRAST_LIGHT
    is_dark = theme == "dark" or (theme != "light" and desktop_is_dark)
    return DARK if is_dark else LIGHT


def author_number(palette: Palette, name: str) -> int:
    """Return which of ``palette.authors`` is that of the person ``name``.

    It is the same on every run and machine, and in every palette.
    """
    # Not hash(): that is salted anew for each process. A name may hold a lone surrogate.
    digest = zlib.crc32(name.casefold().encode("utf-8", "surrogatepass"))
    return digest % len(palette.authors)
