"""The bounds that both sides of the wire hold to."""

MAX_LINE_BYTES = 16_384  #: one line with its tags and its line end
MAX_TAGS = 64  #: of one line
MAX_TEXT_CHARS = 4_000  #: the text of one message
MAX_NAME_CHARS = 32  #: a username or a room name
MAX_TOPIC_CHARS = 250  #: the topic of a room
MAX_TITLE_CHARS = 40  #: what a chat is called to whoever looks for one
MAX_STATUS_CHARS = 100  #: what somebody says about being away or busy
MAX_SEARCH_CHARS = 400  #: what is searched for in the log of a host
MAX_SEEN_PEOPLE = 30  #: in a room of more, nobody is told who has read what
