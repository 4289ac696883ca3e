"""Ceasing (Tier A): "no more X", "enough with X", "under no circumstances": what is to stop."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Op, Proposal, Update
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    bare,
    belief,
    constraint,
    key_terms,
    sentence,
)
from mindhold.beliefs.learning.terms import names
from mindhold.beliefs.model import Type

_LASTS = (
    r"(?:,? (?:ever again|ever|for good|again|any ?more|any longer|from (?:now|here) on|at all"
    r" times|at all|always|permanently|in (?:any|all|every|your|my|our|future)\b[^,;:!?\n]{0,40}"
    r"|when(?:ever)? (?:you|i|we)\b[^,;:!?\n]{2,40}|in (?:answers|replies|responses|explanations"
    r"|commit messages|code|docs|emails|summaries|recipes)\b[^,;:!?\n]{0,20}|for (?:any|all|every"
    r"|my|our)\b[^,;:!?\n]{0,40}|with me|to me|on me|around here|for me))"
)
_CEASE = pattern(
    r"(?P<how>no more(?! than\b)|enough (?:with|of)|not (?:one|a single) more|lay off(?: with)?"
    r"|ease up on"
    r"|go easy on|spare me|drop|cut(?: out)?|lose|leave (?:out|off|away)|skip|ditch|omit|hold"
    r"|quit (?:it )?with|stop (?:it )?with|stop it already with|refrain from|steer clear of|stay"
    r" away from|keep away from|stay clear of|stay off"
    r"|do away with|knock off|(?:keep your )?hands off|do without|dispense with|avoid|you (?:can"
    r"|may|could|should) (?:skip|drop|leave out|lose|spare me|stop with|do without|save yourself"
    r"|omit|cut)|(?:i|we) (?:can|could) do without|(?:i['’]m|i am|we['’]re) (?:so |really |a bit"
    r" )?(?:tired|sick|done|fed up|over) ?(?:of|with)?"
    r"|(?:there['’]?s|i have|i['’]ve|we have) (?:really )?no (?:need|use) (?:for|of)|(?:i|we)(?:"
    r" really| honestly)? (?:do not|don['’]t)(?: really)? (?:need|want|care for|enjoy"
    r"|appreciate)(?: any| to see| to read| to hear| to get)?|less of)"
    rf" (?P<what>(?:the |all (?:the |those |of the )?|those |these |any |your |so many |that "
    rf"|suggestions? (?:with|of) )?(?P<of>[^,;:!?\n]{{2,80}}?))(?P<lasts>{_LASTS}*)(?:,?"
    rf" (?:please|thanks|thank you|ok|okay|will you|would you|pls|already|if you can))*[.!?]*(?=$"
    rf"| just\b|,)"
)
_HABITS = re.compile(
    r"(?i)\b(?:bullets?|bullet points?|emojis?|emoticons?|exclamation (?:marks?|points?)"
    r"|disclaimers?|caveats?|hedging|summar(?:y|ies)|recaps?|apologi\w+|apolog(?:y|ies)|closing"
    r" (?:lines?|remarks?)|sign-?offs?|intros?|introductions?|preambles?|pleasantries|filler(?:"
    r" words)?|flattery|praise|compliments?|pep talks?|lectur\w+|moralising|moralizing"
    r"|warnings?|safety (?:talks?|notes?|warnings?)|small talk|puns?|jokes?|metaphors?|jargon"
    r"|buzzwords?|latin|headings?|headers?|bold(?:face)?|markdown|tables?|footnotes?|acronyms?"
    r"|abbreviations?|ascii art|follow-?up questions?|rhetorical questions?|questions at the end"
    r"|motivational [\w ]+|small print|spoilers?|adverbs?|clich[ée]s?|em[- ]?dashes|en[- ]?dashes"
    r"|semicolons?|oxford commas?"
    r"|comments in (?:the )?code|docstrings?|type hints?|placeholder\w*|boilerplate|explanations?"
    r"|repetitions?|repeating|sugar-?coating|sycophancy|hype|slang|swearing|profanity|baby talk"
    r"|\w+ising|thank-?yous?|greetings?|sales talk|marketing (?:talk|speak)|pork|meat|alcohol"
    r"|gluten|sugar)\b"
)
_NEVER = pattern(
    r"(?:(?P<how>under no circumstances|on no account|at no (?:point|time)|in no (?:case|way)|not"
    r" under any circumstances|by no means|do not you (?:dare|ever)|don['’]t you (?:dare|ever)"
    r"|you (?:must|shall|are to|are) (?:never|not (?:ever|to))|you(?:['’]?re| are) never"
    r" to|never(?: ever)+|not ever)(?:,)?(?: should you| are you to| must you| may you| do)?"
    r" (?P<what>[^;:!?\n]{3,140})"
    r"|(?:i|we) (?:never|do not ever|don['’]t ever) want (?:to (?:see|read|hear|find|get|have|be)"
    r"|you to) (?P<seen>[^;:!?\n]{3,120})"
    r"|there (?:will|shall|must|should|are to|is to|can) be no (?P<none>[^;:!?\n]{3,120}))"
)
_TABOO = pattern(
    r"(?=[^\n]*\b(?:limits|no-?go|taboo|banned|forbidden|verboten|bounds|question|option|allowed"
    r"|hard no|deal-?breaker))"
    r"(?P<what>[^,;:!?\n]{2,50}?) (?:is|are)(?: (?:strictly|absolutely|totally|completely|always"
    r"|a complete|an absolute))* (?:off[- ]limits|a no-?go|no-?gos?|taboo|banned|forbidden"
    r"|verboten|out of bounds|out of the question|not an option|not allowed|a hard no|a"
    r" dealbreaker|a deal-breaker)(?P<of> (?:for (?:me|us)|here|in (?:my|our|this|any"
    r"|all)\b[^,;:!?\n]{2,40}|with (?:me|us)|at (?:our|my)\b[^,;:!?\n]{2,30}|on (?:our"
    r"|my)\b[^,;:!?\n]{2,30}))+(?=[,.;!]|$)"
)

_ENDED = pattern(
    r"(?:(?:{WE} )?(?:gave|given|giving) up(?: on)? (?P<given>[^,;:!?\n]{2,50}?)"
    r"|{WE} (?:pulled the plug on|quit|parted ways with|cancelled|canceled|scrapped|retired"
    r"|got rid of)"
    r" (?P<quit>(?!it\b|that\b|this\b)[^,;:!?\n]{2,50}?)"
    r"|(?P<none>(?:my|our|the) [^,;:!?\n]{2,40}?) (?:is no more|has (?:been )?(?:switched off"
    r"|shut down|retired"
    r"|discontinued|disbanded|closed down|folded)|(?:has )?ended)"
    r"|(?:our|my) (?:contract|subscription|licen[cs]e|deal|membership|lease) (?:with|for|to"
    r"|at) (?P<run>[^,;:!?\n]{2,40}?)"
    r" (?:has )?(?:run out|ran out|ended|expired|lapsed)"
    r"|(?:nobody|no one|none of us)(?: (?:in|on|at) (?:our|my) [\w ]{2,20}?)? (?:uses|touches|runs"
    r"|plays|needs|does)"
    r" (?P<nobody>[^,;:!?\n]{2,40}?)(?= (?:nowadays|any ?more|any longer|now|these days)\b))"
    r"(?P<tail> (?:for good|completely|entirely|altogether|nowadays|any ?more|any longer|now"
    r"|these days"
    r"|at the end of [\w ]+|last [\w]+|in [A-Z]\w+))*(?=[,;.!]|$| and\b| because\b| but\b)"
)


def ended(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We pulled the plug on Moodle": what is held of it ends, and it is no longer assumed."""
    what = next(filter(None, (found[name] for name in ("given", "quit", "none", "run", "nobody"))))
    of = re.sub(r"(?i)^(?:the|my|our)\s", "", what)
    terms = (*names(of), *key_terms("x " + of))
    if not terms:
        return
    for name in dict.fromkeys(terms):
        yield Update(target=name, op=Op.RETRACT, evidence=(spoken.quote,))
    yield belief(
        spoken,
        Type.DECISION,
        name=terms[0],
        content=sentence(spoken.text),
        why=f"Do not assume or suggest {of}: that is over.",
        aliases=terms,
    )


