"""Any sequence of statements and of the owner's acts leaves every invariant whole."""

from hearings import Act, hear, sequences
from hypothesis import given, settings


@given(sequences)
@settings(max_examples=60)
def test_learning_breaks_no_invariant_and_leaves_the_owners_own_alone(sequence: list[Act]) -> None:
    hear(sequence)
