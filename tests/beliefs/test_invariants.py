"""What is true of every store, whatever has happened to it."""

from hypothesis import given, settings
from lives import Change, sequences, survive


@settings(max_examples=500)
@given(sequences)
def test_no_sequence_of_changes_breaks_an_invariant(sequence: list[Change]) -> None:
    survive(sequence)
