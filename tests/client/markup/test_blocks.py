"""What blocks say without their markup."""

from tkchat.client.markup import Block, Code, ListItem, Paragraph, Quote, Span, Style, plain_text


def test_blocks_say_their_words_line_by_line() -> None:
    blocks: list[Block] = [
        Paragraph((Span("Look: "), Span("here", Style.BOLD))),
        ListItem(0, "2.", (Span("two"),)),
        Quote((Paragraph((Span("said"),)), Code("py", "x = 1\ny = 2"))),
    ]
    assert plain_text(blocks) == "Look: here\n2. two\nsaid\nx = 1\ny = 2"
    assert plain_text([]) == ""
