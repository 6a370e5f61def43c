"""Which keys are held, on each system."""

import pytest

from tkchat.gui.widgets.modifiers import is_bare, writes_text

SHIFT, CAPS_LOCK, CONTROL, MOD1, MOD2 = 0x1, 0x2, 0x4, 0x8, 0x10
ALT = 0x20000


@pytest.mark.parametrize(
    ("platform", "state", "expected"),
    [
        ("linux", 0, True),
        ("linux", CAPS_LOCK | MOD2, True),  # there it is Num Lock
        ("linux", MOD1, False),
        ("linux", ALT, False),
        ("win32", MOD1, True),  # Num Lock
        ("win32", ALT, False),
        ("darwin", MOD1, False),
        ("darwin", MOD2, False),  # Option
    ]
    + [(platform, held, False) for platform in ("linux", "win32") for held in (SHIFT, CONTROL)],
)
def test_a_bare_key_has_no_other_one_held(platform: str, state: int, expected: bool) -> None:
    assert is_bare(state, platform) is expected


@pytest.mark.parametrize(
    ("platform", "state", "expected"),
    [
        ("linux", SHIFT, True),
        ("linux", MOD1, False),
        ("linux", CONTROL, False),
        ("win32", SHIFT | MOD1, True),
        ("win32", ALT, False),
        ("win32", CONTROL, False),
        ("win32", CONTROL | ALT, True),  # AltGr
        ("darwin", MOD1, False),  # Command
        ("darwin", MOD2, True),  # Option
    ],
)
def test_a_key_writes_its_sign_unless_it_is_a_command(
    platform: str, state: int, expected: bool
) -> None:
    assert writes_text(state, platform) is expected
