"""Adoptions (Tier A): "yes, let's go with SQLite", and "let's do that" of one proposal."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mindhold.beliefs.learning.adoption import ADOPTS, proposal
from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.guards import fleets
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import namelike, names
from mindhold.beliefs.model import Type

_CUE = (
    r"(?:(?P<cue>yes|yep|ok|okay|agreed|good idea|great|perfect|deal|sold|makes sense|fine|good"
    r"|alright|right)[,.!; ]+)"
)
_GO = pattern(
    rf"{_CUE}(?:let['’]?s|we['’]?ll|we will) (?:go with|use|take|stick with|adopt|make it)"
    r" (?P<what>(?!\s|that\b|it\b|this\b|the (?:first|second|last"
    r"|other)\b)[^,;:!?\n]{2,80}?)(?P<then> then)?[.!]*$"
)
_IT_IS = pattern(
    rf"{_CUE}(?P<what>(?!\s|that\b|it\b|this\b)[^,;:!?\n]{{2,50}}?) it is(?P<where> (?:for|in|on)"
    rf" (?:the|our"
    r"|my|all)\b[^,;:!?\n]{2,50})?[.!]*$"
)
_FOR_ALL = pattern(
    rf"{_CUE}(?P<what>(?!\s|we\b|i\b|let|that|it\b|this\b|you\b|do\b)[^,;:!?\n]{{2,40}}?)"
    rf" (?P<where>(?:for|in|on) (?:all"
    rf"|every)\b[^,;:!?\n]{{2,40}}?)"
    r"(?: from (?:here|now) on)?[.!]*$"
)
_DAY = re.compile(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")


def chosen(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Good idea, we'll take the brushless motor then", "OK, Thursdays it is"."""
    parts = found.groupdict()
    what, where = found["what"].strip(), (parts.get("where") or "").strip(" .!")
    certain = found["cue"].lower() in {"agreed", "sold", "deal"}
    named = any(map(namelike, names(what))) or _DAY.search(what)
    wide = re.search(r"(?i)\b(?:for|in|on) (?:all|every\w*|the whole|any)\b", what)
    if not (named or wide or where or certain):
        return
    about = f"{what} {where}".strip()
    terms = (*names(what), *key_terms("x " + about))
    yield belief(
        replace(spoken, text=about),
        Type.DECISION,
        name=(terms or (what,))[0],
        content=sentence(f"Chose {about}"),
        why=f"Go with {about}: it is decided.",
        aliases=terms,
    )


def adopts(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Yes, let's do that", where the answer before proposes one thing and no passing one."""
    what, where = proposal(spoken.answer), found["where"] or ""
    asked = spoken.earlier[-1] if spoken.earlier else ""
    if not what or fleets(asked):
        return
    slot = found["slot"]
    content = f"The {slot} is {what}" if slot else f"Use {what}{where}"
    terms = tuple(
        dict.fromkeys((*names(what), *key_terms("x " + what), *((slot,) if slot else ())))
    )
    yield belief(
        replace(spoken, text=what),
        Type.DECISION,
        name=(terms or (what,))[0],
        content=sentence(content),
        why=f"Go with {what}{where}: the user adopted it.",
        aliases=terms,
    )


ADOPTIONS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_GO, chosen),
    (_IT_IS, chosen),
    (_FOR_ALL, chosen),
    (ADOPTS, adopts),
)
