"""Marks within a line: emphasis, code and links, by markdown-it with a few rules of our own."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from tkchat.client.markup.blocks import Span, Style

MAX_URL_CHARS = 2_000
#: Bare names that are taken for addresses: not those of countries, for ``main.py`` is no address.
TOP_LEVEL = ("com", "org", "net", "edu", "gov", "info")

_ADDRESS = rf"(?:https?://|mailto:)[^\s<>\"`]{{1,{MAX_URL_CHARS}}}"
_ADDRESSES = re.compile(r"https?://\w|mailto:\w", re.IGNORECASE)
_IN_ANGLES = re.compile(rf"<({_ADDRESS})>", re.IGNORECASE)
_NAMED = re.compile(
    r"\[(?P<label>[^\[\]]{1,1000})\]\("
    rf"(?P<url>(?:https?://|mailto:)[^\s<>\"`()]{{1,{MAX_URL_CHARS}}}(?:\([^\s<>\"`()]*\)[^\s<>\"`()]*)?)\)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?<![A-Za-z0-9])(?:https?|mailto)$", re.IGNORECASE)
_BARE = re.compile(rf"://\w|www\.|\w@\w|\w\.(?:{'|'.join(TOP_LEVEL)})\b", re.IGNORECASE)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_TICKS = re.compile("`+")
_AFTERWORD = "*_~'’…"  # linkify knows the others
_STYLES = {
    "strong_open": Style.BOLD,
    "em_open": Style.ITALIC,
    "s_open": Style.STRIKE,
}


class Inline:
    """Finds the spans of a text without regard to its lines."""

    def __init__(self) -> None:
        self._links = LinkifyIt(options={"fuzzy_ip": False})
        self._links.add("ftp:", None).add("//", None).tlds(list(TOP_LEVEL))
        self._markdown = MarkdownIt("zero")
        rules = self._markdown.inline.ruler
        for name, rule in (
            ("backticks", _code),
            ("emphasis", _emphasis),
            ("link", _named_link),
            ("autolink", _link_in_angles),
        ):
            rules.at(name, rule)
        rules.at("linkify", self._bare_link)
        rules.enable(["backticks", "emphasis", "strikethrough", "link", "autolink", "linkify"])
        self._markdown.inline.ruler2.enable(["balance_pairs", "emphasis", "strikethrough"])

    def spans(self, text: str) -> list[Span]:
        """Return ``text`` in spans; their texts are all of it but the marks."""
        tokens: list[Token] = []
        self._markdown.inline.parse(text, self._markdown, {}, tokens)
        return list(self._spans(tokens))

    def addresses(self, text: str) -> list[Span]:
        """Return ``text`` in spans, in which nothing but addresses is looked for."""
        return list(self._with_addresses(Span(text)))

    def _spans(self, tokens: list[Token]) -> Iterator[Span]:
        styles: list[Style] = []
        url = words = ""
        for token in tokens:
            style = Style.PLAIN
            for each in styles:
                style |= each
            if token.type == "link_open":
                url, words = str(token.attrs["href"]), ""
            elif token.type == "link_close":
                if note := _other_host(words, url):
                    yield Span(f" ({note})", style)
                url = ""
            elif token.nesting == 1:
                styles.append(_STYLES[token.type])
            elif token.nesting == -1:
                styles.pop()
            elif token.type == "code_inline":
                words += token.content
                yield Span(token.content, style | Style.CODE, url)
            elif url and token.content:
                words += token.content
                yield Span(token.content, style, url)
            elif token.content:
                yield from self._with_addresses(Span(token.content, style))

    def _with_addresses(self, span: Span) -> Iterator[Span]:
        """Yield ``span`` in pieces, of which those like ``www.example.org`` are links."""
        done = 0
        for found in (_BARE.search(span.text) and self._links.match(span.text)) or ():
            if found.index > done:
                yield replace(span, text=span.text[done : found.index])
            yield replace(span, text=found.raw, url=found.url)
            done = found.last_index
        if done < len(span.text):
            yield replace(span, text=span.text[done:])

    def _bare_link(self, state: StateInline, silent: bool) -> bool:
        """Take ``https://…``, of which the scheme is in what waits as plain text."""
        if state.src[state.pos] != ":" or state.linkLevel:
            return False
        scheme = _SCHEME.search(state.pending[-8:])
        if not scheme:
            return False
        start = state.pos - len(scheme[0])
        if not _ADDRESSES.match(state.src, start):
            return False
        found = self._links.match_at_start(
            state.src[start : min(start + MAX_URL_CHARS, state.posMax)]
        )
        if not found:
            return False
        address = found.raw.rstrip(_AFTERWORD)
        if not silent:
            state.pending = state.pending[: -len(scheme[0])]
            _push_link(state, address, lambda: _push_text(state, address))
        state.pos = start + len(address)
        return True


