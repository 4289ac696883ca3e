"""Adoptions (Tier A): "yes, let's go with SQLite", and "let's do that" of one proposal."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mindhold.beliefs.learning.adoption import ADOPTS, PICKS, YES, imperative, picked, proposal
from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.guards import fleets
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, bare, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import chunks, namelike, names
from mindhold.beliefs.model import Type

_CUE = rf"(?P<cue>{YES})"
_GO = pattern(
    rf"{_CUE}(?:let['’]?s|we['’]?ll|we will|i['’]?ll|we['’]re|i['’]m) (?:go(?:ing)? with|us(?:e"
    rf"|ing)"
    r"|tak(?:e|ing)|stick(?:ing)? with|adopt(?:ing)?|make it)"
    r" (?P<what>(?!\s|that\b|it\b|this\b|the (?:first|second|last"
    r"|other)\b)[^,;:!?\n]{2,80}?)(?P<then> then)?[.!]*$"
)
_IT_IS = pattern(
    rf"{_CUE}(?P<what>(?!\s|that\b|it\b|this\b)[^,;:!?\n]{{2,50}}?) it is(?:,? then)?"
    r"(?P<where> (?:for|in|on|at) (?:the|our|my|all|every)\b[^,;:!?\n]{2,50})?[.!]*$"
)
_FOR_ALL = pattern(
    rf"{_CUE}(?P<what>(?!\s|we\b|i\b|let|that|it\b|this\b|you\b|do\b)[^,;:!?\n]{{2,40}}?)"
    rf" (?P<where>(?:for|in|on) (?:all"
    rf"|every)\b[^,;:!?\n]{{2,40}}?)"
    r"(?: from (?:here|now) on)?[.!]*$"
)
_RULE = pattern(
    rf"{_CUE}(?:we['’]?ll do (?:it|that|this)(?: like this)?: (?P<so>[^;:!?\n]{{3,100}}?)"
    r"|(?P<rule>[^;:!?\n]{3,100}?), (?:and )?(?:that|this)(?:['’]s| is) (?:the|our"
    r"|my) (?:new )?(?:rule"
    r"|way|plan|standard|convention|policy|routine|default))(?: from (?:now|here) on)?[.!]*$"
)
_DECLARED = pattern(
    rf"{_CUE}(?P<then>then )?(?P<what>(?!(?:i|you|please|can|could|what|how|why|if|let|and|but"
    rf"|so)\b)"
    r"[^;:!?\n]{3,60}? (?:is|are|gets?|goes|go|comes?|stays?|becomes?|will be|runs?|uses?|has|have)"
    r" [^;:!?\n]{2,80}?)(?P<lasts>,? (?:from (?:now|here|today|the next [\w-]+) on|for good|then,"
    r" (?:settled|decided|done)|(?:that['’]s )?(?:settled|decided)))?[.!]*$"
)
_EACH = re.compile(r"(?i)\b(?:in|for|on|at) (?:all|every|each)\b|\balways\b")
_CERTAIN = re.compile(r"(?i)(?:agreed|sold|deal|settled|convinced)\b")
_LASTS = re.compile(r"(?i),? (?:from|going)\b")
_MANNERS = frozenset({"way", "rule", "plan", "standard", "convention", "policy", "routine"})
_DAY = re.compile(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")


def chosen(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Good idea, we'll take the brushless motor then", "OK, Thursdays it is"."""
    parts = found.groupdict()
    what, where = found["what"].strip(), (parts.get("where") or "").strip(" .!")
    if not found["cue"] and not spoken.answer:
        return
    certain = bool(_CERTAIN.match(found["cue"]))
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
    slot = found["slot"]
    if slot and not (found["lasts"] or (where and slot in _MANNERS)):
        return  # "that's the problem"
    slot = None if slot in _MANNERS else slot
    yield from _taken(what, where, slot, spoken)


def picks(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Option 2 then, for all machines", where the answer before numbers what it proposes."""
    yield from _taken(picked(found[0], spoken.answer), found["where"] or "", None, spoken)


def ruled(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We'll do it: click track at every gig", "no drums after ten, that's the rule"."""
    yield _decided((found["so"] or found["rule"]).strip(), spoken)


def declared(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Tray goes in as a random effect in all our analyses", of what the answer proposes."""
    what = found["what"].strip(" ,")
    lasts = found["lasts"] or _EACH.search(what) or (found["then"] and found["cue"])
    if lasts and _content(what) & _content(spoken.answer) and not fleets(what):
        yield _decided(what, spoken)


def _content(text: str) -> set[str]:
    """The words of a text that name something."""
    every = (word.lower().rstrip("s") for chunk in chunks("the " + text) for word in chunk.split())
    return set(every)


def _decided(what: str, spoken: Spoken) -> NewBelief | None:
    terms = (*names(what), *key_terms("x " + what))
    if not terms or len(what.split()) < 3:  # "yeah, that's the plan"
        return None
    return belief(
        replace(spoken, text=what),
        Type.DECISION,
        name=(terms or (what,))[0],
        content=sentence(what),
        why=f"Go by it, as it is decided: {bare(what)}.",
        aliases=terms,
    )


def _taken(what: str, where: str, slot: str | None, spoken: Spoken) -> Iterator[Proposal | None]:
    """What the answer proposes, as the user's decision; not where a passing thing was asked."""
    asked = spoken.earlier[-1] if spoken.earlier else ""
    if not what or fleets(asked):
        return
    where = "" if _LASTS.match(where) else where.replace(",", "")
    use = what if imperative(what) else f"Use {what}"
    content = f"The {slot} is {what}" if slot else f"{use}{where}"
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
    (PICKS, picks),
    (_RULE, ruled),
    (_DECLARED, declared),
)
