"""Codepoints: the characters that no one types, and what becomes of a text that holds them."""

import re
import unicodedata

_RULES = (
    ("tag_character", re.compile("[\U000e0000-\U000e007f]")),
    ("bidi_control", re.compile("[\u202a-\u202e\u2066-\u2069]")),
    (
        "invisible_operator",
        re.compile("[\u2060-\u2064\u206a-\u206f\u180e\u115f\u1160\u3164\ufff9-\ufffb]"),
    ),
    ("lone_surrogate", re.compile("[\ud800-\udfff]")),
    ("private_use", re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")),
    ("control_character", re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")),
    ("variation_selector", re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}")),
)
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")  # Scotland's, say
_SPACES = str.maketrans({"\u200b": " ", "\ufeff": ""})


def clean(text: str) -> str:
    """NFC, zero-width spaces as spaces; joiners and variation selectors stay: scripts use them."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_SPACES))


def suspicious(text: str) -> str | None:
    """The rule that the first hidden or meaningless character breaks; None for honest text.

    Right-to-left and left-to-right marks, joiners and flags made of tags pass.
    """
    if text.isascii() and text.isprintable():
        return None
    shown = _FLAG.sub("", text)
    return next((name for name, shape in _RULES if shape.search(shown)), None)
