"""The tables of the log, version by version, and the functions that they call."""

import sqlite3

from tkchat.wire.search_words import author_word, has_link, index_text

HOUR_MS = 3_600_000
LINK_WORD = "zzlink"

# The columns of the events are the fields of a record, in their order.
# An index on a room holds the seq too, as it does of every row: no second time is needed.
_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('id', lower(hex(randomblob(16))));

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    install TEXT NOT NULL,
    used_at INTEGER NOT NULL
);
CREATE TABLE rooms (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE memberships (
    account_id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (account_id, room_id)
) WITHOUT ROWID;
CREATE TABLE marks (
    account_id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account_id, room_id)
) WITHOUT ROWID;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    author TEXT NOT NULL,
    author_id INTEGER,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    target INTEGER NOT NULL,
    mid TEXT NOT NULL
);
CREATE UNIQUE INDEX events_by_mid ON events (author_id, mid) WHERE mid <> '';
CREATE INDEX events_by_room ON events (room_id);
CREATE INDEX said_by_room ON events (room_id) WHERE kind IN ('message', 'reply');
CREATE INDEX events_by_target ON events (target, kind, author_id) WHERE target <> 0;

CREATE VIEW searchable (seq, text, room) AS
SELECT
    said.seq,
    coalesce(
        (
            SELECT edit.text FROM events AS edit
            WHERE edit.target = said.seq AND edit.target <> 0 AND edit.kind = 'edit'
            ORDER BY edit.seq DESC LIMIT 1
        ),
        said.text
    ),
    'zzroom' || said.room_id
