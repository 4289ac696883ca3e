"""Codepoints: which characters hide something, and which a script needs."""

import pytest

from mindhold.beliefs.text.codepoints import clean, suspicious

HONEST = {
    "plain words": "we use Vitest",
    "accents": "café in Zürich",
    "a family emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 home",
    "a heart with a variation selector": "I \u2764\ufe0f tea",
    "Persian with a non-joiner": "می\u200cخواهم",
    "Hebrew with a mark": "שלום\u200f!",
    "the flag of Scotland": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074"
    "\U000e007f",
    "lines and tabs": "a\n\tb\r\n",
}
HIDING = {
    "tag characters": ("hi\U000e0041\U000e0042", "tag_character"),
    "a bidi override": ("abc\u202edef", "bidi_control"),
    "a bidi isolate": ("abc\u2066def", "bidi_control"),
    "an invisible plus": ("a\u2064b", "invisible_operator"),
    "a word joiner": ("a\u2060b", "invisible_operator"),
    "private use": ("a\ue000b", "private_use"),
    "a lone surrogate": ("a\ud800b", "lone_surrogate"),
    "a control": ("a\x00b", "control_character"),
    "bytes in variation selectors": ("a\ufe01\ufe02\ufe03", "variation_selector"),
}


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST.keys())
def test_honest_text_passes(text: str) -> None:
    assert suspicious(text) is None


@pytest.mark.parametrize(("text", "rule"), HIDING.values(), ids=HIDING.keys())
def test_hidden_text_is_named_by_its_rule(text: str, rule: str) -> None:
    assert suspicious(text) == rule


def test_clean_composes_and_opens_zero_width_spaces_only() -> None:
    assert clean("cafe\u0301") == "café"
    assert clean("Vi\u200btest") == "Vi test"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
