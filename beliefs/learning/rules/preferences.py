"""Preferences (Tier A): one thing before another."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.directives import POINTING
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, inner, key_terms, sentence
from mindhold.beliefs.learning.terms import namelike, names, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.valid import MAX_WORDS

_PREFER = pattern(
    r"(?:i|we)(?:['’]d)?(?: (?:really|strongly|generally|usually|much|always|would|do|still"
    r"|normally|typically|tend to|just|also|actually|all|now|definitely|vastly|infinitely"
    r"|personally|both))* prefer (?P<new>[^;:!?\n]{1,100}?)"
    r"(?:,? (?P<link>over|to|instead of|rather than|not|and not|than)"
    r" (?P<old>[^,;:!?\n]{1,60}))?\.?$"
)
_RATHER = pattern(
    r"(?:i(?:['’]d| would)|we(?:['’]d| would)) (?:much |really |far )?(?:rather|sooner) (?:we"
    r" )?(?P<what>(?P<new>[^,;:!?\n]{2,80}?)(?:,? (?P<link>than|over|instead of|rather than)"
    r" (?P<old>[^,;:!?\n]{2,60}))?)[.!]*$"
)
_BETTER = pattern(
    r"(?:i|we)(?: (?:really|much|always|both|still|generally|tend to))* (?:favou?r|like|love)"
    r" (?P<new>[^,;:!?\n]{2,60}?)(?: (?:better|more|much more|way more))? (?P<link>over|than)"
    r" (?P<old>[^,;:!?\n]{2,60}?)[.!]*$"
)
_ANY_DAY = pattern(
    r"(?:for me,? |give me )?(?P<new>[^,;:!?\n]{2,40}?) (?P<link>over|before)"
    r" (?P<old>[^,;:!?\n]{2,40}?),? (?:any ?day|any time|every time|always|for me|all day long"
    r"|all the way|please)(?: (?:of the week|for me|please))?[.!]*$"
)
_PREFERENCE = pattern(
    r"(?:my|our) (?:(?:strong |personal |general |clear |default )?preference|preferred"
    r" [\w -]{2,30}|go-to [\w -]{0,30}?)(?:['’]s| is|"
    r" would be| are|:)(?: for| to use| to)? (?P<new>[^,;:!?\n]{2,80}?)(?:,? (?P<link>over|rather"
    r" than|not|instead of|to) (?P<old>[^,;:!?\n]{2,60}?))?[.!]*$"
)
_PERSON = pattern(
    r"(?:i(?:['’]m| am)|we(?:['’]re| are))(?: (?:more|very much|definitely|firmly|really|always"
    r"|still|just|kind of))*(?: of)? (?:an? |(?=(?!\w+ing\b)[\w./+#-]+ people(?=[,.!]|$)))"
    r"(?P<new>[\w./+#’'-]+(?: [\w./+#-]+)?)(?: kind of)? (?:person|guy|gal|girl|household|shop"
    r"|house|family|team|people|user)(?:,? (?:not|rather than|more than) (?:an? )?"
    r"(?P<old>[^,;:!?\n]{2,30}?)(?: (?:person|one))?)?(?=[,.;!]|$| and\b| so\b)"
)


_TAIL = re.compile(
    r"(?i),? (?:to be honest|tbh|honestly|though|i think|i guess|anyway|by far)\W*$"
    r"|,? (?:but|although|even if|even though)\b.*$"
)


def prefer(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I prefer X (over Y)"."""
    said = _TAIL.sub("", found["new"])
    liked = names(said) or key_terms("x " + found["new"])[:1]
    other = names(found["old"] or "")
    if (
        not liked
        or (not term(found["new"], keep_tail=True) and len(found["new"].split()) <= MAX_WORDS)
        or POINTING.match(found["new"])
    ):
        return
    link = "to" if found["link"] == "to" else "over"
    over = f" {link} {' and '.join(other)}" if other else ""
    whole = inner(said, liked[0])  # "answers in German" is more than answers
    yield belief(
        spoken,
        Type.PREFERENCE,
        name=liked[0],
        content=sentence(f"Prefers {whole}{over}"),
        why=f"Choose {_MINE.sub('', whole)}{over} unless told otherwise.",
        aliases=liked,
        replaces=other,
    )


_MINE = re.compile(r"(?i)^(?:my|our)\s")


