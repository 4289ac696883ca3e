"""Terse statements (Tier A): lasting wishes that leave out who has them ("No spoilers, ever.")."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.guards import asks
from mindhold.beliefs.learning.rules import dates
from mindhold.beliefs.learning.rules.directives import ANSWERS, kept, orders
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.preferences import prefer
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    bare,
    belief,
    constraint,
    inner,
    key_terms,
    sentence,
)
from mindhold.beliefs.learning.terms import namelike, names
from mindhold.beliefs.model import Type

_LASTS = r"(?:always|ever|ever again|at all times|every time|everywhere|anywhere|for good)"
_KIND = (
    r"(?:in|on|for) (?:(?:any|all|every) [\w'’ -]{2,30}"
    r"|(?!this\b|that\b|the\b)(?:[\w'’-]+ ){0,2}\w+s)"
)
_NO = pattern(
    r"no (?!(?:longer|more|luck|way|idea|problem|chance|wonder|clue|kidding|jokes?|doubt|rush"
    r"|worr\w+"
    r"|need|thanks|offen[cs]e|pressure|hurry|comment)\b)"
    rf"(?P<what>[\w'’/-]+(?: [\w'’/-]+){{0,4}}?)(?:,? (?:please,? )?{_LASTS}"
    rf"(?:,? {_KIND})?| {_KIND},? (?:please|{_LASTS})|, please,? {_KIND})(?: please)?[.!]*$"
)
_NONE_HERE = pattern(
    r"no (?P<what>[\w'’.+#/-]+(?: [\w'’.+#/-]+){0,3}?) in (?:this|our|my) (?:codebase|code base"
    r"|code"
    r"|project|repo(?:sitory)?|house|kitchen|novel|book|manuscript|lab|classroom|team|stack)"
    r"(?:,? please)?[.!]*$"
)
_RATHER = pattern(
    r"i(?:['’]d| would) (?:much |really )?(?:rather|prefer to|like to) (?:have|get|see|read|hear"
    r"|be given)"
    r" (?P<what>[^,;:!?\n]{3,60}?)(?:,? please)?[.!]*$"
)
_NOTHING = pattern(
    r"nothing (?P<what>(?!better|worse|nicer|greater)\w+er than [^,;:!?\n]{2,40}?(?: (?:on|in"
    r"|for) (?:any|all|my"
    r"|our)\b[^,;:!?\n]{2,40}"
    r"|, ever))[.!]*$"
)
_LASTING = pattern(
    rf"(?P<what>[^,;:!?\n]{{4,80}}?)(?P<how>,? please,? {_KIND}|,? {_LASTS}(?:, please)?|,"
    rf" {_LASTS})(?: please)?[.!]*$"
)
_AT_MOST = pattern(
    r"(?:please,? )?(?:no|not|never) more than (?P<what>[^,;:!?\n]{2,40}? (?:per|in|for) (?:an?|any"
    rf"|every|each|all|your)?(?: of your)? ?(?:answer|reply|response|message|paragraph|email"
    rf"|summary"
    rf"|{ANSWERS}))(?:,? please)?[.!]*$"
)
_ONLY = pattern(
    r"(?:please,? )?(?:only )?(?P<what>(?:metric|imperial|si|us|uk|british|american|oxford|24-?hour"
    r"|12-?hour|iso|celsius|fahrenheit)(?: (?:units?|measurements?|spelling|english|times?|dates?"
    r"|format|system))*)(?: only)?,? (?:please|thanks|thank you)[.!]*$"
)
_OF_ANSWERS = re.compile(
    r"(?i)\b(?:answers?|repl(?:y|ies)|responses?|units?|spelling|comments?|code|charts?|citations?"
    r"|dates?|headings?|titles?|tables?|numbers?|docs?|summar(?:y|ies)|e?mails?|variables?|names?"
    r"|prices?|recipes?|examples?|explanations?|docstrings?|references?|plots?|figures?|labels?)\b"
)
_SAID_OF_ONE = re.compile(
    r"(?i)^(?:i|we|you|he|she|they|it|there|the|this|that|these|those|what|same|always|never|no"
    r"|don['’]t|do not|if|when|as)\b|\b(?:great|good|nice|excellent|perfect|lovely|love|thanks"
    r"|terrible|is|are|was|were|has|have|had|does|do|did|will|can|fails?"
    r"|broken?|breaks?|wrong|late|error|crash(?:es|ed)?)\b"
)
_LABELLED = pattern(
    r"(?P<label>(?:house|standing|team|our|my|general|golden) (?:rule|style)(?: (?:number|no\.?)"
    r" \w+| #?\d+)?|convention|policy"
    r"|preference|habit|(?:our|my) (?:[\w-]+ ){0,2}(?:convention|policy|standard|style|limit|rule)"
    r"|decided|(?:our |my )?(?:default|preferred|standard) (?:[\w-]+ ){0,2}[\w-]+"
    r"|we have (?:a|one|this) (?:[\w-]+ )?(?:rule|policy|convention)(?: (?:at|in|for|on) [\w"
    r" ]{2,24})?)(?: is(?: this)?| goes| reads)?:"
    r" (?P<what>[^;!?\n]{2,160}?)[.!]*$"
)
_OF_POLICY = pattern(
    r"(?P<label>(?:our|my) (?:[\w-]+ ){0,2}(?:polic(?:y|ies)|rules?|conventions?))"
    r" (?P<what>(?:is|are|says?|demands?|requires?|allows?|forbids?) (?:that |to |never |always )?"
    r"[^;!?\n]{2,160}?)[.!]*$"
)
_NEVER_IN = pattern(
    r"(?P<what>(?!i\b|we\b|you\b|it\b|he\b|she\b|they\b)[\w'’-]+(?: [\w'’-]+){0,3} (?:in|as|at|by"
    r"|with) [^,;:!?\n]{1,30}), (?:never|not ever|no) (?P<never>[^,;:!?\n]{2,30}?)(?:,?"
    r" please)?[.!]*$"
)
_PREFERS = pattern(
    r"(?:please )?prefer (?P<new>[^,;:!?\n]{1,60}?) (?P<link>over|to|instead of|rather than)"
    r" (?P<old>[^,;:!?\n]{1,60}?)(?:,? please)?[.!]*$"
)
_KEEP = pattern(
    r"(?P<what>(?:please )?(?:keep|make|write|give|use|put|have|answer|reply|cite|format|spell)"
    r" (?!it\b|that\b|this\b"
    r"|going\b|up\b|on\b)"
    r"[^;:!?\n]{2,100}?),? (?P<how>always|at all times|every (?:single )?time)(?:,?"
    r" please)?[.!]*$"
)
_AS_ALWAYS = pattern(r"as always, (?:please )?(?P<what>[^,;:!?\n]{4,100}?)[.!]*$")
_ACROSS = pattern(
    r"(?:across the board|(?:in|for|across) (?:any|every|each|all) (?:of )?(?:my|our) \w+"
    r"|whenever you [^,;!?\n]{2,60}|until [^,;!?\n]{2,40}),"
    r" (?P<what>[^;!?\n]{4,140}?)[.!]*$"
)
_EVERY = pattern(
    r"(?P<what>every [\w-]+(?: [\w-]+)? (?:i|we) (?:make|write|draw|build|send|ship|cook|design"
    r"|publish"
    r")[^;!?\n]{0,40} (?:has|have|is|are|gets?|uses?|needs?|must have) [^;!?\n]{2,80}?)[.!]*$"
)


def none_of(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "No bullet points, ever"."""
    yield _constraint(spoken, found["what"], why=f"Use no {found['what']}.")


