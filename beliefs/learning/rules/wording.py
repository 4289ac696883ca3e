"""Wording: what follows from a statement, as an order in the language in which it was made."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Templates of `why_it_matters`.

    `{new}`, `{old}`: names; `{told}`: the user's words without their full stop.
    """

    use: str
    swap: str  # new in the place of old
    avoid: str  # old
    prefer: str  # new
    prefer_over: str  # new over old
    order: str  # told
    decided: str  # told
    fact: str  # told
    standing: str  # told
    weigh: str  # new
    open: str
    lean: str  # new
    shun: str  # new
    name: str  # new
    role: str  # new
    place: str  # new
    correct: str  # new, not old
    both: str  # between two names
    called: str  # the content of a name: new
