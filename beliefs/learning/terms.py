"""Terms: the names inside a phrase, which may become a belief's name and its aliases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mindhold.beliefs.learning.heard import MASK
from mindhold.beliefs.text.lexicon import LISTED, parts_in
from mindhold.beliefs.text.normal import normal
from mindhold.beliefs.text.words import COMMON, FAMILIAR, UNKNOWN, rank, technical
from mindhold.beliefs.valid import MAX_WORDS

_NONE = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """Where in a phrase of one language its name begins and ends; `code` as ISO 639-1 has it."""

    code: str
    cut: re.Pattern[str]  # with what follows, no part of a name
    determiner: re.Pattern[str]
    deictic: re.Pattern[str]  # begins what points and does not name
    ordinal: re.Pattern[str]
    several: re.Pattern[str]  # between two names
    tail: re.Pattern[str]  # a place or a purpose behind the name
    function: frozenset[str]  # grammar, and verbs of stating
    head: re.Pattern[str]  # the determiner of a thing that is no name
    nouns_capital: bool = False  # a capital does not make a name
    elided: re.Pattern[str] = _NONE  # an article or a preposition that hangs on a word
    subordinates: re.Pattern[str] = _NONE  # after it the verb stands at the end


_CUT = re.compile(
    r"(?i)(?:\s+(?:(?:(?:about|around|over|almost|just)\s)?(?:an?\s)?(?:(?:couple\sof|\d+|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|twelve|few|several|some|many)\s)?"
    r"(?:minute|hour|day|week|month|year)s?\sago"
    r"|(?:last|this|next|every)\s\w+|yesterday|today|recently|now|nowadays"
    r"|already|lately|anymore|any more|again|too|these days|after all|at last|for good"
    r"|as well|here|there|ago|earlier|in\s(?:19|20)\d\d|in\s(?:january|february|march"
    r"|april|may|june"
    r"|july|august|september|october"
    r"|november|december|spring|summer|autumn|fall|winter)|because|since|so|when|whenever"
    r"|while|which|that|who|where|if|but"
    r"|unless|until|before|after|than|please|by default|from now on|going forward"
    r"|everywhere|anywhere|all the time|a lot|to be honest|tbh|honestly|though|i think|i guess"
    r"|so far|by far|anyway"
    r"|and\s(?:i|we|it|they|the|my|our|you|he|she|that|this|never|always|don't|do|are|is"
    r"|am|have|has|had|not|will|so|then|now|can|must|should|needs?|wants?|runs?|uses?|costs?|takes?"
    r"|gets?|goes|go|comes?|lives?|sits?|starts?|stays?)|at\s(?:all|the\smoment))\b"
    rf"|\s*[,;:()–—!?\"{MASK}]|\s-\s|\.\s).*$",
    re.DOTALL,
)
_DETERMINER = re.compile(
    r"(?i)^(?:the|an?|our|my|your|some|any|all|plain|just|only|using|use|to use)\s+"
)
_DEICTIC = re.compile(
    r"(?i)^(?:this|that|it|its|these|those|them|they|one|ones|here|there|him|her|he|she"
    r"|you|me|us|both|either|neither|something|anything"
    r"|nothing|everything|things?|stuff|what|how|when|why|who|whatever|such|same|another"
    r"|other|others|more|less|most|better|best|much|many|so)\b"
)
_ORDINAL = re.compile(
    r"(?i)^(?:first|second|third|last|latter|former|previous|next|other|new|old)"
    r"(?: (?:one|option|version|approach|way|solution|suggestion|variant|example|draft|idea))?s?$"
    r"|^(?:option|version|variant|suggestion|idea|draft|number|answer) (?:\w|\d+|one|two|three)\b"
)
_SEVERAL = re.compile(r"\s*(?:,|/|\+|&|\band\b|\bor\b|\bplus\b|\bwith\b)\s*")
_TAIL = re.compile(
    r"(?i)\s+(?:for|in|on|at|as|from|to|into|with|over|via|by|of|about|against|across|without"
    r"|under|instead|rather|through|inside|per|next|based|working|living)\b.*$",
    re.DOTALL,
)
_NAMELIKE = re.compile(r"[A-Z]|\d|\w[._+#]\w|[+#]$|`")
_INSIDE = re.compile(r"\d|\w[A-Z]|\w[._+#]\w|[+#]$")
_PRONOUNS = frozenset({"I", "I'm", "I've", "I'd", "I'll", "OK", "TV", "PC"})
_WORD = re.compile(r"[\w][\w'’.+#/-]*[\w+#]|\w")
_FUNCTION = frozenset(
    re.findall(
        r"\S+",
        """
    called named lives runs starts
    we've i'd we'd we'll i'll you're they're there's finally recently actually also
    a about above across after against all also am an and any are as at be because been before
    being below between both but by can could did do does doing don't down during each every
    everything few for from further get go going had has have having he her here him his how i
    i'm i've if in inside into is it it's its just keep last let made make many may me more most
    much must my need never no nor not now of off on once only or other our out over own per
    please put same she should so some still such than that that's the their them then there
    these they this those through to too under until up upon us use used uses using very was we
    we're were what when where which while who whom why will with would you your always want
    like via next instead rather first ours mine come comes live lives one ones thing things way
    really quite within without prefer prefers switched moved migrated replaced decided agreed
    chose settled considering evaluating remember note suggest suggesting recommend recommending
    torn haven't undecided unsure can't cannot doesn't isn't aren't won't didn't wasn't whether sure
    towards toward leaning thinking hate hates love loves enjoy stop dropped ditched swapped traded
    favour favor needs always btw fyi
    """,
    )
)


_THING = re.compile(r"(?i)(?:the|an?|your|his|her|their|its|some|this|that)\s")
ENGLISH = Terms(
    code="en",
    cut=_CUT,
    determiner=_DETERMINER,
    deictic=_DEICTIC,
    ordinal=_ORDINAL,
    several=_SEVERAL,
    tail=_TAIL,
    function=_FUNCTION,
    head=_THING,
)


def term(phrase: str, *, keep_tail: bool = False, within: Terms = ENGLISH) -> str:
    """The name at the head of a phrase, at most four words; empty when it names nothing.

    A tail of place or purpose ("for the tests") is left out unless it is kept.
    """
    text = within.cut.sub("", phrase.strip().strip("`*_'’“”\"").strip()).strip()
    if not keep_tail:
        text = within.tail.sub("", text)
    text = text.replace("`", "").strip(" .!*_'’")
    while (shorter := within.determiner.sub("", text)) != text:
        text = shorter
    if (
        not text
        or within.deictic.match(text)
        or within.ordinal.match(text)
        or len(text.split()) > MAX_WORDS
        or MASK in text
    ):
        return ""
    return text if not _function(text, within) and any(map(str.isalnum, text)) else ""


def names(phrase: str, *, within: Terms = ENGLISH) -> tuple[str, ...]:
    """The several names that a phrase enumerates ("Tailwind and Alpine.js")."""
    head = within.tail.sub("", within.cut.sub("", phrase.strip() + " ").strip())
    parts = (term(part, within=within) for part in within.several.split(head))
    if len(found := list(filter(None, parts))) > 1:
        return tuple(dict.fromkeys(found))[:6]
    whole = term(phrase, within=within)
    return (whole,) if whole else ()


def namelike(name: str, *, within: Terms = ENGLISH) -> bool:
    """Whether a word of it is spelled like a name, or is no everyday word at all."""
    if within.code in LISTED:
        return any(_strange(word, within) for word in name.split())
    return spelled(name) or any(rank(word.lower()) >= UNKNOWN for word in name.split())


def _strange(word: str, within: Terms) -> bool:
    """Whether the word is no everyday word of its language, or is written like none."""
    if _INSIDE.search(word) or (word[:1].isupper() and not within.nouns_capital):
        return True
    plain = normal(word)
    return len(plain) > 1 and plain not in within.function and not parts_in(within.code, plain)


def unusual(name: str) -> bool:
    """Whether a word of it is spelled like a name, or rare enough to be one where a name is due."""
    return spelled(name) or any(
        rank(word.lower()) >= FAMILIAR or technical(word.lower()) for word in name.split()
    )


def spelled(name: str) -> bool:
    """Whether a capital, a digit or a sign inside a word makes it look like a name."""
    return any(_NAMELIKE.search(word) and word not in _PRONOUNS for word in name.split())


def determined(phrase: str, *, within: Terms = ENGLISH) -> bool:
    """Whether the phrase begins with a determiner, and so speaks of a thing, not of a name."""
    return bool(within.head.match(phrase.strip()))


def chunks(clause: str, *, within: Terms = ENGLISH) -> Iterator[str]:
    """The runs of content words in a clause, as they stand there, at most four words each."""
    run: list[str] = []
    at = 0
    for word in _WORD.finditer(clause):
        broken = bool(run) and (
            bool(re.search(r"[^\s`]", clause[at : word.start()]))
            or (len(run) > 1 and word[0].islower() and all(part[:1].isupper() for part in run))
        )  # Dana Whitfield signs: the name ends where the capitals do
        begins = at == 0 and word[0].lower() in within.function
        function = begins or _function(word[0], within)
        if run and (function or broken or len(run) == MAX_WORDS):
            yield " ".join(run)
            run = []
        if not function:
            run.append(word[0])
        at = word.end()
    if run:
        yield " ".join(run)


def _function(word: str, within: Terms) -> bool:
    """Whether it is grammar, or a verb of stating; a capital makes a name of it (Go, Next)."""
    if word.lower() not in within.function and normal(word) not in within.function:
        return False
    return word[:1].islower() or word[:1] == "I" or within.nouns_capital


def common(name: str) -> bool:
    """Whether every word of it is among the commonest, so that it names nothing by itself."""
    return all(rank(word.lower()) < COMMON for word in name.split())
