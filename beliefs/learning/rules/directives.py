"""Directives (Tier A): what the user prefers, always wants, or never."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    bare,
    belief,
    inner,
    key_terms,
    sentence,
)
from mindhold.beliefs.learning.terms import names, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.valid import MAX_WORDS

_STANDING_VERB = (
    r"(?:use|write|add|include|give|report|cite|check|keep|answer|reply|respond|format|put"
    r"|show|run|test|commit|name|call|round|convert|suggest"
    r"|recommend|propose|mention|drop|delete|push|deploy|install|import|log|store|quote"
    r"|spell|capitali[sz]e|start|begin|end|prefer|choose|pick|ask|assume"
    r"|translate|summari[sz]e|generate|create|make|return|wrap|indent|sort|play|spoil"
    r"|refer|address|label|document|annotate|plot|draw|measure|order|buy"
    r"|cook|schedule|book|send|open|close|skip|avoid|do|solder|validate|review|merge"
    r"|squash|rebase|explain|provide|output|print|specify|state|offer|hardcode"
    r"|hard-code|touch|modify|edit|change|omit|remove|abbreviate|reveal|eat|follow|apply"
    r"|encrypt|lint|reformat|refactor|allocate|free|block|speak|talk|salt|season|serve|bake"
    r"|chop|weigh|preheat|feed|water|prune|plant|clean|back up|restart|update|upgrade|mount"
    r"|expose|disable|enable|allow|share|invite|bill|charge|sign|file|redact|number|date|bold"
    r"|italici[sz]e|link|tag|mock|stub|cache|batch|treat|handle|escape|saniti[sz]e|parse|declare"
    r"|define|initiali[sz]e|prefix|suffix|calibrate|record|archive|mark|greet|apologi[sz]e|compare"
    r"|describe|list|set|render|compress|rely|store|pin|anonymi[sz]e|attach|copy|cc|confirm"
    r"|verify|double-check|prepare|count|link|narrate|rhyme|capture|hash|rotate|sync)"
)
_ORDER = re.compile(rf"(?i){_STANDING_VERB}\b")


def orders(text: str) -> bool:
    """Whether the clause is an order: it begins with the verb of one."""
    return bool(_ORDER.match(text))


_ALWAYS = pattern(
    rf"(?P<me>(?:i|we) )?(?P<how>always|never)(?: ever)?"
    rf" (?P<what>{_STANDING_VERB}\b[^;!?\n]{{2,160}})"
)


_DONT = pattern(
    r"(?:(?P<not>do not|don['’]t|never) (?:ever )?(?P<verb>use|suggest|recommend|propose"
    r"|add|include|write|mention|spoil|offer|give me|call me|start|end|put|import|assume"
    r"|make|generate|create|touch|reformat)"
    r"|(?:please )?(?:stop|avoid|quit) (?P<ing>using|suggesting|recommending|proposing"
    r"|adding|including|writing|mentioning|offering|calling me)) (?P<what>[^;!?\n]{1,140})"
)


_PREFER = pattern(
    r"(?:i|we)(?: (?:really|strongly|generally|usually|much|always|would|do|still"
    r"|personally|both))* prefer (?P<new>[^;:!?\n]{1,100}?)"
    r"(?:,? (?P<link>over|to|instead of|rather than|not|and not|than)"
    r" (?P<old>[^,;:!?\n]{1,60}))?\.?$"
)


_LASTING = re.compile(
    r"(?i)(?:please )?(?:never|stop|avoid|quit|(?:do not|don['’]t) (?:ever |(?:use|suggest"
    r"|recommend|propose"
    r"|mention|spoil|offer|call me)\b))"
)


_POINTING = re.compile(
    r"(?i)(?:to|not|if|when|it|this|that|these|those|your|the (?:first|second|last|other|latter"
    r"|former|old|new|previous)) ?\b"
)
_POINTED_AT = re.compile(r"(?i)\w+ (?:this|that|it|these|those|them)\W*(?:again\W*)?$")


def prefer(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I prefer X (over Y)"."""
    liked = names(found["new"]) or key_terms("x " + found["new"])[:1]
    other = names(found["old"] or "")
    if (
        not liked
        or (not term(found["new"], keep_tail=True) and len(found["new"].split()) <= MAX_WORDS)
        or _POINTING.match(found["new"])
    ):
        return
    link = "to" if found["link"] == "to" else "over"
    over = f" {link} {' and '.join(other)}" if other else ""
    yield belief(
        spoken,
        Type.PREFERENCE,
        name=liked[0],
        content=sentence(f"Prefers {inner(found['new'], liked[0])}{over}"),
        why=f"Choose {' and '.join(liked)}{over} unless told otherwise.",
        aliases=liked,
        replaces=other,
    )


def directive(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Always …", "never …": a constraint on what is to come, or the writer's own habit."""
    told, positive = found["what"], found["how"].lower() == "always"
    if re.search(r"(?i)\b(?:when (?:i|we) (?:was|were)|sleep|surrender|mind)\b", told) or (
        _POINTED_AT.match(told)
    ):
        return
    terms = key_terms(told)
    if not terms:
        return
    asked = f"{'' if positive else 'do not '}{bare(told)[:1].lower()}{bare(told)[1:]}"
    why = (
        f"Keep to their habit: {bare(spoken.text)}."
        if found["me"]
        else f"In every answer, {asked}."
    )
    yield belief(
        spoken,
        Type.PREFERENCE,
        subtype="constraint",
        name=terms[0],
        content=sentence(spoken.text),
        why=why,
        aliases=terms,
    )


def prohibition(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Don't use X", "stop suggesting X"."""
    what = found["what"]
    terms = (*names(what), *key_terms("x " + what))
    if not terms or (not term(what, keep_tail=True) and len(what.split()) <= 4):
        return
    if not spoken.standing and re.search(
        r"(?i)\b(?:the \w+ (?:you|i|above|below)|above|below|that (?:one|again)|yet)\b", what
    ):
        return
    if not (_LASTING.match(spoken.text) or spoken.standing or spoken.explicit):
        return  # "don't add comments" asks for this answer, as far as one can tell
    verb = (found["verb"] or re.sub(r"ing\b", "", found["ing"])).lower()
    always = "In every answer, d" if re.match(r"(?i)do not\b", spoken.text) else "D"
    verb = {"us": "use", "includ": "include", "propos": "propose", "writ": "write"}.get(verb, verb)
    yield belief(
        spoken,
        Type.PREFERENCE,
        subtype="constraint",
        name=terms[0],
        content=sentence(spoken.text),
        why=f"{always}o not {verb} {inner(what, terms[0])}.",
        aliases=terms,
    )


DIRECTIVES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_PREFER, prefer),
    (_DONT, prohibition),
    (_ALWAYS, directive),
)