def _code(state: StateInline, silent: bool) -> bool:
    """Take `code`, every character of it as it is written."""
    start = _TICKS.match(state.src, state.pos, state.posMax)
    if not start:
        return False
    ticks = start[0]
    missing: set[str] = state.env.setdefault("unclosed ticks", set())
    end = None
    if ticks not in missing:
        finder = re.compile(f"(?<!`){ticks}(?!`)")
        end = finder.search(state.src, start.end(), state.posMax)
    if end is None:
        missing.add(ticks)
        if not silent:
            state.pending += ticks
        state.pos = start.end()
        return True
    if not silent:
        token = state.push("code_inline", "code", 0)
        code = state.src[start.end() : end.start()]
        # One space at each side lets code begin and end with a backtick.
        padded = code.startswith(" ") and code.endswith(" ") and code.strip()
        token.content = code[1:-1] if padded and "`" in code else code
    state.pos = end.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Take ``*`` and ``_`` where they can be meant as marks.

    Other than in Markdown, neither is one within a word, as in ``2*3*4``, or after a backslash,
    which stays; and two underscores never are, as in ``__init__``.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, _may_split_words(state))
    is_mark = run.length <= 3 if marker == "*" else run.length == 1
    is_mark = is_mark and state.src[state.pos - 1 : state.pos] != "\\"
    if not is_mark:
        state.pending += marker * run.length
    for _ in range(run.length if is_mark else 0):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=run.can_open,
                close=run.can_close,
            )
        )
    state.pos += run.length
    return True


def _may_split_words(state: StateInline) -> bool:
    """Say whether the script has no spaces between words, so that marks stand within them."""
    before = state.src[state.pos - 1 : state.pos]
    after = state.src[state.pos :].lstrip("*")[:1]
    return any(char and unicodedata.east_asian_width(char) in "WF" for char in (before, after))


def _named_link(state: StateInline, silent: bool) -> bool:
    """Take ``[words](https://…)``."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    found = _NAMED.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        end = state.posMax

        def label() -> None:
            state.pos, state.posMax = found.span("label")
            state.md.inline.tokenize(state)
            state.posMax = end

        _push_link(state, found["url"], label)
    state.pos = found.end()
    return True


def _link_in_angles(state: StateInline, silent: bool) -> bool:
    """Take ``<https://…>``."""
    if state.src[state.pos] != "<" or state.linkLevel:
        return False
    found = _IN_ANGLES.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push_link(state, found[1], lambda: _push_text(state, found[1]))
    state.pos = found.end()
    return True


def _push_link(state: StateInline, url: str, words: Callable[[], None]) -> None:
    state.push("link_open", "a", 1).attrs = {"href": url}
    state.linkLevel += 1
    words()
    state.linkLevel -= 1
    state.push("link_close", "a", -1)


def _push_text(state: StateInline, text: str) -> None:
    state.push("text", "", 0).content = text


def _other_host(words: str, url: str) -> str:
    """Return where ``url`` leads, if ``words`` look like an address that is somewhere else."""
    if words == url and "@" not in url:
        return ""
    is_mail = url[:7].casefold() == "mailto:"
    shown = _HOST.search(words.rpartition("@")[2] if is_mail else words)
    if not shown:
        return ""
    host = _host(url)
    return "" if shown[0].casefold().removeprefix("www.") == host.removeprefix("www.") else host


def _host(url: str) -> str:
    if url[:7].casefold() == "mailto:":
        return url[7:].partition("?")[0].rpartition("@")[2].casefold()
    try:
        return (urlsplit(url).hostname or "").casefold() or url
    except ValueError:  # brackets that are no IPv6 address
        return url
