"""Corrections (Tier A): "actually Tuesdays, not Mondays" puts one value in the place of another."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mindhold.beliefs.learning.candidate import Op, Proposal, Update
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, key_terms, sentence
from mindhold.beliefs.learning.rules.shape import bare as bare_
from mindhold.beliefs.learning.terms import namelike, term
from mindhold.beliefs.model import Type

_VALUE = r"(?:[^,;:!?\n]|:\d)"
_CUE = (
    r"(?P<cue>(?:(?:(?:small |one |quick )?correction(?: (?:for|to|on|about) [^,:]{1,40})?|sorry"
    r"|actually|oh|oops|wait|hm+|well|no|ah|my (?:mistake|bad)|i (?:meant|misspoke)"
    r"|i (?:mixed|got) (?:that|it|this) (?:up|wrong|mixed up))\W+)+)"
)
_ITS = (
    r"(?P<subject>(?:our|my|the) [\w/-]+(?:['’]s)?(?: [\w/'’-]+){0,4}?|it|that)"
    r"(?:['’]s| is| are| was| runs?| starts?| begins?| lives?| goes?| sits?| takes? place)"
    r"(?: (?:at|on|in|to|from|called|named|set(?: in)?|until|by))*"
)
_OLD = r"(?:at |on |in |to |from |the )?(?P<old>(?:[^,;:!?.\n]|[.:]\d){1,40}?)"
_CORRECTED = pattern(rf"{_CUE}?{_ITS} (?P<new>{_VALUE}{{1,60}}), (?:and )?not {_OLD}\W*$")
_BARE = pattern(
    rf"{_CUE}(?:on |in |at )?(?P<new>{_VALUE}{{1,40}}), not {_OLD}"
    r"(?:,? for (?P<what>(?:our|my|the) [^,;:!?.\n]{2,40}))?\W*$"
)
_SHIFTED = pattern(
    r"(?:\w+, )?(?P<subject>(?:the|our|my) [\w'’/-]+(?: [\w'’/-]+){0,4}?) (?:(?:has|have|is|was"
    r"|were)"
    r" (?:now )?(?:been )?(?:moved|changed|pushed|postponed|shifted|brought forward|renamed|raised"
    r"|lowered|extended)(?: back| out| up| forward)?(?: from [^,;!?\n]{1,40}?)? to"
    rf" (?P<new>{_VALUE}{{1,60}})|(?:is|are) (?P<now>{_VALUE}{{1,60}}?) now(?=[,.;!]|$))"
)
_WRONG = (
    r"(?:(?:(?:oh|ah|sorry|oops|ugh|argh|no|wait|hold on|actually|hm+),? )*(?:i misspoke"
    r"|i was wrong|let me"
    r" correct (?:myself|that|this)|(?:small |quick |one )?correction|that(?:['’]s| is"
    r"| was) (?:wrong"
    r"|not right|incorrect|not (?:quite )?(?:true|right|correct)|outdated)"
    r"|[^,;:!?\n]{2,40}? (?:is|was) wrong|(?:i|we)(?:['’]ve)? (?:just )?(?:looked it up"
    r"|checked(?: again)?"
    r"|measured(?: it| again)?|counted(?: it)? again|asked again)|(?:i|we) (?:got"
    r"|mixed) (?:[\w]+ ){0,3}(?:wrong|mixed up|up|confused)"
    r"|i (?:mis-?(?:read|remembered|typed|heard|counted)|miscounted)(?: (?:that"
    r"|it))?))"
)
_STATES = (
    r"(?P<so>(?P<subject>(?!(?:it|that|this|what|who|how|there['’]s)\b)[^,;:!?\n]{1,50}?) (?:is|are"
    r"|starts?"
    r"|begins?|ends?|lasts?|holds?|runs?|comes?|sits?|lives?|sings?|plays?|costs?|takes?|has|have"
    r"|goes|go"
    r"|opens?|closes?|weighs?|teach(?:es)?|works?|was born|needs?|uses?|speaks?|belongs?|stands?"
    r"|meets?)"
    r" (?P<new>[^;!?\n]{1,100}?))[.!]*$"
)
_RESTATED = pattern(rf"{_WRONG}\s*[,.:;!–—]+\s+(?:and )?{_STATES}")
_SENTENCE = pattern(_STATES)
_TURNED = pattern(rf"(?:.*[.!?\n])?\W*{_WRONG}\W*$")
_CERTAIN = re.compile(r"(?i)\b(?:correction|sorry|oops|misspoke|mixed|wrong|mistake|bad|meant)\b")
_FIGURE = re.compile(r"\d|(?i:\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b)")


def corrected(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Sorry, the bus runs at 24 volts, not 12": what is held changes, else it is stated."""
    subject, cue = found["subject"], found["cue"] or ""
    pointing = subject.lower() in {"it", "that"}
    about = re.sub(r"(?i)^(?:our|my|the)\s", "", subject)
    targets = _before(found["old"], spoken) if pointing else (about,)
    yield from _corrections(found, spoken, targets)
    own = re.match(r"(?i)(?:our|my)\b", subject)
    of_what = re.search(r"(?i)\bfor (?:the|our|my) (\w[^,:]{1,40}):", cue)
    if (own and cue) or (_CERTAIN.search(cue) and (not pointing or of_what)):
        yield belief(
            replace(spoken, text=spoken.text[len(cue) :]),
            Type.ENTITY,
            name=of_what[1] if of_what else about,
            content=sentence(spoken.text[len(cue) :]),
            replaces=_named(found["old"]),
            why=f"Go by {found['new'].strip()}, not by {found['old'].strip()}.",
            aliases=(*(() if pointing else (about, about.split()[-1])), found["new"].strip()),
        )


