"""How rooms are named."""

from tkchat.gui.room_names import room_label, room_order


def test_rooms_have_a_sign_and_conversations_keep_theirs() -> None:
    assert [room_label("lab"), room_label("@bob")] == ["#lab", "@bob"]


def test_the_room_where_all_begin_is_first_and_conversations_last() -> None:
    rooms = ["@ann", "zoo", "Lab", "general", "attic"]
    assert sorted(rooms, key=room_order) == ["general", "attic", "Lab", "zoo", "@ann"]
