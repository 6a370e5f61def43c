"""Gathers the texts to be translated and compiles the catalogues: ``python -m tests.messages``."""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tkchat.i18n import CATALOGUES

LANGUAGES = ("de", "es", "fr", "zh")
_KEYWORDS = {"tr": None, "trn": (1, 2)}
_WIDTH = 100


def gather() -> Catalog:
    """Return every text of the program that a person may see."""
    catalogue = Catalog(project="tkchat", charset="utf-8")
    found = extract_from_dir(
        CATALOGUES.parent, method_map=[("**.py", "python")], keywords=_KEYWORDS
    )
    for file, line, text, _comments, _context in sorted(found, key=lambda each: each[:2]):
        catalogue.add(text, locations=[(Path(file).as_posix(), line)])
    return catalogue


def po_file(language: str) -> Path:
    """Return where the translations into ``language`` are kept."""
    return CATALOGUES / language / "LC_MESSAGES" / "tkchat.po"


def read(language: str) -> Catalog:
    """Return the translations into ``language``."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """Return what gettext reads."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def update(language: str) -> int:
    """Bring a catalogue up to date; return how many texts in it wait for a translation."""
    path = po_file(language)
    catalogue = read(language) if path.exists() else Catalog(locale=language, project="tkchat")
    catalogue.update(gather(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=_WIDTH, no_location=True, omit_header=False)
    path.with_suffix(".mo").write_bytes(compiled(read(language)))
    return sum(not all(forms(message.string)) for message in catalogue if message.id)


def forms(text: object) -> list[str]:
    """Return a text of a catalogue, or all its forms if it depends on a number."""
    return [text or ""] if isinstance(text, str | None) else list(text)  # type: ignore[call-overload]  # Babel has tuples and lists


if __name__ == "__main__":
    for each in LANGUAGES:
        sys.stdout.write(f"{each}: {update(each)} texts to translate\n")
