"""Both dialects: what is encoded comes back, and nothing breaks the decoder."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.strategies import any_text, one_line, tags
from tkchat.wire.errors import LocalError, RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES
from tkchat.wire.lines import (
    Line,
    decode_plain,
    decode_tagged,
    encode_plain,
    encode_tagged,
    is_tagged,
)


@given(any_text, tags)
def test_a_tagged_line_comes_back(text: str, tags: dict[str, str]) -> None:
    try:
        raw = encode_tagged(Line(text, tags))
    except LocalError:
        assert sum(map(len, tags.values())) > 1_000, "only a long line may be refused"
        return
    assert raw.count(b"\n") == 1
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert is_tagged(raw)
    assert decode_tagged(raw[:-1]) == Line(text, tags)


@given(one_line)
def test_a_plain_line_comes_back(text: str) -> None:
    raw = encode_plain(text)
    assert raw.index(b"\n") == len(raw) - 1
    assert decode_plain(raw[:-1]) == text


@given(st.binary())
def test_no_bytes_break_the_decoders(raw: bytes) -> None:
    decode_plain(raw).encode()
    with contextlib.suppress(RemoteError):
        decode_tagged(raw).text.encode()


@given(st.text())
def test_what_cannot_be_encoded_is_the_local_sides_fault(text: str) -> None:
    for encode in (encode_plain, lambda text: encode_tagged(Line(text, {"v": text}))):
        try:
            encode(text)
        except LocalError:
            assert set("\r\n") & set(text) or any(0xD800 <= ord(c) < 0xE000 for c in text)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"@v=1 alice", Line("alice", {"v": "1"})),
        (b"@v=1;event=ping", Line("", {"v": "1", "event": "ping"})),
        (b"@a;b= text", Line("text", {"a": "", "b": ""})),
        (b"@a=1;a=2 the last counts", Line("the last counts", {"a": "2"})),
        (b"@a=b=c x", Line("x", {"a": "b=c"})),
        (rb"@a=\:\s\\\r\n x", Line("x", {"a": "; \\\r\n"})),
        (rb"@a=\b\ x", Line("x", {"a": "b"})),
        (rb"@a one\ntwo\r\\ \s\:", Line("one\ntwo\r\\ s:", {"a": ""})),
        (rb"@a ends in \\" + b"\\", Line("ends in \\", {"a": ""})),
        (b"@a  two spaces", Line(" two spaces", {"a": ""})),
        (rb"no tags\n", Line("no tags\n")),
        (b"", Line("")),
        (b"@a=\xff \xff", Line("\ufffd", {"a": "\ufffd"})),
    ],
)
def test_decoding_a_tagged_line(raw: bytes, line: Line) -> None:
    assert decode_tagged(raw) == line


@pytest.mark.parametrize(
    "raw", [b"@", b"@ x", b"@A=1 x", b"@a_b x", b"@;a x", b"@a; x", b"@=1 x", b"@" + b"k" * 33]
)
def test_a_tag_outside_the_grammar_is_refused(raw: bytes) -> None:
    with pytest.raises(RemoteError) as refused:
        decode_tagged(raw)
    assert refused.value.code == "bad-line"


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        (Line("hi", {"seq": "1", "room": "a b"}), rb"@seq=1;room=a\sb hi"),
        (Line("a\nb", {"v": ""}), rb"@v a\nb"),
        (Line("", {"event": "ping"}), b"@event=ping"),
    ],
)
def test_encoding_a_tagged_line(line: Line, raw: bytes) -> None:
    assert encode_tagged(line) == raw + b"\n"


@pytest.mark.parametrize("key", ["", "A", "a b", "k" * 33, "é", "a\n"])
def test_a_key_outside_the_grammar_is_not_sent(key: str) -> None:
    with pytest.raises(LocalError, match="key"):
        encode_tagged(Line("x", {key: "1"}))


def test_a_tagged_line_needs_tags() -> None:
    with pytest.raises(LocalError, match="at least one tag"):
        encode_tagged(Line("x"))


@pytest.mark.parametrize("character", ["x", "é", "😀"])
def test_the_longest_line(character: str) -> None:
    count, rest = divmod(MAX_LINE_BYTES - 1, len(character.encode()))
    longest = character * count + "x" * rest
    assert len(encode_plain(longest)) == MAX_LINE_BYTES
    with pytest.raises(LocalError, match="over the limit"):
        encode_plain(longest + "x")
    with_tag = Line(longest[: -len("@v ")], {"v": ""})
    if character == "x":
        assert len(encode_tagged(with_tag)) == MAX_LINE_BYTES
    with pytest.raises(LocalError, match="over the limit"):
        encode_tagged(Line(longest, {"v": ""}))


def test_decoding_what_is_not_utf_8() -> None:
    assert decode_plain(b"a\xffb\xed\xa0\x80") == "a\ufffdb\ufffd\ufffd\ufffd"
