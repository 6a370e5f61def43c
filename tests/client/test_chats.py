"""A person's chat is found by its address, by its log, or from the one that followed it."""

from pathlib import Path

from tests.client.chats import database
from tkchat.client.chats import chain, find_chat
from tkchat.client.history import History
from tkchat.client.host_key import in_the_clear, on_this_computer


def test_a_chat_is_found_by_address_and_by_log(tmp_path: Path) -> None:
    with database(tmp_path) as store:
        History(store, "here:1", "Alice").welcomed("log", "Alice", "token")
        with store.reading() as connection:
            (by_address,) = find_chat(connection, "address", "here:1", "alice")
            (by_log,) = find_chat(connection, "log", "log", "ALICE")
            assert by_address == by_log
            assert (by_log.user, by_log.token) == ("Alice", "token")
            assert find_chat(connection, "log", "log", "bob") == []
            assert find_chat(connection, "log", "another", "alice") == []


def test_who_was_never_seen_to_encrypt_may_begin_to_at_its_address(tmp_path: Path) -> None:
    with database(tmp_path) as store:
        here = History(store, "here:1", "alice")
        here.met(in_the_clear("here:1"))
        here.welcomed("log", "alice", "token")
        with store.reading() as connection:
            (chat,) = find_chat(connection, "log", "log", "alice")
        assert chat.is_on("here:1", b"key")
        assert not chat.is_on("there:1", b"key")
        assert not chat.is_on("here:1", on_this_computer(1))
        here.met(b"key")
        here.welcomed("log", "alice", "token")
        with store.reading() as connection:
            (chat,) = find_chat(connection, "log", "log", "alice")
        assert not chat.is_on("here:1", in_the_clear("here:1"))  # and then it has to


def test_a_chain_goes_back_through_all_logs(tmp_path: Path) -> None:
    with database(tmp_path) as store:
        history = History(store, "here:1", "alice")
        ids: list[int | None] = []
        for log in ("first", "second", "third"):
            history.welcomed(log, "alice", "token")
            ids.insert(0, history.chat)
        assert history.chat is not None
        with store.reading() as connection:
            assert chain(connection, history.chat) == ids
