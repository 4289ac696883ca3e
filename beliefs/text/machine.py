"""Machine: what client programs send beside a person's words, known by how they write it."""

import re

from mindhold.beliefs.text.errands import Errand, errand
from mindhold.beliefs.text.furniture import furniture

__all__ = ["Errand", "errand", "furniture", "machine_made", "scripted"]

_TAIL = 200  # characters at the end of a text, in which the place for the answer is
_HEAD = 20_000
_LABEL = r"[ \t]*#{0,3}[ \t]?<?[A-ZÀ-Ý][\w '-]{0,24}>?[ \t]?[:：]"
_LABELLED = re.compile(rf"(?m)^{_LABEL}")
_LEFT_OPEN = re.compile(rf"\n{_LABEL}\s*\Z")
_RAW = re.compile(
    r"\s*+(?:<s>\s?)?(?:\[INST\]|<\|im_start\|>|<\|start_header_id\|>|<start_of_turn>)"
)


def machine_made(text: str) -> bool:
    """Whether no person wrote this text, and nothing is to be learned from it."""
    return furniture(text) or scripted(text) or errand(text) is not None


def scripted(text: str) -> bool:
    """Whether a program filled in a form: a model's raw format, or labels of which the last is
    left open for the answer.
    """
    if _RAW.match(text):
        return True
    if not _LEFT_OPEN.search(text, max(0, len(text) - _TAIL)):
        return False
    return len(_LABELLED.findall(text, 0, _HEAD)) > 1
