"""The emoji used last are offered first."""

from tkchat.gui.emoji.recent_emoji import MAX_RECENT, USUAL, RecentEmoji


def test_at_first_the_usual_ones_are_shown() -> None:
    assert RecentEmoji().shown() == list(USUAL)


def test_what_is_used_comes_first_once_and_is_kept() -> None:
    recent = RecentEmoji()
    kept = ["🎉", "🚀"]
    saved: list[list[str]] = []
    recent.keep_in(kept, lambda: saved.append(list(kept)))
    recent.used("🚀")
    recent.used("🌍")
    assert kept == ["🌍", "🚀", "🎉"]
    assert saved == [["🚀", "🎉"], ["🌍", "🚀", "🎉"]]
    shown = recent.shown()
    assert shown[:3] == kept
    assert len(shown) == len(set(shown))


def test_no_more_are_kept_than_are_shown() -> None:
    recent = RecentEmoji()
    for number in range(MAX_RECENT + 5):
        recent.used(str(number))
    assert len(recent.kept) == MAX_RECENT
    assert recent.shown() == recent.kept
