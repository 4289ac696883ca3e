"""Every reason for which chat goes on without memory has a sentence that says what to do."""

from mindhold.cli.bypassed import bypassed
from mindhold.proxy.holding import _REASONS

REASONS = ("recall late", "store opening", *(reason for _, reason in _REASONS))


def test_every_reason_is_told_in_a_sentence_of_its_own() -> None:
    told = {bypassed(reason) for reason in REASONS}
    assert len(told) == len(REASONS)
    for sentence in told:
        assert sentence.startswith("Chat goes on without memory: ")
        assert sentence.endswith(".")
        assert "a part of it failed" not in sentence


def test_a_reason_that_nobody_foresaw_is_named() -> None:
    assert "(store fault)" in bypassed("store fault")
