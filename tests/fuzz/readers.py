"""What reads a text or bytes by itself: each is given an input, and may only refuse it."""

import contextlib
import re
import tempfile
import warnings
from html.parser import HTMLParser
from pathlib import Path

from tests.client.export.messages import ABOUT, said
from tkchat.client.export.as_html import as_html
from tkchat.client.settings import SettingsFile
from tkchat.net.identity import BadCertificate, fingerprint_of
from tkchat.wire import info, join_code, plain, requests, tagged
from tkchat.wire.buffer import LineBuffer, TooLong
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES
from tkchat.wire.lines import decode_plain, decode_tagged, encode_tagged
from tkchat.wire.text import clean

_STYLE = re.compile(r"--hue: \d+|margin-left: [\d.]+em")  # numbers only
_INERT_SCHEMES = ("http:", "https:", "mailto:", "#")
_INERT_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "header",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "p",
    "div",
    "span",
    "time",
    "a",
    "b",
    "i",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "br",
    "details",
    "summary",
    "small",
    "footer",
    "del",
    "q",
    "hr",
    "figure",
}


def read_lines(data: bytes) -> None:
    """Cut and parse a stream; however it was split it has the same lines."""
    whole = LineBuffer().feed(data)
    buffer = LineBuffer()
    assert whole == [line for byte in data for line in buffer.feed(bytes([byte]))]
    for raw in whole:
        if isinstance(raw, TooLong):
            continue
        plain.decode(clean(decode_plain(raw)))
        with contextlib.suppress(RemoteError):
            line = decode_tagged(raw)
            if line.tags and len(raw) < MAX_LINE_BYTES // 4:
                assert decode_tagged(encode_tagged(line).removesuffix(b"\n")) == line
        for decode in (requests.decode, requests.decode_hello, tagged.decode):
            with contextlib.suppress(RemoteError):
                decode(decode_tagged(raw))


def read_code(text: str) -> None:
    """Read a join code; one that is right is written in one way only."""
    with contextlib.suppress(join_code.BadJoinCode):
        code = join_code.decode(text)
        assert join_code.decode(join_code.encode(code)) == code
        assert join_code.decode(join_code.link(code)) == code


def read_settings(data: bytes) -> None:
    """Read a settings file and write it again: from then on it is a good one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        path.write_bytes(data)
        settings, _ = SettingsFile(path).read()
        SettingsFile(path).write(settings)
        assert SettingsFile(path).read()[0] == settings


def read_info(data: bytes) -> None:
    """Read what a host says of itself before the handshake, and as a record of mDNS."""
    info.is_question(data)
    with contextlib.suppress(RemoteError):
        info.decode(data)
    pairs = [pair.partition(b"=") for pair in data.split(b";")]
    found = info.from_record({key: value for key, _, value in pairs})
    if found is not None:
        assert found.title == info.one_title(found.title)


def read_certificate(data: bytes) -> None:
    """Take the fingerprint of what may be no certificate."""
    with contextlib.suppress(BadCertificate), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cryptography, about what it will refuse one day
        assert len(fingerprint_of(data)) == 32


class _Inert(HTMLParser):
    """Fails at whatever a browser would run or fetch."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _INERT_TAGS, f"<{tag}>"
        for key, value in attrs:
            assert not key.startswith("on"), f"{key}={value}"
            assert key not in ("src", "action", "formaction", "srcset"), f"{key}={value}"
            assert key != "style" or _STYLE.fullmatch(value or ""), value
            assert key != "http-equiv" or value == "Content-Security-Policy", value
            if key == "href":
                assert (value or "").lower().startswith(_INERT_SCHEMES), value


def read_markup(text: str) -> None:
    """Export a message: as a page, it runs and fetches nothing."""
    page = "".join(as_html(ABOUT, [said(text, text[:40] or "bob")]))
    reader = _Inert(convert_charrefs=True)
    reader.feed(page)
    reader.close()
