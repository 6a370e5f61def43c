"""What the property tests draw from."""

from hypothesis import strategies as st

from tkchat.wire import plain
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import check_name

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
one_line = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=200
)

tags = st.dictionaries(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=32),
    any_text,
    min_size=1,
    max_size=8,
)

# Pieces in which line ends, their halves and broken UTF-8 are frequent.
stream_pieces = st.lists(
    st.one_of(st.sampled_from([b"\n", b"\r\n", b"\r", b"\xf0\x9f", b"x" * 30]), st.binary()),
    max_size=20,
)

_LETTERS = st.characters(categories=["Ll", "Lu", "Lo", "Mn", "Nd"])


def _normal(name: str) -> str:
    try:
        return check_name(name)
    except RemoteError:
        return ""


names = st.text(_LETTERS, min_size=1, max_size=12).map(_normal).filter(bool)

_counts = st.integers(0, 999_999)

events = st.one_of(
    st.builds(plain.Said, names, one_line),
    st.builds(plain.Joined, names, st.just("") | names),
    st.builds(plain.Left, names, st.just("") | names),
    st.builds(plain.People, names, _counts, st.lists(names, max_size=5).map(tuple)),
    st.builds(plain.Rooms, st.lists(st.tuples(names, _counts), min_size=1, max_size=5).map(tuple)),
    st.builds(
        plain.Notice, st.sampled_from(["", "hello", "Rooms: none", "x~y", "In a hurry (2): "])
    ),
)
