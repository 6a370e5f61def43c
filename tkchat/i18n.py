"""Words in the person's language: gettext catalogues, chosen by what the desktop speaks."""

import gettext
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache, reduce
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in gettext's order
_ASK_SECONDS = 1.0


def tr(text: str) -> str:
    """Return ``text`` in the person's language; what is not translated stays English.

    Placeholders like ``{name}`` are filled in afterwards: ``tr("Hello, {name}").format(name=…)``.
    """
    return _catalogue().gettext(text)


def trn(one: str, many: str, count: int) -> str:
    """Return the form of a text that goes with ``count``, as the language has it."""
    return _catalogue().ngettext(one, many, count)


def language() -> str:
    """Return the language that texts come in, as HTML names it: ``de``; ``en`` untranslated."""
    return _catalogue().info().get("language", "en").replace("_", "-")


def grouped(count: int) -> str:
    """Return ``count`` as the language groups its digits: ``12,345``."""
    return f"{count:,}".replace(",", tr("1,234").strip("1234"))


def listed(names: Sequence[str]) -> str:
    """Return ``names`` one after the other, as the language separates them: ``alice, bob``."""
    pair = tr("{names}, {name}")
    return reduce(lambda some, name: pair.format(names=some, name=name), names) if names else ""


def join_names(names: Sequence[str]) -> str:
    """Return ``names`` as part of a sentence: ``alice, bob and carol``."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {name}").format(names=listed(names[:-1]), name=names[-1])


def languages() -> list[str]:
    """Return what the desktop speaks, the best first: ``["de_DE.UTF-8"]``."""
    for variable in _VARIABLES:
        if spoken := os.environ.get(variable):
            return spoken.split(":")
    # Programs that are started by double click have no such variables elsewhere.
    if sys.platform == "win32":
        import ctypes
        import locale

        return [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")]
    if sys.platform == "darwin":
        return [_mac_language()]
    return []


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("tkchat", CATALOGUES, languages(), fallback=True)


def speak_anew() -> None:
    """Look again at what the desktop speaks; what is on the screen stays as it is."""
    _catalogue.cache_clear()


def _mac_language() -> str:
    """Return the language in macOS's settings, like ``de_DE``; empty if it cannot be learned."""
    asking = ["/usr/bin/defaults", "read", "-g", "AppleLocale"]
    try:
        answer = subprocess.run(
            asking, capture_output=True, text=True, timeout=_ASK_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()
