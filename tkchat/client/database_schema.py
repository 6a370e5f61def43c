"""The tables of the client's database, and how older files become like them."""

import sqlite3

from tkchat.wire.search_words import index_text

SPAN = 1 << 44  #: more than any seq, see `MIGRATIONS` on event.id
END = SPAN - 1  #: the last of a hole that goes on up to what the host sends next

# A number more in user_version for each; a published one is never changed again.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE profile (install TEXT NOT NULL)",
        # One person's view of one log. The predecessor is what was at this address before.
        """
        CREATE TABLE chat (
            id INTEGER PRIMARY KEY,
            log TEXT NOT NULL,
            name_key TEXT NOT NULL,
            user TEXT NOT NULL,
            address TEXT NOT NULL,
            token TEXT NOT NULL,
            head INTEGER,
            predecessor INTEGER REFERENCES chat,
            UNIQUE (log, name_key)
        )
        """,
        # sure_to is NULL while this person is known to be in the room, or out of it; from a welcome
        # until the host has listed their rooms, it is the event up to which that was known.
        """
        CREATE TABLE room (
            id INTEGER PRIMARY KEY,
            chat INTEGER NOT NULL REFERENCES chat,
            name TEXT NOT NULL,
            read INTEGER NOT NULL DEFAULT 0,
            draft TEXT NOT NULL DEFAULT '',
            sure_to INTEGER,
            UNIQUE (chat, name)
        )
        """,
        # id is chat * SPAN + seq, so that every index, the words' too, has a chat's events
        # together and in order. about is the target's id, or 0.
        """
        CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            room INTEGER NOT NULL REFERENCES room,
            time_ms INTEGER NOT NULL,
            author TEXT NOT NULL,
            text TEXT NOT NULL,
            kind TEXT NOT NULL,
            about INTEGER NOT NULL,
            mid TEXT NOT NULL
        )
        """,
        "CREATE VIEW message AS SELECT * FROM event WHERE kind IN ('message', 'reply')",
        "CREATE VIEW change AS SELECT * FROM event WHERE kind NOT IN ('message', 'reply')",
        # Each serves one of the views, whose condition it repeats word for word.
        "CREATE INDEX message_of_room ON event (room) WHERE kind IN ('message', 'reply')",
        "CREATE INDEX change_of_message ON event (about) WHERE kind NOT IN ('message', 'reply')",
        # What is not here, but may be on the host: seqs, both included.
        """
        CREATE TABLE hole (
            room INTEGER NOT NULL REFERENCES room,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (room, first)
        ) WITHOUT ROWID
        """,
        # What the host keeps no longer; room 0 means every room.
        """
        CREATE TABLE gap (
            chat INTEGER NOT NULL REFERENCES chat,
            room INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (chat, last, first, room)
        ) WITHOUT ROWID
        """,
        # AUTOINCREMENT: a row's place is never given to a later one.
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat INTEGER NOT NULL REFERENCES chat,
            mid TEXT NOT NULL UNIQUE,
            room TEXT NOT NULL,
            text TEXT NOT NULL,
            kind TEXT NOT NULL,
            target INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            refused_code TEXT NOT NULL DEFAULT '',
            refused_why TEXT NOT NULL DEFAULT ''
        )
        """,
        # The messages as they read now: rowid is event.id, room is room.id as a word.
        """
        CREATE VIRTUAL TABLE word USING fts5(
            room, text, content='', prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'
        )
        """,
        "INSERT INTO profile VALUES (lower(hex(randomblob(16))))",
    ),
    (
        "ALTER TABLE room ADD COLUMN topic TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE room ADD COLUMN level TEXT NOT NULL DEFAULT 'all'",
        # Where reading stopped, all NULL if at the newest message. See `room_state.Anchor`.
        "ALTER TABLE room ADD COLUMN anchor_era INTEGER",
        "ALTER TABLE room ADD COLUMN anchor_seq INTEGER",
        "ALTER TABLE room ADD COLUMN anchor_y INTEGER",
        # The mid of the own message that this one edits, if the host had not acknowledged that one
        # yet. As long as it has not, the target is 0, and the edit waits.
        "ALTER TABLE outbox ADD COLUMN awaits TEXT NOT NULL DEFAULT ''",
        # What is written without spaces between its words is found in the middle, too.
        """
        CREATE TEMP TABLE reworded AS
            SELECT id, room, coalesce(
                (SELECT text FROM change WHERE about = message.id AND kind = 'edit'
                    ORDER BY id DESC LIMIT 1),
                text
            ) AS text
            FROM message
            WHERE NOT EXISTS (SELECT 1 FROM change WHERE about = message.id AND kind = 'delete')
        """,
        "DELETE FROM reworded WHERE index_text(text) = text",
        "INSERT INTO word (word, rowid, room, text) SELECT 'delete', id, room, text FROM reworded",
        "INSERT INTO word (rowid, room, text) SELECT id, room, index_text(text) FROM reworded",
        "DROP TABLE reworded",
    ),
    # The room that this person looked at last.
    ("ALTER TABLE chat ADD COLUMN last_room TEXT NOT NULL DEFAULT ''",),
    # The seq of the message that the draft answers, 0 for none.
    ("ALTER TABLE room ADD COLUMN draft_answers INTEGER NOT NULL DEFAULT 0",),
    # Whom each host was known by, see `trust.Trust`. since is in seconds.
    (
        """
        CREATE TABLE pin (
            host TEXT NOT NULL,
            port INTEGER NOT NULL,
            fingerprint BLOB NOT NULL,
            since INTEGER NOT NULL,
            PRIMARY KEY (host, port)
        ) WITHOUT ROWID
        """,
        # Who the chat's host was at the last welcome, see `Security.secure`.
        "ALTER TABLE chat ADD COLUMN host_key BLOB NOT NULL DEFAULT x''",
    ),
)


class NewerVersion(Exception):
    """The file is of a newer tkchat."""


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a file, maybe an empty one, to the newest version; whole or not at all.

    Several processes may do it at once.

    Raises:
        NewerVersion: it cannot be used.
        sqlite3.Error: it cannot be written, or is no such file.
    """
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)  # again: another process may have been quicker
        if version > len(MIGRATIONS):
            raise NewerVersion
        connection.create_function("index_text", 1, index_text, deterministic=True)
        for migration in MIGRATIONS[version:]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
