"""Directives (Tier A): what the user always wants, or never."""

import re
from collections.abc import Iterator

import msgspec

from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    bare,
    constraint,
    inner,
    key_terms,
)
from mindhold.beliefs.learning.terms import names, term
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.text.words import parts

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
_BASE = re.compile(r"(?i)[a-z]+(?:-[a-z]+)?\b")
_NO_ORDER = frozenset(
    re.findall(
        r"\w+",
        """
    mind be have get go come fail crash hang break freeze die happen seem feel want need know think
    love hate like forget lose win sleep surrender look remain become exist occur matter belong die
    appear cause contain consist depend result work wonder hope hear see find notice remember say
    want wish trust bring turn learn live grow change too more less alone ever again before once
    """,
    )
)


def orders(text: str) -> bool:
    """Whether the clause is an order: it begins with the verb of one."""
    return bool(_ORDER.match(text))


def does(text: str) -> bool:
    """Whether it begins with a verb that one can be told always to do, or never."""
    if orders(text):
        return True
    word = _BASE.match(text.removeprefix("force-"))
    return word is not None and word[0].lower() not in _NO_ORDER and "V" in parts(word[0].lower())


_ALWAYS = pattern(
    r"(?P<me>(?:i|we)(?: want to)? )?(?:please )?(?P<how>always|never|be sure to|make sure to"
    r"|make sure you|remember to always|make sure you (?:always|never))(?P<never> never)?(?: ever)?"
    r" (?P<what>[a-z][^;!?\n]{2,160})"
)
_SHOULD = pattern(
    r"(?P<what>(?P<of>(?:all|every|each|any|our|my) (?:of (?:our|my|the) )?[^,;:!?\n]{2,50}?"
    r"|[^,;:!?\n]{2,40}?) (?P<must>(?:should|must|shall|has to|have to|needs? to|ought to|may|can"
    r"|are to|is to)(?: (?P<always>always|never))?|(?:always|never) (?:needs?|has|have|gets?|goes"
    r"|go)(?: to)?|(?:is|are) (?:always|never) to|mustn['’]t|shouldn['’]t|cannot|can['’]t)"
    r"(?P<not> not| never| always)? [^;!?\n]{2,140}?)[.!]*$"
)
_WISH = pattern(
    r"(?:i(?:['’]d| would)(?: really| much)? (?:like|love|prefer|want|appreciate|rather|sooner)|i"
    r" (?:always"
    r" )?(?:want|need|expect|like|prefer))(?: it if)?"
    r" (?P<what>(?:you (?:to (?P<how>always|never) |(?P<didnt>didn['’]t|never|always|stopped"
    r"|would stop|wouldn['’]t) )|(?P<all>all|every|any|each) (?:of )?(?:my |our |your |the"
    r" )?)[^;!?\n]{3,160}?)[.!]*$"
)
_DONT = pattern(
    r"(?:please )?(?:(?P<not>do not|don['’]t|never|(?:you )?(?:must|should|can)(?: not|n['’]t))"
    r" (?:ever |again )?(?P<verb>use|suggest|recommend|propose|remove|replace|change|delete|drop"
    r"|skip|cut|translate|rename|correct|round|convert|give|show|explain|apologi[sz]e|repeat"
    r"|summari[sz]e|push|commit|say|tell me|ask me|send me"
    r"|add|include|write|mention|spoil|offer|give me|call me|start|end|put|import|assume"
    r"|make|generate|create|touch|reformat)"
    r"|(?:stop|avoid|quit|no more) (?P<ing>using|suggesting|recommending|proposing|giving|putting"
    r"|ending|starting|apologi[sz]ing|repeating|explaining|asking me|telling me|saying|wrapping"
    r"|defaulting to|inserting|prefixing|hedging"
    r"|adding|including|writing|mentioning|offering|calling me)) (?P<what>[^;!?\n]{1,140})"
)


