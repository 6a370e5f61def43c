"""The bounds that both sides of the wire hold to."""

MAX_LINE_BYTES = 16_384  #: one line with its tags and its line end
MAX_TEXT_CHARS = 4_000  #: the text of one message
MAX_NAME_CHARS = 32  #: a username or a room name
