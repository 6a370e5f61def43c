"""How messages are found by their words: what goes into an FTS5 index, and what is asked of it.

The index is made with the tokenizer ``unicode61``, which takes a run of letters for one word.
"""

import re
import unicodedata

# Scripts that are written without spaces, or whose words grow endings as Korean ones do: Thai and
# Lao, Burmese, Hangul, Khmer, kana and Han with what lies between these. Each letter is a word of
# its own, and what is searched for a phrase, so that it is found in the middle of a run.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff])"
)
_TERM = re.compile(r'"(?P<phrase>[^"]+)(?P<end>"|\Z)|(?P<word>[^\s"]+)')
_LINK = re.compile(r"(?:https?://|\bwww\.)\S")


def index_text(text: str) -> str:
    """Return ``text`` as it goes into the index."""
    if text.isascii():
        return text
    # Full-width letters and half-width kana are found by the ordinary ones (Unicode annex 15).
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFKC", text))


def query_words(text: str) -> str:
    """Return the FTS5 query for what has all words of ``text``, the last as a beginning.

    What stands in double quotes has to stand together; nothing else has a meaning of its own. The
    query is empty for a text without any letter or digit, which finds nothing.
    """
    clean = text.encode("utf-8", "replace").decode().replace("\0", " ")
    query = ""
    for match in _TERM.finditer(clean):
        term = index_text(match["phrase"] or match["word"]).replace('"', "")
        if any(map(str.isalnum, term)):
            query = f'{query.removesuffix("*")}"{term}" {"" if match["end"] else "*"}'
    return query


def has_link(text: str) -> bool:
    """Whether there is an address of the web in ``text``."""
    small = text.lower()  # most texts have none, and are told apart faster than by the pattern
    return ("://" in small or "www." in small) and _LINK.search(small) is not None


def author_word(name: str) -> str:
    """Return the one word that stands for the author ``name`` in the index.

    Names that are the same person's, as `name_key` has it, have the same word.
    """
    key = unicodedata.normalize("NFKC", name.lower())
    return "zzby" + key.encode("utf-8", "surrogatepass").hex()