ANSWERS = (
    r"(?:answers|repl(?:y|ies)|responses|explanations|summaries|commit messages|emails|examples"
    r"|code comments|recipes|paragraphs|sentences|suggestions|reviews)"
)
_KEPT = pattern(
    rf"(?:please )?(?:keep|make|write) (?P<what>(?:all )?(?:of )?(?:your )?{ANSWERS} (?!(?:to"
    r" )?(?:this|that|these|the)\b)[^;!?\n]{3,80}?)(?:,? please)?[.!]*$"
)
_ANNOYED = pattern(
    r"(?:i|we)(?: (?:really|absolutely|just|always))* (?:hate|dislike|can['’]t stand|cannot stand"
    r"|do not"
    r" like|don['’]t like|find it (?:annoying|irritating)|am annoyed|['’]m annoyed)(?: it)? when"
    r" you"
    r" (?P<what>(?:always |constantly |keep )?(?P<verb>[a-z-]+)[^;!?\n]{0,100}?)[.!]*$"
)
_RATHER_YOU = pattern(
    r"(?:i|we)(?:['’]d| would) (?:much |really )?(?:rather|prefer)(?: it if| that)? you"
    r" (?P<what>(?:ask|say"
    r"|admit|tell me|be|stay|stick|not)\b[^;!?\n]{3,100}?)[.!]*$"
)


_LASTING = re.compile(
    r"(?i)(?:please )?(?:never|stop|avoid|quit|no more|(?:do not|don['’]?t) (?:ever |again "
    r"|(?:use|suggest|apologi[sz]e"
    r"|recommend|propose"
    r"|mention|spoil|offer|call me)\b))"
)


POINTING = re.compile(
    r"(?i)(?:to|not|if|when|it|this|that|these|those|your|the (?:first|second|last|other|latter"
    r"|former|old|new|previous)) ?\b"
)
_POINTED_AT = re.compile(r"(?i)\w+ (?:this|that|it|these|those|them)\W*(?:again\W*)?$")


