"""How rooms are named and sorted."""

from tkchat.gui.places.room_names import room_label, room_order


def test_a_room_has_its_sign_and_a_conversation_too() -> None:
    assert [room_label(room) for room in ("design", "@bob")] == ["#design", "@bob"]


def test_general_comes_first_and_conversations_last() -> None:
    rooms = ["@anna", "zoo", "general", "Attic", "design"]
    assert sorted(rooms, key=room_order) == ["general", "Attic", "design", "zoo", "@anna"]


def test_numbers_are_sorted_as_such() -> None:
    assert sorted(["lab-10", "lab-2", "lab"], key=room_order) == ["lab", "lab-2", "lab-10"]
