"""A transcript as a page: it shows everything, and does nothing."""

from html.parser import HTMLParser

import pytest

from tests.client.export.messages import ABOUT, HOSTILE, conversation, gap, said
from tkchat.client.export.about import About
from tkchat.client.export.as_html import as_html
from tkchat.client.message import Message

_VOID = {"meta"}


class Page(HTMLParser):
    """The elements of a page, which must be closed in order, and its text."""

    def __init__(self, messages: list[Message], about: About = ABOUT) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.source = "".join(as_html(about, messages))
        self.feed(self.source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Return the attributes of the elements of a kind that have these values."""
        return [
            found
            for each, found in self.elements
            if each == tag and all(found.get(name.strip("_")) == wanted[name] for name in wanted)
        ]


def test_everything_is_told() -> None:
    messages = conversation()
    page = Page(messages)
    for words in (
        *("#design on 192.0.2.1:12345", "Exported by alice, 2026-11-20 12:00"),
        *("Some are missing.", "is it done?", "yes\nit is", "(edited)", "👍 2", "🎉 1"),
        *("↱ alice: is it *done*?", "* carol waves", "Message deleted", "dave joined", "late"),
        *("2026-11-21", "12:01"),
    ):
        assert words in page.text
    assert page.all("em")
    assert page.all("span", title="alice, carol")
    [answered] = page.all("a", class_="reply")
    assert page.all("article", id=str(answered["href"]).removeprefix("#"))
    assert len(page.all("article", class_="head own")) == 1


def test_neighbours_share_a_header() -> None:
    def headers(*messages: Message) -> int:
        return len(Page(list(messages)).all("time"))

    assert headers(said("a"), said("b", minutes=4)) == 1
    assert headers(said("a"), said("b", minutes=6)) == 2
    assert headers(said("a"), said("b", "carol")) == 2
    assert headers(said("a"), gap("x"), said("b")) == 2


def test_no_word_becomes_an_element() -> None:
    hostile = said(HOSTILE, HOSTILE, edited=True, answers=3)
    hostile.quote = (HOSTILE, HOSTILE)
    hostile.reactions = {HOSTILE: [HOSTILE]}
    code = said(f"```{HOSTILE}\n{HOSTILE}\n```\n> {HOSTILE}\n- {HOSTILE}\n`{HOSTILE}`")
    page = Page([hostile, code, gap(HOSTILE)], About(HOSTILE, HOSTILE, HOSTILE, ABOUT.at))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "object", "svg", "base", "form"}
    assert len(page.all("style")) == 1
    names = {name for _, found in page.elements for name in found}
    assert not [name for name in names if name.startswith("on")]
    assert {str(found["href"])[:2] for found in page.all("a")} == {"#m"}
    assert not set("\x1b\x00\u202e") & set(page.source)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2"),
        ("mailto:bob@example.org", "mailto:bob@example.org"),
        ("[here](http://example.org/)", "http://example.org/"),
    ],
)
def test_real_links_work(text: str, address: str) -> None:
    [link] = Page([said(text)]).all("a")
    assert (link["href"], link["rel"]) == (address, "noopener noreferrer")


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", "[x](data:text/html,y)", "file:///etc/passwd", "[x](#m0-1)"],
)
def test_other_addresses_are_words(text: str) -> None:
    assert Page([said(text)]).all("a") == []


def test_an_address_that_is_none_spoils_nothing() -> None:
    page = Page([said("[x](http://[foo) <http://a]b/c>"), said("afterwards")])
    assert "afterwards" in page.text


def test_markup_is_drawn() -> None:
    text = "**b** *i* ~~s~~ `c`\n> quoted\n- one\n  - two\n\n```python\nx = '<y>'\n```\n"
    page = Page([said(text)])
    for tag in ("strong", "em", "s", "code", "blockquote", "pre"):
        assert page.all(tag), tag
    assert "x = '<y>'" in page.text
    assert len(page.all("div", class_="item")) == 2


def test_a_browser_learns_the_language_of_the_texts() -> None:
    assert Page([]).all("html", lang="en")


def test_it_fetches_and_runs_nothing() -> None:
    page = Page(conversation())
    [policy] = [found for found in page.all("meta") if found.get("http-equiv")]
    assert str(policy["content"]).startswith("default-src 'none'")
    assert "url(" not in page.source
    assert "@import" not in page.source
    assert "prefers-color-scheme: dark" in page.source
