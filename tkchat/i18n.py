"""Words in the person's language: gettext catalogues, chosen by what the desktop speaks."""

import gettext
import locale
import os
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in gettext's order


def tr(text: str) -> str:
    """Return ``text`` in the person's language; what is not translated stays English.

    Placeholders like ``{name}`` are filled in afterwards: ``tr("Hello, {name}").format(name=…)``.
    """
    return _catalogue().gettext(text)


def trn(one: str, many: str, count: int) -> str:
    """Return the form of a text that goes with ``count``, as the language has it."""
    return _catalogue().ngettext(one, many, count)


def languages() -> list[str]:
    """Return what the desktop speaks, the best first: ``["de_DE.UTF-8"]``."""
    for variable in _VARIABLES:
        if spoken := os.environ.get(variable):
            return spoken.split(":")
    return [found] if (found := locale.getlocale()[0]) else []  # Windows has no such variables


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("tkchat", CATALOGUES, languages(), fallback=True)


def speak_anew() -> None:
    """Look again at what the desktop speaks; what is on the screen stays as it is."""
    _catalogue.cache_clear()
