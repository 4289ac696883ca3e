"""Ours (Tier A): what holds of things on the user's side, whoever the sentence is about."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.guards import asks
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, bare, belief, key_terms, sentence, taken
from mindhold.beliefs.learning.terms import names, spelled, term, unusual
from mindhold.beliefs.model import Type

_SIDE = (
    r"(?:on (?:our|my) (?:side|end|team)|for (?:us|me)|here|with us|around here|at ours|(?:in|at"
    r"|on|for) (?:our|my|this) (?:[\w'’-]+ ){0,2}[\w'’-]+)"
)
_DOES = (
    r"(?:(?:always |never |all |only |usually |still )*(?:live|lives|goes|go|run|runs|come|comes"
    r"|sit|sits|follow|follows|apply|applies|belong|belongs|start|starts|end|ends|open|opens"
    r"|close|closes|cost|costs|use|uses|depend|depends|rely|relies|book|books|pay|pays|meet|meets"
    r"|ship|ships|land|lands|report|reports|hang|hangs|get|gets|take|takes|last|lasts|stay|stays"
    r"|work|works)"
    r"|(?:is|are|['’]s|gets?|has to be|have to be|must be|should be)(?: (?:always|never|all|only"
    r"|usually|now|still))* (?:\w+ed|written|kept|built|given|set|sent|made|done|paid|sold|held"
    r"|run|put|cut|read|shot|drawn|sewn|grown|baked|spoken|taken)(?= (?:in|on|with|via|through|as"
    r"|by|to|at|from|under|into|every|each)\b))"
)
_ON_OUR_SIDE = pattern(
    r"(?=[^\n]*\b(?:our|my|us|me|here|this|ours)\b)"
    rf"(?P<of>(?!i\b|we\b|you\b|it\b|he\b|she\b|they\b|this\b|that\b|there\b|what\b|which\b|who\b"
    rf"|why\b|how\b)[^,;:!?\n]{{2,50}}?) {_DOES} (?P<what>[^;:!?\n]{{1,80}}?),? {_SIDE}(?=[.!]*$"
    rf"|, not\b|,? (?:so|and|since|because|by the way|btw)\b)"
)
_IS = pattern(
    r"(?:the |our |my )?(?P<of>(?:minimum |max(?:imum)? |target |default |primary |main "
    r"|production |staging |dev |test )?(?:back-?end|front-?end|db|database|stack|framework"
    r"|editor|os|shell|(?:programming )?language|test runner|package manager|queue|cache|hosting"
    r"|host|repo|ci|orm|bundler|linter|formatter|cloud(?: provider)?|message broker|broker|data"
    r" ?warehouse|scheduler|auth|css|styling|build tool|server|api|ui(?: library| kit)?|state"
    r" management|search|monitoring|logging|[\w.+#-]+ version|budget|timeout|deadline|palette"
    r"|colou?r palette|line length|naming|currency|scale|key|tempo|time signature|engine|ruleset"
    r"|citation style|referencing style|release day|house style)"
    r"(?: (?:for|of|on|in) (?:the|our|my|this) [\w'’ -]{2,30}?)?)(?:['’]s| is| are|:| =)(?: on|"
    r" in| at| to| now| currently| always)* (?P<what>[^,;:!?\n]{1,50}?)(?P<side>,? (?:for|in|on"
    r"|at) (?:our|my|this|the) [\w'’ -]{2,30}?| now|, (?:not|never|no) [^,;:!?\n]{1,40}|, every"
    r" [^,;:!?\n]{2,20})*(?=[.!]*$|, | and\b)"
)
BROKEN = re.compile(
    r"(?i)\b(?:fail\w*|crash\w*|break\w*|broken?|hang(?:s|ing)?|error\w*|bug\w*|slow\w*|wrong"
    r"|stuck|down|late|weird|strange\w*|null|undefined|exception\w*|timeouts? out|red|flaky|not"
    r" work\w*|does(?:n['’]t| not)|did(?:n['’]t| not)|won['’]t|can['’]t|cannot|too|nothing"
    r"|anything|something|problem\w*|issue\w*)\b"
)


_SOMEBODY = re.compile(r"(?i)\b(?:i|we|you|he|she|they|let|if|whether|who|people|one|me|him|her)\b")


def on_our_side(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Sessions live in Redis on our side", "money is stored in cents in our code"."""
    if BROKEN.search(spoken.text) or asks(spoken.around) or _SOMEBODY.search(found["of"]):
        return
    yield _fact(
        spoken,
        (*names(found["what"]), *key_terms("x " + found["of"]), *key_terms("x " + found["what"])),
    )


def slot_of(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Backend is FastAPI", "minimum Python version is 3.11"."""
    value, of = (
        found["what"].strip(),
        re.sub(r"(?i)\s(?:for|of|on|in) (?:the|our|my|this)\b.*$", "", found["of"]),
    )
    named = [name for name in names(value) if unusual(name)]
    figure = re.match(r"(?i)(?:about |around |at most |max )?[$€£]?\d", value)
    if (
        not ((named and spelled(named[0])) or figure or (named and (":") in found[0]))
        or BROKEN.search(spoken.text)
        or asks(spoken.around)
    ):
        return
    if re.match(r"(?i)\d+(?:\.\d+){3}|localhost", value):
        return
    yield belief(
        spoken,
        Type.ENTITY,
        name=of,
        content=sentence(spoken.text),
        why=taken(value, of),
        aliases=(of, *((short,) if (short := term(value)) else ()), *key_terms("x " + found["of"])),
    )


def _fact(spoken: Spoken, terms: tuple[str, ...]) -> Proposal | None:
    if not terms:
        return None
    return belief(
        spoken,
        Type.ENTITY,
        name=terms[0],
        content=sentence(spoken.text),
        why=f"Take this into account wherever it applies: {bare(spoken.text)}.",
        aliases=terms,
    )


OURS: tuple[tuple[re.Pattern[str], Build], ...] = ((_IS, slot_of), (_ON_OUR_SIDE, on_our_side))