def rather(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'd rather use functional components than classes"."""
    what = re.sub(r"(?i)^(?:have|use|write|work with|go with|see|get)\s", "", found["new"])
    other = names(found["old"] or "")
    if re.match(
        r"(?i)(?:not|you|he|she|they|be|go|do|die|sacrifice|talk|stay|wait|keep (?:it|this|that)"
        r"|it|this|that|try|start|have a"
        r"|leave|just)\b",
        found["new"],
    ) or POINTING.match(what):
        return
    terms = (*names(what), *key_terms("x " + what))
    if not terms or not (found["old"] or namelike(terms[0])):
        return
    over = f" over {' and '.join(other)}" if other else ""
    yield belief(
        spoken,
        Type.PREFERENCE,
        name=terms[0],
        content=sentence(spoken.text),
        why=f"Choose {inner(what, terms[0])}{over} unless told otherwise.",
        aliases=terms,
        replaces=other,
    )


def fond(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Tabs over spaces any day", "I favour composition over inheritance"."""
    if _LOOSE.match(found["new"]) or not names(found["old"] or "x"):
        return
    yield from prefer(found, spoken)


_LOOSE = re.compile(
    r"(?i)(?:because|i|we|you|he|she|they|it|there|what|how|when|why|who|this|that|your|the"
    r" (?:first"
    r"|second|idea|way|look)|no|not|nothing|come|went|goes?|game|all|let|jump\w*|hand\w*|think\w*"
    r"|talk\w*|carry|take|move\w*|turn\w*|switch\w*|going|to|loop|iterat\w*)\b"
)


def sort_of(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm more of a tabs person"."""
    new = term(found["new"])
    if not new or _NO_SORT.match(new):
        return
    yield belief(
        spoken,
        Type.PREFERENCE,
        name=new,
        content=sentence(spoken.text),
        why=f"Choose {new} unless told otherwise.",
        aliases=(new,),
        replaces=names(found["old"] or ""),
    )


_NO_SORT = re.compile(
    r"(?i)(?:busy|nice|bad|good|happy|people|simple|shy|terrible|horrible|single|normal|new"
    r"|regular|big|small|great|kind|patient|sick|only|wrong|right|old|young|lucky|first|last|tech"
    r"|funny|weird|private|sad|lazy|sales|support|hr|it|lone|solo|power|end|root|beta|paying|free"
    r"|premium|admin|two|three|four|five|six|\d+|small|large|different|bit|third|second|real"
    r"|better|changed|smart|certainly|excited|one|most|many|some|other|those|these|kind)\b"
)


_TIMES = (
    r"(?:any ?day|any time|every (?:single )?time|each time|always|all day long|hands down|please"
    r"|for me|in my book|in every [^,;:!?\n]{2,40}|for (?:anything|everything"
    r"|all)\b[^,;:!?\n]{0,40}|if (?:you ask me|it were up to me)|wherever possible|when(?:ever)?"
    r" (?:possible|you can|there['’]?s a choice))"
)
_BEATS = pattern(
    rf"(?P<new>[^,;:!?\n]{{2,40}}?) (?P<link>over|before|beats?|trumps?|wins? over|rather than"
    rf"|instead of) (?P<old>[^,;:!?\n]{{2,40}}?)(?:,? {_TIMES}| please,? that['’]?s how (?:i|we)"
    rf" \w+)+[.!]*(?=$|,)"
)
_HAPPIER = pattern(
    r"(?:i['’]m|i am|we['’]re|we are|i feel)(?: (?:far|much|a lot|way|always|most|more|definitely"
    r"|generally))* (?:happier|happiest|comfortable|better off|at home|at ease) (?:with|in|using"
    r"|reading|writing) (?P<new>[^,;:!?\n]{2,60}?)(?: than (?:with |in |using"
    r" )?(?P<old>[^,;:!?\n]{2,60}?))?(?=[,.;!]|$| so\b)"
)
_SUITS = pattern(
    r"(?:(?P<new>[^,;:!?\n]{2,60}?) (?:(?:works?|reads?|suits?|fits?) (?:me )?(?:far |much |way"
    r" )?(?:better|best)(?: for (?:me|us))?|(?:is|are) what (?:i|we) (?:prefer|like(?: best|"
    r" most)?|want|go for))(?: than (?P<old>[^,;:!?\n]{2,60}?))?"
    r"|what (?:i|we) (?:like|love|prefer|want|find easiest|enjoy)(?: best| most)? (?:is|are)"
    r" (?P<best>[^,;:!?\n]{2,60}?)"
    r"|(?:i|we) (?:(?:find|like|enjoy|love|get on|get along|work|learn|do|think)(?: with| from)?)"
    r" (?P<more>[^,;:!?\n]{2,60}?) (?:far |much |way |a lot )?(?:better|best|more|most|easier"
    r"|easiest|clearer|nicer)(?: (?:to (?:read|follow|work with|use|digest|understand)|with))?(?:"
    r" than (?:with |from )?(?P<than>[^,;:!?\n]{2,60}?))?)(?=[,.;!]|$)"
)
_THATS_HOW = pattern(
    r"(?=[^\n]*that['’]?s )"
    r"(?P<new>[^;:!?\n]{3,100}?)(?:,|:| –| —| -|\.) that['’]?s (?:how|the way|what) (?:i|we)"
    r" (?:like|want|prefer|learn|work|need|do|write|read|eat|cook|take)\b(?! to\b)[^;:!?\n]{0,40}$"
)
_WANT = pattern(
    r"(?:i|we)(?:['’]d| would)? (?:want|need|like|love|expect) (?P<new>[^,;:!?\n]{2,60}?)"
    r" (?P<where>(?:wherever|whenever|in (?:every|all|any|everything)|everywhere|for"
    r" (?:everything|anything|all|every)|every time|each time|at all times"
    r"|throughout)\b[^;:!?\n]{0,60})"
)
_GO_FOR = pattern(
    r"(?:i|we)(?: (?:always|usually|generally|tend to|would|will))* (?:favou?r|go for|stick to"
    r"|stick with|swear by|go with|opt for|default to|reach for) (?P<new>[^,;:!?\n]{2,60}?)(?:,?"
    r" (?P<link>over|rather than|instead of|not) (?P<old>[^,;:!?\n]{2,60}?)|(?P<where> (?:in|for)"
    r" (?:everything|all|every|any|most|my|our)\b[^,;:!?\n]{0,40}))(?=[,.;!]|$)"
)
_PICK = pattern(
    rf"(?:(?:given the choice|if (?:i|we) (?:can|could|get to|have to) choose|if it['’]?s all the"
    rf" same to you|between (?P<one>[^,;:!?\n]{{2,40}}?) and (?P<two>[^,;:!?\n]{{2,40}}?)),?"
    rf" )?(?:i|we)(?:['’]d| would|['’]ll| will) (?:always )?(?:pick|choose|take|go for|go with"
    rf"|have) (?P<new>[^,;:!?\n]{{2,60}}?)(?:,? (?P<link>over|rather than|instead of|not)"
    rf" (?P<old>[^,;:!?\n]{{2,40}}?)| {_TIMES})+(?=[,.;!]|$)"
)
_FOR_ALL_I = pattern(
    r"(?:if it['’]?s all the same to you,? |if possible,? |ideally,? )?(?P<new>[^,;:!?\n]{2,40}?)"
    r" (?P<where>(?:for|in|with) (?:everything|anything|all|every \w+) (?:that )?(?:i|we|you)"
    r" \w+[^,;:!?\n]{0,30})[.!]*$"
)


def better(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm far happier with plain SQL than with an ORM", "oat milk beats cow's milk for me"."""
    groups = found.groupdict()
    new = next(text for key in ("new", "best", "more") if (text := groups.get(key)))
    old = groups.get("old") or groups.get("than") or ""
    if _LOOSE.match(new) or POINTING.match(new) or _NOT_LIKED.search(new):
        return
    terms = (*names(new), *key_terms("x " + new))
    other = names(old)
    if not terms or (old and not other and not term(old, keep_tail=True)):
        return
    over = f" over {' and '.join(other)}" if other else ""
    where = (groups.get("where") or "").strip() or "unless told otherwise"
    yield belief(
        spoken,
        Type.PREFERENCE,
        name=terms[0],
        content=sentence(spoken.text),
        why=f"Choose {inner(new, terms[0])}{over} {where}.",
        aliases=terms,
        replaces=other,
    )


_NOT_LIKED = re.compile(
    r"(?i)\b(?:myself|yourself|him|her|them|you|me|us|it|option|number|version|variant|draft|idea"
    r"|this|that|these|those|something|anything"
    r"|what)\b(?!['’]s)"
)


PREFERENCES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_PREFER, prefer),
    (_RATHER, rather),
    (_PREFERENCE, fond),
    (_PERSON, sort_of),
    (_BETTER, fond),
    (_HAPPIER, better),
    (_PICK, better),
    (_GO_FOR, better),
    (_WANT, better),
)
FOND: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_BEATS, better),
    (_THATS_HOW, better),
    (_SUITS, better),
    (_FOR_ALL_I, better),
    (_ANY_DAY, fond),
)
"""Those that leave out who has them: they are looked for in a whole sentence."""