FROM events AS said
WHERE said.kind IN ('message', 'reply') AND NOT EXISTS (
    SELECT 1 FROM events AS gone
    WHERE gone.target = said.seq AND gone.target <> 0 AND gone.kind = 'delete'
);
CREATE VIRTUAL TABLE search USING fts5 (
    text, room, content = 'searchable', content_rowid = 'seq', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER say AFTER INSERT ON events WHEN new.kind IN ('message', 'reply') BEGIN
    INSERT INTO search (rowid, text, room) VALUES (new.seq, new.text, 'zzroom' || new.room_id);
END;
CREATE TRIGGER change BEFORE INSERT ON events WHEN new.kind IN ('edit', 'delete') BEGIN
    INSERT INTO search (search, rowid, text, room)
    SELECT 'delete', seq, text, room FROM searchable WHERE seq = new.target;
END;
CREATE TRIGGER changed AFTER INSERT ON events WHEN new.kind IN ('edit', 'delete') BEGIN
    INSERT INTO search (rowid, text, room)
    SELECT seq, text, room FROM searchable WHERE seq = new.target;
END;
CREATE TRIGGER trim BEFORE DELETE ON events WHEN old.kind IN ('message', 'reply') BEGIN
    INSERT INTO search (search, rowid, text, room)
    SELECT 'delete', seq, text, room FROM searchable WHERE seq = old.seq;
END;
"""


# Topics; search by author, link and time, and in the middle of words that no spaces end; and of
# what is taken back the text is gone. An index on the time would find nothing sooner than this
# table of hours: what is asked for is the lowest and the highest seq of a span, and the clock may
# have been set back in it.
_SECOND = """
ALTER TABLE rooms ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN topic_by TEXT NOT NULL DEFAULT '';

CREATE TABLE hours (
    hour INTEGER PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL
);
INSERT INTO hours SELECT time_ms / 3600000, min(seq), max(seq) FROM events GROUP BY 1;
CREATE TRIGGER note_hour AFTER INSERT ON events BEGIN
    INSERT INTO hours VALUES (new.time_ms / 3600000, new.seq, new.seq)
    ON CONFLICT (hour) DO UPDATE SET last_seq = new.seq;
END;

DROP TRIGGER say;
DROP TRIGGER change;
DROP TRIGGER changed;
DROP TRIGGER trim;
DROP TABLE search;
DROP VIEW searchable;

UPDATE events SET text = '' WHERE kind IN ('message', 'reply') AND seq IN (
    SELECT target FROM events WHERE kind = 'delete'
);
UPDATE events SET text = '' WHERE kind = 'edit' AND target IN (
    SELECT target FROM events WHERE kind = 'delete'
);
CREATE TRIGGER take_back AFTER INSERT ON events WHEN new.kind = 'delete' BEGIN
    UPDATE events SET text = '' WHERE seq = new.target;
    UPDATE events SET text = ''
    WHERE target = new.target AND target <> 0 AND kind = 'edit';
END;

CREATE VIEW searchable (seq, text, marks) AS
SELECT seq, index_text(text), search_marks(room_id, author, text) FROM (
    SELECT
        said.seq, said.room_id, said.author,
        coalesce(
            (
                SELECT edit.text FROM events AS edit
                WHERE edit.target = said.seq AND edit.target <> 0 AND edit.kind = 'edit'
                ORDER BY edit.seq DESC LIMIT 1
            ),
            said.text
        ) AS text
    FROM events AS said
    WHERE said.kind IN ('message', 'reply') AND NOT EXISTS (
        SELECT 1 FROM events AS gone
        WHERE gone.target = said.seq AND gone.target <> 0 AND gone.kind = 'delete'
    )
);
CREATE VIRTUAL TABLE search USING fts5 (
    text, marks, content = 'searchable', content_rowid = 'seq', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search (search) VALUES ('rebuild');

CREATE TRIGGER say AFTER INSERT ON events WHEN new.kind IN ('message', 'reply') BEGIN
    INSERT INTO search (rowid, text, marks) VALUES (
        new.seq, index_text(new.text), search_marks(new.room_id, new.author, new.text)
    );
END;
CREATE TRIGGER change BEFORE INSERT ON events WHEN new.kind IN ('edit', 'delete') BEGIN
    INSERT INTO search (search, rowid, text, marks)
    SELECT 'delete', seq, text, marks FROM searchable WHERE seq = new.target;
END;
CREATE TRIGGER changed AFTER INSERT ON events WHEN new.kind = 'edit' BEGIN
    INSERT INTO search (rowid, text, marks)
    SELECT seq, text, marks FROM searchable WHERE seq = new.target;
END;
CREATE TRIGGER trim BEFORE DELETE ON events WHEN old.kind IN ('message', 'reply') BEGIN
    INSERT INTO search (search, rowid, text, marks)
    SELECT 'delete', seq, text, marks FROM searchable WHERE seq = old.seq;
END;
"""

# Who keeps order, and what they decided; passwords. The chat's own password is in the table meta.
_THIRD = """
ALTER TABLE accounts ADD COLUMN role TEXT NOT NULL DEFAULT 'member';
ALTER TABLE accounts ADD COLUMN password_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN let_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN is_locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN slow_seconds INTEGER NOT NULL DEFAULT 0;

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (account_id, hash)
);
CREATE TABLE bans (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    account_id INTEGER,
    addresses TEXT NOT NULL,
    by TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    why TEXT NOT NULL
);
CREATE TABLE mutes (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL,
    text TEXT NOT NULL
);
"""

# The search's index takes more time than all else that is written of a message. So it follows when
# there is time: what came up to `indexed` is in it, as it reads now, and nothing after that. The
# hours are written once for what comes together.
_FOURTH = """
DROP TRIGGER note_hour;
DROP TRIGGER say;
DROP TRIGGER change;
DROP TRIGGER changed;
DROP TRIGGER trim;

CREATE TABLE indexed (seq INTEGER NOT NULL);
INSERT INTO indexed SELECT coalesce(max(seq), 0) FROM events;

CREATE TRIGGER change BEFORE INSERT ON events
WHEN new.kind IN ('edit', 'delete') AND new.target <= (SELECT seq FROM indexed) BEGIN
    INSERT INTO search (search, rowid, text, marks)
    SELECT 'delete', seq, text, marks FROM searchable WHERE seq = new.target;
END;
CREATE TRIGGER changed AFTER INSERT ON events
WHEN new.kind = 'edit' AND new.target <= (SELECT seq FROM indexed) BEGIN
    INSERT INTO search (rowid, text, marks)
    SELECT seq, text, marks FROM searchable WHERE seq = new.target;
END;
CREATE TRIGGER trim BEFORE DELETE ON events
WHEN old.kind IN ('message', 'reply') AND old.seq <= (SELECT seq FROM indexed) BEGIN
    INSERT INTO search (search, rowid, text, marks)
    SELECT 'delete', seq, text, marks FROM searchable WHERE seq = old.seq;
END;
"""

# Rooms that nobody is in any more, and that are not shown.
_FIFTH = """
ALTER TABLE rooms ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;
"""

MIGRATIONS = (
    _FIRST,
    _SECOND,
    _THIRD,
    _FOURTH,
    _FIFTH,
)  #: the n-th makes version n of the one before; none is ever changed


def add_functions(connection: sqlite3.Connection) -> None:
    """Let ``connection`` call what the tables call."""
    connection.execute("PRAGMA trusted_schema = ON")  # else triggers may not; the file is our own
    connection.create_function("index_text", 1, index_text, deterministic=True)
    connection.create_function("search_marks", 3, _search_marks, deterministic=True)


def room_word(room_id: int) -> str:
    """Return the word that stands for a room in the index of the search."""
    return f"zzroom{room_id}"


def _search_marks(room_id: int, author: str, text: str) -> str:
    marks = f"{room_word(room_id)} {author_word(author)}"
    return f"{marks} {LINK_WORD}" if has_link(text) else marks
