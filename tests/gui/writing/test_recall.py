"""What was sent comes back, and a person's own words are left alone."""

from tkchat.gui.writing.recall import MAX_RECALLED, Recall


def recalling(*texts: str) -> Recall:
    """Return what recalls ``texts``, the last one sent last."""
    recall = Recall()
    for text in texts:
        recall.sent(text)
    return recall


def test_before_anything_was_sent_there_is_nothing() -> None:
    recall = Recall()
    assert recall.older("") is None
    assert recall.newer("") is None
    assert recall.older("own words") is None
    assert recall.newer("own words") is None


def test_recall_keeps_no_repeats_and_leaves_own_words_alone() -> None:
    recall = Recall()
    for text in ("a", "a", "b"):
        recall.sent(text)
    assert recall.older("") == "b"
    assert recall.older("b changed") is None
    assert recall.older("b") == "a"
    assert recall.older("a") is None
    assert recall.newer("a") == "b"
    assert recall.newer("b") == ""
    assert recall.newer("") is None


def test_own_words_are_not_taken_for_the_past() -> None:
    recall = recalling("a", "b")
    assert recall.older("b") is None
    assert recall.newer("b") is None


def test_a_changed_text_is_ones_own_in_both_directions() -> None:
    recall = recalling("a", "b", "c")
    assert recall.older("") == "c"
    assert recall.older("c") == "b"
    assert recall.newer("b changed") is None
    assert recall.older("b changed") is None
    assert recall.newer("b") == "c"


def test_an_emptied_box_begins_at_the_newest_again() -> None:
    recall = recalling("a", "b", "c")
    assert recall.older("") == "c"
    assert recall.older("c") == "b"
    assert recall.older("") == "c"


def test_sending_begins_at_the_newest_again() -> None:
    recall = recalling("a", "b", "c")
    assert recall.older("") == "c"
    assert recall.older("c") == "b"
    recall.sent("b")
    assert [recall.older(""), recall.older("b"), recall.older("c")] == ["b", "c", "b"]


def test_only_repeats_in_a_row_are_one() -> None:
    recall = recalling("a", "b", "a")
    assert [recall.older(""), recall.older("a"), recall.older("b")] == ["a", "b", "a"]


def test_the_oldest_are_forgotten() -> None:
    recall = recalling(*(str(number) for number in range(MAX_RECALLED + 3)))
    now, found = "", []
    while (text := recall.older(now)) is not None:
        found.append(text)
        now = text
    assert found == [str(number) for number in range(MAX_RECALLED + 2, 2, -1)]