def none_here(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "No jQuery in this codebase"; "no errors in this code" tells how it is."""
    if namelike(found["what"]):
        yield from none_of(found, spoken)


def rather(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'd rather have short answers": how answers should be, not one thing of now."""
    if _STYLED.search(found["what"]) and not re.match(
        r"(?i)(?:the|this|that|an?)\b", found["what"]
    ):
        yield _constraint(spoken, found["what"], why=f"Give the user {found['what']}.")


_STYLED = re.compile(
    r"(?i)\b(?:answers|replies|responses|explanations|examples|summaries|comments|tables|bullets"
    r"|bullet points|emails|code|units|headings|sentences|paragraphs)\b"
)


def nothing(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Nothing smaller than 0603 on any of my boards"."""
    yield _constraint(
        spoken,
        found["what"],
        why=f"Never propose anything {bare(found['what'])[:1].lower()}{bare(found['what'])[1:]}.",
    )


def only(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Metric units only, thanks": nobody changes their units from answer to answer."""
    yield _constraint(spoken, found["what"], why=f"In every answer: {found['what']} only.")


def lasting(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Metric units only, please, in every recipe": an answer's manner, without a verb."""
    what = found["what"]
    if (
        _SAID_OF_ONE.search(what)
        or orders(what)
        or asks(what)
        or not _OF_ANSWERS.search(spoken.text)
    ):
        return
    yield _constraint(spoken, what, why=f"In every answer: {bare(spoken.text)}.")


def keep(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Keep answers short, always"."""
    told = re.sub(r"(?i)^please ", "", found["what"])
    yield _constraint(spoken, "x " + told, why=f"In every answer, {told[:1].lower()}{told[1:]}.")


def as_always(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "As always, include the DOI": said again, or for the first time."""
    if not orders(found["what"]):
        return
    terms = key_terms(found["what"])
    yield belief(
        replace(spoken, text=found["what"]),
        Type.PREFERENCE,
        subtype="constraint",
        name=(terms or ("x",))[0],
        content=sentence(f"Always {found['what'][:1].lower()}{found['what'][1:]}"),
        why=f"In every answer, {found['what'][:1].lower()}{found['what'][1:]}.",
        aliases=terms,
    )


def labelled(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "House rule: no deploys on Friday", "Decided: past tense"."""
    label, what = found["label"].lower(), found["what"]
    if re.match(r"(?i)(?:see|as|tbd|none|yes|no\W*$|ask|the (?:above|below|same))\b", what):
        return
    decided = label == "decided"
    terms = (*names(what), *key_terms("x " + what), *key_terms(label))
    yield belief(
        replace(spoken, text=what),
        Type.DECISION if decided else Type.PREFERENCE,
        subtype=None if decided else "constraint",
        name=(terms or (what,))[0],
        content=sentence(spoken.text),
        why=f"Keep to what is decided: {bare(what)}." if decided else f"Keep to it: {bare(what)}.",
        aliases=terms,
    )


def of_policy(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Our policy is that every change needs two reviews"."""
    if not asks(spoken.around):
        terms = (*key_terms("x " + found["what"]), *key_terms("x " + found["label"]))
        yield belief(
            spoken,
            Type.PREFERENCE,
            subtype="constraint",
            name=(*terms, found["label"])[0],
            content=sentence(spoken.text),
            why=f"Keep to it: {bare(spoken.text)}.",
            aliases=terms,
        )


def never_in(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Weights in kg, never pounds"."""
    if not orders(found["what"]) or re.match(r"(?i)(?:always|never)\b", found["what"]):
        yield _constraint(spoken, found["what"], why=f"In every answer: {bare(spoken.text)}.")


def prefers(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Prefer tabs over spaces"."""
    if names(found["new"]) and names(found["old"]):
        yield from prefer(found, spoken)


def across(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Across the board, write summaries in plain English": an order for more than one case."""
    what = found["what"]
    if not (orders(what) or re.match(r"(?i)(?:always|never)\b", what)):
        return
    if re.match(r"(?i)until\b", spoken.text) and not dates.until(spoken.text, spoken.day):
        return
    yield _constraint(spoken, what, why=f"Keep to it: {inner(spoken.text, '')}.")


def every(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Every chart I make, in any project, has a dark background"."""
    yield _constraint(spoken, found["what"], why=f"Keep to it: {bare(spoken.text)}.")


def _constraint(spoken: Spoken, about: str, *, why: str) -> Proposal | None:
    terms = key_terms(about) or key_terms("x " + about)
    if not terms:
        return None
    return constraint(spoken, terms, why)


TERSE: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_NO, none_of),
    (_NONE_HERE, none_here),
    (_RATHER, rather),
    (_NOTHING, nothing),
    (_LABELLED, labelled),
    (_OF_POLICY, of_policy),
    (_NEVER_IN, never_in),
    (_PREFERS, prefers),
    (_KEEP, keep),
    (_AS_ALWAYS, as_always),
    (_ACROSS, across),
    (_EVERY, every),
    (_ONLY, only),
    (_AT_MOST, kept),
    (_LASTING, lasting),
)
