"""A block gives back what was put into it, and nothing inside it can close it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mindhold.beliefs.text.block import Note, find_blocks, line, parse, wrap

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('<>&"\\/\n\r\u2028\u2029\x00\x1f\ud800\udfff{}:-'),
    ),
    max_size=60,
)
HOSTILE = st.one_of(
    ODD,
    st.builds("".join, st.lists(st.sampled_from(["</mindhold-", "0123456789abcdef", ">", "\n"]))),
)
NOTES = st.builds(
    Note,
    name=HOSTILE,
    content=HOSTILE,
    why_it_matters=HOSTILE,
    status=HOSTILE,
    changed=st.booleans(),
)


SURROUNDED = st.tuples(st.lists(NOTES, max_size=4), HOSTILE, HOSTILE)


def check(notes: list[Note], before: str, after: str) -> None:
    """A block between two texts is found whole, and gives back its notes."""
    block = wrap([line(note) for note in notes], "0123456789abcdef")
    text = f"{before.replace('<', '')}{block}\n\n{after}"
    found = next(find_blocks(text))
    assert text[found.start : found.end] == block
    assert found.notes == tuple(notes)
    assert parse(block) == tuple(notes)


@settings(max_examples=1_000, deadline=None)
@given(SURROUNDED)
def test_a_block_gives_back_its_notes_whatever_stands_in_and_around_it(
    drawn: tuple[list[Note], str, str],
) -> None:
    check(*drawn)


def test_finding_blocks_in_a_megabyte_of_opened_tags_takes_no_second() -> None:
    text = "".join(f"<mindhold-{number:016x}>\n" for number in range(40_000))
    assert list(find_blocks(text)) == []
