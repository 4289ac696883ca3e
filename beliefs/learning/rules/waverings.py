"""Waverings (Tier A′): what is being weighed, and not settled."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import LIKELY, Spoken, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import determined, namelike, names, spelled, term
from mindhold.beliefs.model import Epistemic, Type

_AM = (
    r"(?:(?:i|we|the team)(?:['’](?:m|re|ve))?(?: am| are| have| is)?(?: been)?(?: (?:just|now|also"
    r"|still|currently|seriously|strongly|actively|both|really|been|kind of|sort of|half|half-|a"
    r" bit|a little|slightly|quite|very"
    r"|rather|pretty|more and more|increasingly|in the middle of|starting to|in the process of))*"
    r"|(?:currently|still|seriously|now|also|just) )"
)
_MOVE = (
    r"(?:switch|mov|migrat|chang|go|us|adopt|get|buy|try|mak|replac|rewrit|dropp|port|rent|leas"
    r"|order|tak|upgrad|sell|convert"
    r"|swapp|bring|add|introduc|standardi[sz]|build|writ|turn|sett|cutt|merg|split|open|start|hir"
    r"|outsourc|self-host|host|put|plant|install|rebuild|refactor|kill|learn|pick|relocat|renovat"
    r"|break|end|renam|ditch|leav|giv|play|run|join)"
)
_CONSIDERING = pattern(
    rf"{_AM}? ?(?:considering|contemplating|evaluating|assessing|exploring|investigating|looking"
    rf" into|toying with(?: the idea of)?|playing (?:around )?with the (?:idea|thought) of"
    r"|flirting with|entertaining|experimenting with|trialling|trialing|piloting|test-driving"
    r"|weighing(?: up)?|mulling(?: over)?"
    r"|eyeing|kicking around|pondering|on the fence (?:about|on|regarding)|in two minds about"
    r"|tempted by|tempted to (?:go with|try|use|make it)|leaning (?:more |heavily )?(?:towards?"
    r"|to)|inclined towards?|researching"
    r"|shopping for|scoping out|warming (?:up )?to|gravitating towards?) (?P<what>[^;!?\n]{2,120})"
)
_THINKING = pattern(
    rf"{_AM}? ?(?:thinking (?:about|of|that we (?:might|may|could))|tempted to|inclined to|minded"
    rf" to|looking at|looking to maybe|flirting with|open to|planning to maybe|talking about"
    rf"|discussing|dreaming of|planning on|planning to) "
    rf"(?P<what>{_MOVE}\w*\b[^;!?\n]{{2,120}})"
)
_MIGHT = pattern(
    r"(?:i|we|the team) (?:might|may) (?:just |soon |actually )*(?P<what>(?:go with|end up with"
    r"|switch to|move to|migrate to|adopt|give up on|switch over to) (?:a |an )?(?-i:[A-Z]"
    r"|\w+[.+#\d])(?!.*\b(?:eventually|someday|one day|next|from)\b)[^;!?\n]{1,100})"
)
_LOOKING = pattern(
    rf"{_AM}? ?(?:looking (?:hard |closely |seriously )?at|trying out|testing out|trying|testing"
    rf"|checking out|thinking (?:of|about)) "
    r"(?P<what>[^,;!?\n]{2,60}?)(?P<end> (?:for|as|instead of|rather than|in place of|to"
    r" replace)\b[^;!?\n]{0,80}|,? (?:but|though|although) (?:nothing|we have not|we haven['’]t|i"
    r" haven['’]t|no decision|it['’]?s not|not)\b[^;!?\n]{0,60}|[.!]*$)"
)
_TRY = pattern(
    rf"(?:{_AM} ?|(?:i|we)(?:['’]?(?:ll|d)| will| want to| would like to|['’]?m going to|['’]re"
    rf" going to|['’]?d like to)(?: also| just)? )?(?:giv(?:e|ing) (?P<what>[^,;:!?\n]{{2,60}}?)"
    rf" (?:a (?:\w+ )?(?:try|go|shot|spin|whirl|chance|test|trial))"
    r"|tak(?:e|ing) (?P<spun>[^,;:!?\n]{2,60}?) for a (?:spin|test drive|ride"
    r"|whirl))\b[^;!?\n]{0,80}"
)
_CONTENDER = pattern(
    r"(?P<what>[^,;:!?\n]{2,50}?) (?:is|are|remains?|['’]s)(?: (?:still|currently|also|now|one of"
    r"|only))* (?:on (?:the|our|my) (?:table|shortlist|short list|radar|wish ?list)|(?:an?|the"
    r"|our|my|another) (?:\w+ )?(?:contender|candidate|option|front-?runner|possibility"
    r"|favou?rite so far))"
    r"(?: (?:for|to|as|in)\b[^;:!?\n]{2,60})?[.!]*$"
)


def considering(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We're considering X": held as unsettled."""
    yield _weighed(found["what"], spoken)