def bare(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Actually Tuesdays, not Mondays(, for the game night)"."""
    what = re.sub(r"(?i)^(?:our|my|the)\s", "", found["what"] or "")
    yield from _corrections(found, spoken, (what,) if what else _before(found["old"], spoken))
    if what:
        yield belief(
            replace(spoken, text=spoken.text[found.start("new") :]),
            Type.ENTITY,
            name=what,
            content=sentence(spoken.text[found.start("new") :]),
            replaces=_named(found["old"]),
            why=f"Go by {found['new'].strip()}, not by {found['old'].strip()}, for the {what}.",
            aliases=(what, found["new"].strip()),
        )


def restated(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "That's wrong, training starts at 17:30": what is held of it says so, else it is stated."""
    subject = re.sub(r"(?i)^(?:our|my|the|and|but)\s", "", found["subject"])
    if not term(subject) and not re.match(r"(?i)(?:i|we)\b", subject):
        return
    if term(subject):
        yield Update(
            target=subject[:80], op=Op.SUPERSEDE, new_content=sentence(found["so"]),
            evidence=(spoken.quote,),
        )  # fmt: skip
    terms = key_terms("x " + found["so"])
    if terms:
        yield belief(
            replace(spoken, text=found["so"]),
            Type.ENTITY,
            name=subject if term(subject) else terms[0],
            content=sentence(found["so"]),
            why=f"Go by this, as it was put right: {bare_(found['so'])}.",
            aliases=(*((subject,) if term(subject) else ()), *terms),
        )


def restated_after(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I got the days mixed up. The dog comes on Saturdays", of what the turn before stated."""
    if not (_TURNED.match(spoken.before) and spoken.earlier):
        return
    told = {
        part
        for name in key_terms("x " + spoken.earlier[-1][-400:])
        for part in name.lower().split()
    }
    said = {part for name in key_terms("x " + found["so"]) for part in name.lower().split()}
    if told & said:
        yield from restated(found, spoken)


def shifted(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "The deadline has been moved to 28 March": what is held of it gives way."""
    new = found["new"] or found["now"]
    if not (_FIGURE.search(new) or namelike(term(new))):
        return
    yield Update(
        target=re.sub(r"(?i)^(?:our|my|the)\s", "", found["subject"]),
        op=Op.SUPERSEDE,
        new_content=sentence(found[0]),
        evidence=(spoken.quote,),
    )


def _corrections(
    found: re.Match[str], spoken: Spoken, targets: tuple[str, ...]
) -> Iterator[Update]:
    old, new = found["old"].strip(), found["new"].strip()
    for target in dict.fromkeys(targets):
        yield Update(
            target=target[:80], op=Op.CORRECT, old=old, new_content=new, evidence=(spoken.quote,)
        )


def _named(old: str) -> tuple[str, ...]:
    """The wrong value if it is a name, which then leads to the right one."""
    return (old.strip(),) if namelike(term(old)) and not re.match(r"\W*\d", old) else ()


def _before(old: str, spoken: Spoken) -> tuple[str, ...]:
    """What the turn before was about, if it spoke of the value that is corrected."""
    parts = re.split(r"(?<=[.!?])\s+|\n+", spoken.earlier[-1][-2000:]) if spoken.earlier else []
    told = [part for part in parts if re.search(rf"(?i)\b{re.escape(old)}\b", part)]
    return tuple(term_ for part in told[-1:] for term_ in key_terms(part))[:6]


CORRECTIONS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_CORRECTED, corrected),
    (_BARE, bare),
    (_SHIFTED, shifted),
    (_RESTATED, restated),
    (_SENTENCE, restated_after),
)
