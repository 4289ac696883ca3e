"""Trim: what a model fills in because the form has a field for it, left out before the gate looks.

Only what a belief does not need: what it says, and what it rests on, stay as they were written.
"""

from typing import Any

from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.learning.grounds import spoken
from mindhold.beliefs.model import SUBTYPES
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.valid import MAX_WORDS

_PAIRS = {(kind.value, subtype) for kind, subtypes in SUBTYPES.items() for subtype in subtypes}

Item = dict[str, Any]


def trimmed(item: Item, quotes: str) -> Item:
    """Without empty fields, a subtype that its type has not, scopes that are none, and aliases
    that the user did not say or that are no names."""
    kept = {key: value for key, value in item.items() if value is not None}
    if "subtype" in kept and (kept.get("type"), kept["subtype"]) not in _PAIRS:
        del kept["subtype"]
    if isinstance(kept.get("scopes"), list):
        kept["scopes"] = [one for one in kept["scopes"] if _is_scope(one)]
    if isinstance(kept.get("aliases"), list):
        kept["aliases"] = [one for one in kept["aliases"] if _is_name(one, quotes)]
    return kept


def _is_scope(given: Any) -> bool:
    try:
        return isinstance(given, str) and bool(parse_scope(given))
    except BeliefError:
        return False


def _is_name(given: Any, quotes: str) -> bool:
    short = isinstance(given, str) and 0 < len(given.split()) <= MAX_WORDS
    return short and spoken(given, quotes, frozenset())
