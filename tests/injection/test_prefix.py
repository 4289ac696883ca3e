"""Whatever clients do and whatever changes: prefixes hold, nothing leaks, nothing is lost."""

from hypothesis import given, settings
from talks import Step, hold, talks

CONVERSATIONS = 3_000 // 20
A_SEQUENCE = 3  # conversations in one sequence, about


@settings(max_examples=CONVERSATIONS // A_SEQUENCE)
@given(talks)
def test_every_request_extends_the_one_before_it_and_says_only_what_is_true_here(
    sequence: list[Step],
) -> None:
    hold(sequence)