def cease(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Enough with the bullet points": a habit of answers, or said to last."""
    of, lasts = found["of"], bool(found["lasts"]) or spoken.standing
    if _THIS_ONE.search(found["what"]) or not (lasts or _HABITS.search(of)):
        return
    terms = (*names(of), *key_terms("x " + of))
    if not terms or (re.match(r"(?i)(?:i|we)\b", spoken.text) and not _HABITS.search(of)):
        return
    yield constraint(spoken, terms, f"In every answer: no {bare(of)[:1].lower()}{bare(of)[1:]}.")


_THIS_ONE = re.compile(
    r"(?i)\b(?:(?:in|for|from|on) (?:this|that|these|those|here|the (?:first|second|third|last"
    r"|next))\b|(?:first|second|third|fourth|last|next|previous) \w+|line \d|here$|rain|weather"
    r"|noise|meetings?|work)\b"
)


def never(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Under no circumstances put a patient's name in an example"."""
    what = found["what"] or found["seen"] or found["none"]
    terms = key_terms("x " + what if not found["what"] else what)
    if not terms or _THIS_ONE.search(what) or re.match(r"(?i)(?:i|we|he|she|they|it|mind)\b", what):
        return
    if found["none"] and not re.search(r"(?i)\b(?:my|our|ever|always|any|all)\b", spoken.text):
        return
    told = bare(what)[:1].lower() + bare(what)[1:]
    order = (
        (f"never {told}")
        if found["what"]
        else f"never give the user {told}"
        if found["seen"]
        else f"no {told}"
    )
    yield constraint(spoken, terms, f"In every answer: {order}.")


def taboo(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Pork is off limits in our house"."""
    terms = (*names(found["what"]), *key_terms("x " + found["what"]))
    if terms and not re.match(
        r"(?i)(?:it|this|that|these|those|what|which|there)\b", found["what"]
    ):
        yield constraint(
            spoken,
            terms,
            (f"Do not suggest {bare(found['what'])[:1].lower()}{bare(found['what'])[1:]}."),
        )


CEASING: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_NEVER, never),
    (_CEASE, cease),
    (_TABOO, taboo),
    (_ENDED, ended),
)
