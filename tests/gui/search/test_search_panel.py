"""The search panel by itself; in its window: test_searching.py."""

import tkinter as tk

import pytest

from tests.gui.driving import click, every, press, text_of, type_text, wait_until
from tests.gui.search.test_search_results import hit
from tkchat.client.archive import FOUND
from tkchat.client.events import Found
from tkchat.client.query import Query
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.search.search_panel import SearchPanel
from tkchat.gui.widgets.keys import bind_desktop_keys

Asked = tuple[int, str, str]


class Panel:
    """A panel and what it asks for."""

    def __init__(self, root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
        self.asked: list[Asked] = []
        self.queries: list[Query] = []
        self.opened: list[int] = []
        self.closed: list[bool] = []
        bind_desktop_keys(root)
        self.widget = SearchPanel(
            root,
            theme,
            emoji,
            on_search=self._search,
            on_open=lambda found: self.opened.append(found.entry.seq),
            on_close=self.closed.append,
            people=lambda: ("alice", "alan", "bob"),
            rooms=lambda: ("lab", "lounge", "@bob"),
        )
        self.widget.configure(width=340, height=480)
        self.widget.grid()
        root.update()
        self.widget.open("lab", "#lab")

    def _search(self, number: int, query: Query, room: str) -> None:
        self.queries.append(query)
        self.asked.append((number, query.words, room))

    @property
    def rows(self) -> list[str]:
        """What is offered or found, a line each."""
        return self.widget.results.text.get("1.0", "end").strip().split("\n")

    @property
    def note(self) -> str:
        return str(self.widget._note.cget("text"))

    def search(self, words: str) -> int:
        """Type ``words``; return the number of the query that this makes."""
        press(self.widget.entry, "<Control-a>", "<BackSpace>")
        type_text(self.widget.entry, words)
        wait_until(self.widget, lambda: self.asked and self.asked[-1][1] == words.strip())
        return self.asked[-1][0]


@pytest.fixture
def panel(root: tk.Tk, theme: Theme, emoji: Emoji) -> Panel:
    return Panel(root, theme, emoji)


def test_it_searches_once_the_typing_pauses(panel: Panel) -> None:
    panel.search("two words")
    assert [words for _, words, _ in panel.asked] == ["two words"]
    assert panel.note == "Searching…"


def test_results_come_from_here_and_then_from_the_host(panel: Panel) -> None:
    number = panel.search("lunch")
    panel.widget.take(Found(number, (), "here", done=False))
    assert panel.note == "Searching the host…"
    panel.widget.take(Found(number, (hit(7, "lunch"),), "here", done=False))
    assert panel.note == "1 message · Searching the host…"
    panel.widget.take(Found(number, (hit(7, "lunch"), hit(2, "lunch")), "host", done=True))
    assert panel.note == "2 messages"
    press(panel.widget.entry, "<Down>", "<Down>", "<Return>", "<Up>", "<Return>")
    assert panel.opened == [2, 7]


def test_nothing_found_is_said(panel: Panel) -> None:
    number = panel.search("lunch")
    panel.widget.take(Found(number, (), "host", done=True))
    assert panel.note == "Nothing found"


def test_answers_to_what_was_asked_before_are_ignored(panel: Panel) -> None:
    old = panel.search("lunch")
    panel.search("dinner")
    panel.widget.take(Found(old, (hit(7, "lunch"),), "host", done=True))
    assert panel.note == "Searching…"
    press(panel.widget.entry, "<Control-a>", "<BackSpace>")
    wait_until(panel.widget, lambda: "remember" in panel.note)
    panel.widget.take(Found(panel.asked[-1][0], (hit(7, "lunch"),), "host", done=True))
    assert "lunch" not in " ".join(panel.rows)


def test_one_room_or_all(panel: Panel) -> None:
    panel.search("lunch")
    panel.widget._here.invoke()
    panel.widget.set_room("attic", "#attic")
    panel.widget._everywhere.invoke()
    panel.widget.set_room("lab", "#lab")
    assert [room for _, _, room in panel.asked] == ["", "lab", "attic", ""]
    assert "Only #lab" in [text_of(each) for each in every(panel.widget)]


def test_without_a_connection_it_says_what_it_knows(panel: Panel) -> None:
    panel.widget.set_online(False)
    number = panel.search("lunch")
    panel.widget.take(Found(number, (), "here", done=True))
    assert panel.note.startswith("No connection: only this computer")
    panel.widget.set_online(True)
    assert panel.asked[-1] == (number + 1, "lunch", "")


def test_return_does_not_wait_for_the_pause(panel: Panel) -> None:
    type_text(panel.widget.entry, "now")
    press(panel.widget.entry, "<Return>")
    assert panel.asked == [(1, "now", "")]


def test_escape_leads_back_and_the_button_does_not(panel: Panel) -> None:
    press(panel.widget.entry, "<Escape>")
    click(panel.widget._close_button, 10, 10)
    press(panel.widget._close_button, "<space>")
    assert panel.closed == [True, False, False]


def test_what_may_find_more_is_offered(panel: Panel) -> None:
    panel.widget._here.invoke()
    number = panel.search("lunch tomorrow")
    panel.widget.take(Found(number, (), "host", done=True))
    assert panel.rows == ["Search all rooms", "lunch\tthis word alone", "tomorrow\tthis word alone"]
    press(panel.widget.entry, "<Down>", "<Return>")
    assert panel.asked[-1][1:] == ("lunch tomorrow", "")
    panel.widget.take(Found(panel.asked[-1][0], (), "host", done=True))
    assert panel.rows[0].startswith("lunch")
    press(panel.widget.entry, "<Down>", "<Down>", "<Return>")
    assert panel.widget.entry.get() == "tomorrow"
    press(panel.widget.entry, "<Return>")
    assert panel.asked[-1][1:] == ("tomorrow", "")
    assert "this word alone" not in " ".join(panel.rows)


def test_the_field_has_a_sign_that_leads_into_it(panel: Panel) -> None:
    panel.widget._close_button.focus_force()
    click(panel.widget._glass)
    wait_until(panel.widget, lambda: panel.widget.focus_displayof() is panel.widget.entry)
    box = panel.widget.entry.bbox(0)
    assert box is not None
    glass = panel.widget._glass
    panel.widget.update()
    assert box[0] >= glass.winfo_x() + glass.winfo_width()


def type_query(panel: Panel, text: str) -> None:
    """Write what has signs that no key press is known for."""
    panel.widget.entry.insert("end", text)


def test_an_empty_box_offers_filters(panel: Panel) -> None:
    assert panel.rows[0].startswith("from:")
    press(panel.widget.entry, "<Down>", "<Return>")
    assert panel.widget.entry.get() == "from:"
    assert panel.rows == ["from:alice", "from:alan", "from:bob"]
    assert panel.asked == []


def test_names_are_offered_and_taken_by_tab_or_choice(panel: Panel) -> None:
    type_query(panel, "lunch from:al")
    assert panel.rows == ["from:alice", "from:alan"]
    press(panel.widget.entry, "<Down>", "<Down>", "<Tab>")
    assert panel.widget.entry.get() == "lunch from:alan "
    type_query(panel, "in:l")
    assert panel.rows == ["in:#lab", "in:#lounge"]
    press(panel.widget.entry, "<Tab>")
    assert panel.widget.entry.get() == "lunch from:alan in:#lab "
    wait_until(panel.widget, lambda: panel.queries)
    assert panel.queries[-1] == Query("lunch", author="alan", room="lab")
    press(panel.widget.entry, "<Tab>")
    assert panel.widget.focus_get() is not panel.widget.entry


def test_a_filter_that_makes_no_sense_is_explained(panel: Panel) -> None:
    type_query(panel, "lunch after:someday")
    wait_until(panel.widget, lambda: panel.queries)
    assert "“someday” is no day." in panel.note
    panel.widget.take(Found(panel.asked[-1][0], (hit(7, "lunch"),), "host", done=True))
    assert panel.note.split("\n")[1] == "1 message"


def test_that_there_may_be_more_is_said(panel: Panel) -> None:
    number = panel.search("x")
    panel.widget.take(Found(number, tuple(hit(n, "x") for n in range(FOUND)), "host", done=True))
    assert panel.note == "The newest 50 messages"


def test_shift_tab_goes_back_and_completes_nothing(panel: Panel) -> None:
    type_query(panel, "lunch from:al")
    panel.widget.unbind_all("<<PrevWindow>>")  # on Windows the entry's own Tab comes before it
    press(panel.widget.entry, "<Shift-Tab>")
    assert panel.widget.entry.get() == "lunch from:al"
    assert panel.widget.focus_get() is not panel.widget.entry