def directive(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Always …", "never …": a constraint on what is to come, or the writer's own habit."""
    told = found["what"]
    positive = not (found["never"] or re.search(r"(?i)\bnever\b", found["how"]))
    if not (orders(told) if found["me"] else does(told)) or (
        _SURE.match(found["how"]) and not _EVERY.search(told)
    ):
        return
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
    yield constraint(spoken, terms, why)


_SURE = re.compile(r"(?i)(?:be|make) sure (?:to|you)$")
_EVERY = re.compile(r"(?i)\b(?:always|never|every|all|any|each)\b")


def should(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "All firmware must follow MISRA C", "dates should always be ISO 8601"."""
    of, what, must = found["of"], bare(found["what"]), found["must"].lower()
    wide = re.match(r"(?i)(?:all|every|each|any)\b", of)
    own = re.match(r"(?i)(?:our|my)\b|.*\b(?:our|my|you write|i write|you give|you send)\b", of)
    lasts = re.search(r"(?i)\b(?:always|never)\b", f"{must} {found['not'] or ''}")
    made = _OF_WORK.search(of)
    weak = re.match(r"(?i)(?:can|may)\b", must)
    if (
        not ((wide or lasts) and (made or own))
        or len(of.split()) > 6
        or _PLACED.match(of)
        or _NOT_A_RULE.search(of)
        or (weak and not lasts)
    ):
        return
    terms = key_terms("x " + what)
    if terms:
        yield constraint(
            spoken, terms, f"In every answer, keep to it: {what[:1].lower()}{what[1:]}."
        )


_OF_WORK = re.compile(
    r"(?i)\b(?:code|firmware|functions?|methods|tests?|commits?|commit messages|migrations?"
    r"|endpoints?|components?|files|images?|charts?|plots?|figures?|tables?|letters?|chapters?"
    r"|scenes?|dialogues?|recipes?|meals?|dinners?|answers?|replies|responses?|explanations?"
    r"|emails?|reports?|dates?|times?|timestamps?|units?|prices?|amounts?|numbers?|names?"
    r"|variables?|comments?|docs?|docstrings?|headings?|titles?|labels?|citations?|references?"
    r"|quotes?|contracts?|clauses?|briefs?|memos?|schemas?|queries|columns|apis?|services?|modules?"
    r"|scripts?|boards?|schematics|footprints?|traces|designs?|prs?|pull requests|branches"
    r"|releases?|deployments?|text|texts|posts?|articles?|slides?|examples?|snippets?|strings"
    r"|logs?|error messages|notebooks?|models?|experiments?|results|spelling|measurements?"
    r"|temperatures?|sentences?|paragraphs?|summaries)\b"
)
_NOT_A_RULE = re.compile(
    r"(?i)^(?:i|you|we|he|she|they|it|that|this|there|these|those|which|who|what|someone|people"
    r"|one|an?)\b"
    r"|\b(?:i|you|we|he|she|they|says?|said|thinks?|told|believes?|wants?|insists?|claims?|why"
    r"|how|if|whether|because)\b(?! (?:write|give|send)\b)"
)


_PLACED = re.compile(r"(?i)(?:in|under|by|at|on|for|with|clause|section|article|rule)\b")


def wish(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'd like all Python code you write for me to have type hints", "I want you to never …"."""
    what = bare(found["what"])
    if found["all"] and not _FOR_ALL.search(what):
        return
    terms = key_terms(
        "x "
        + re.sub(
            r"(?i)^you (?:to )?(?:always|never|didn['’]?t|stopped|would stop|wouldn['’]?t)\s",
            "",
            what,
        )
    )
    if not terms or _POINTED_AT.match(what):
        return
    asked = what[4:] if what.lower().startswith("you to ") else what
    asked = asked.removeprefix("to ")
    asked = re.sub(r"(?i)^you (?:didn['’]?t|wouldn['’]?t|never)\b", "do not", asked)
    asked = re.sub(r"(?i)^you (?:stopped|would stop)\b", "stop", asked)
    asked = re.sub(r"(?i)^you always\b", "always", asked)
    told = f"see to it that the user has {asked}" if found["all"] else asked
    yield constraint(spoken, terms, f"In every answer, {told}.")


_FOR_ALL = re.compile(
    r"(?i)\b(?:you (?:write|give|make|send|produce|generate|suggest)|answers?|repl(?:y|ies)"
    r"|responses?|code|recipes?|letters?|emails?|charts?|explanations?|examples?|summaries|my"
    r"|our)\b.*\b(?:to (?:be|have|use|come|follow|start|end|include|contain|stay|go)|in|with"
    r"|without)\b"
)


_OF_A_KIND = re.compile(
    r"(?i)\b(?:in|to|on|into|for) (?!(?:this|that|these|those|the|it|them|both|\d+|two"
    r"|three)\b)(?:my |our |any |all )?(?:[\w-]+ ){0,2}(?:[\w-]+s|code|dialogue|prose|writing)\W*$"
)


def kept(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Keep answers under 200 words"."""
    if terms := key_terms("x " + found["what"]):
        yield constraint(spoken, terms, f"In every answer: {inner(spoken.text, '')}.")


def annoyed(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I hate it when you apologise": a habit of answers, not of this one."""
    what = found["what"].strip()
    if does(found["verb"]) and not _OF_THIS.search(what):
        terms = key_terms("x " + what) or (found["verb"],)
        yield _everywhere(constraint(spoken, terms, f"In every answer: do not {inner(what, '')}."))


def rather_you(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'd rather you ask before making assumptions"."""
    what = found["what"].strip()
    terms = key_terms("x " + what)
    if terms and not _OF_THIS.search(what):
        yield _everywhere(constraint(spoken, terms, f"In every answer: {inner(what, '')}."))


def _everywhere(made: NewBelief | None) -> NewBelief | None:
    """How somebody wants to be dealt with does not hang on what they work on."""
    return made and msgspec.structs.replace(made, scopes=(UNIVERSAL,))


_OF_THIS = re.compile(
    r"(?i)\b(?:this|that|these|those|here|now|it|today|(?:above|below|again|first|last|next))\b"
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
    lasts = _LASTING.match(spoken.text) or _OF_A_KIND.search(what)
    if not (lasts or spoken.standing or spoken.explicit):
        return  # "don't add comments" asks for this answer, as far as one can tell
    why = f"Do not {found['verb'].lower()}" if found["verb"] else f"Stop {found['ing'].lower()}"
    yield constraint(
        spoken, terms, f"In every answer: {why[:1].lower()}{why[1:]} {inner(what, terms[0])}."
    )


DIRECTIVES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_KEPT, kept),
    (_ANNOYED, annoyed),
    (_RATHER_YOU, rather_you),
    (_DONT, prohibition),
    (_ALWAYS, directive),
    (_WISH, wish),
)
RULES: tuple[tuple[re.Pattern[str], Build], ...] = ((_SHOULD, should),)
"""Those whose subject is a thing: they are looked for in a whole sentence."""