def _weighed(text: str, spoken: Spoken) -> Proposal | None:
    what = _DOING.sub("", text)
    if _OFFERED.match(what):
        return None
    terms = (*names(what), *key_terms("x " + what))
    if not terms or (not term(what, keep_tail=True) and len(what.split()) < 5):
        return None
    return belief(
        spoken,
        Type.DECISION,
        name=next(filter(namelike, terms), terms[0]),
        content=sentence(spoken.text),
        why=f"Treat {terms[0]} as being considered, not decided: help to weigh it, do not assume"
        f" it.",
        aliases=terms,
        epistemic=Epistemic.EXPLORATORY,
        confidence=LIKELY,
    )


_DOING = re.compile(
    r"(?i)^(?:(?:the idea of|maybe|possibly|perhaps|either) )*(?:(?:using|use|getting|get"
    r"|adopting|adopt|trying(?: out)?|try|buying|buy|going(?: with| for)?|go(?: with| for)?"
    r"|making|make|introducing|adding|picking|installing|rewriting|rewrite|porting"
    r"|ending up with|(?:mov|switch|migrat|chang|convert|port|upgrad)(?:ing|e)?(?: (?:everything"
    r"|it all|over|our \w+|my \w+|the \w+))* to)\s)?(?:(?:our|my|the) [\w-]+(?: [\w-]+)? (?:in|to"
    r"|with) (?=(?-i:[A-Z])))?"
)
_OFFERED = re.compile(
    r"(?i)(?:your|you|what|it|this|that|how|why|him|her|them|me|us|something|nothing|things?|all"
    r"|(?:the|an?|my) (?:bug|error|problem|issue|fact|question|moment|same|day|case|possibility"
    r" that|following|reasons?))\b"
)


def looking(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We're looking at Bun for the new service": not at a table, nor for a thing."""
    what = found["what"]
    named = [name for name in names(what) if namelike(name)]
    purpose = found["end"].strip(" .!")
    trial = re.match(
        r"(?i).*\b(?:looking|out|thinking (?:of|about))\b", spoken.text[: found.start("what")]
    )
    thought = "thinking" in spoken.text[: found.start("what")].lower() and any(map(spelled, named))
    if (
        (determined(what) and not thought)
        or re.search(r"\d", what.split()[-1])
        or re.match(r"(?i)(?:to|not|row|line)\b", what)
    ):
        return
    if (named and (purpose or trial)) or (purpose and not _OF_THE_MOMENT.search(what)):
        yield from considering(found, spoken)


_OF_THE_MOMENT = re.compile(
    r"(?i)\b(?:errors?|bugs?|failures?|crash\w*|leaks?|logs?|faults?|problems?|issues?|results?"
    r"|data|numbers?|code|ways?|you|me|him|her|them|it|something|things?|segfaults?|ideas?)\b"
)


def trying(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm giving Notion a try"."""
    yield _weighed(found["what"] or found["spun"], spoken)


_TEMPTING = pattern(
    r"(?P<what>[^,;:!?\n]{2,50}?) (?:is|are|looks?|sounds?|seems?) (?:very |really |quite |pretty"
    r" )?(?:tempting|attractive|appealing|promising)(?P<for> (?:for|to) (?:us|me|our"
    r"|my)\b[^;:!?\n]{0,50})[^?]{0,40}$"
)
_HALF = pattern(r"(?:i|we) have (?:half a mind|a mind) to (?P<what>[^;!?\n]{3,100})")
WAVERINGS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_CONSIDERING, considering),
    (_THINKING, considering),
    (_MIGHT, considering),
    (_TRY, trying),
    (_LOOKING, looking),
    (_CONTENDER, considering),
    (_TEMPTING, considering),
    (_HALF, considering),
)
